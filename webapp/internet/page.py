"""The page of internet gaps: who lacks internet, on what evidence, as a sentence, a map, tables and files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import in_pixels, path
from layers.areas.queries import district_names
from layers.internet_gaps import CONTRADICTIONS, COVERAGES, EVIDENCES, KINDS, LAYER
from layers.internet_gaps.queries import (
    NAMES,
    Line,
    Patch,
    basis,
    contradictions,
    districts,
    offices,
    patches,
    together,
    villages,
)
from layers.offices.kinds import KINDS as OFFICE_KINDS
from webapp import arguments, freshness, question
from webapp.csv_answer import csv_answer
from webapp.extensions import reading
from webapp.language import in_language
from webapp.sheet import Shape, Sheet, home_view, sheet

MOST_LINES, MOST_OFFICES, MOST_DISPUTED = 100, 40, 30  # the files hold all
WITHOUT = ("none", "weak")
LEVELS = ("kecamatan", "desa")
SORTS = ("name", *NAMES, "offices")
SMOOTHED_PX = 2.0
LOOKS = {choice.id: choice for choice in KINDS}
CELL_KM2 = 0.25


def show() -> str:
    """Show who lacks internet."""
    level, district = _level(), question.search(request.args.get("kecamatan", ""))
    with reading() as connection:
        every = villages(connection)
        lines = _sorted(_lines(connection, level, district))
        known = patches(connection)
        without, disputed = offices(connection, WITHOUT), contradictions(connection)
        page = {
            "basis": basis(connection),
            "whole": together("", "", every),
            "lines": lines[:MOST_LINES],
            "number": len(lines),
            "patches": [(LOOKS[patch.kind], patch.cells * CELL_KM2) for patch in _ordered(known)],
            "without": without[:MOST_OFFICES],
            "without_number": len(without),
            "disputed": disputed[:MOST_DISPUTED],
            "disputed_number": len(disputed),
            "freshness": freshness.told(connection, LAYER),
            "districts": district_names(connection),
            "sheet": drawn(connection, known),
        }
    titles = {one.id: one.title for one in (*COVERAGES, *EVIDENCES, *CONTRADICTIONS, *OFFICE_KINDS)}
    return render_template("internet/page.html", level=level, district=district, layer=LAYER, titles=titles, **page)


def table() -> Response:
    """Send all lines of the table as CSV."""
    level, district = _level(), question.search(request.args.get("kecamatan", ""))
    with reading() as connection:
        lines = _sorted(_lines(connection, level, district))
    rows = [
        {
            "name": line.name,
            "district": line.district,
            "code": line.code,
            **{f"people_{name}": line.lived(name) for name in NAMES},
            **{f"area_share_{name}": round(line.share(name), 4) for name in NAMES},
            **{name: getattr(line, name) for name in ("offices", "offices_without", "offices_unknown")},
        }
        for line in lines
    ]
    return _csv(rows, f"internet-{level}.csv")


def offices_table() -> Response:
    """Send the offices without internet, with a weak one, and those of which nothing is known, as CSV."""
    with reading() as connection:
        return _csv([vars(office) for office in offices(connection, (*WITHOUT, "unknown"))], "internet-kantor.csv")


def contradictions_table() -> Response:
    """Send the cells where sources contradict each other as CSV."""
    with reading() as connection:
        return _csv([vars(found) for found in contradictions(connection)], "internet-pertentangan.csv")


def drawn(connection: Connection, known: Sequence[Patch]) -> Sheet:
    """Draw the cells of each kind as one shape: measured full, modelled lighter, declared as an outline."""
    view = arguments.view(request.args, home_view(connection))
    shapes = []
    for patch in _ordered(known)[::-1]:
        look = LOOKS[patch.kind]
        drawing = path(in_pixels(view, patch.shape), SMOOTHED_PX)
        shapes.append(Shape(drawing, in_language(look.title), look.colour, 1.0, not look.dashed, look.dashed))
    return sheet(connection, view, shapes=shapes)


def _ordered(known: Iterable[Patch]) -> list[Patch]:
    order = list(LOOKS)
    return sorted(known, key=lambda patch: order.index(patch.kind))


def _lines(connection: Connection, level: str, district: str) -> list[Line]:
    found = villages(connection, district)
    return districts(found) if level == "kecamatan" else found


def _sorted(lines: list[Line]) -> list[Line]:
    """Sort as the address asks, else by the people without internet, the most first."""
    asked = request.args.get("sort") or "-none"
    name = asked.removeprefix("-")
    if name not in SORTS:
        abort(400, gettext("Daftar ini tidak dapat diurutkan menurut kolom itu."))
    return sorted(lines, key=lambda line: _key(line, name), reverse=asked.startswith("-"))


def _key(line: Line, name: str) -> Any:
    if name == "name":
        return line.name
    if name == "offices":
        return line.offices_without
    people = line.lived(name)
    return line.share(name) if people is None else people


def _level() -> str:
    level = request.args.get("tingkat") or LEVELS[0]
    if level not in LEVELS:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return level


def _csv(rows: Sequence[Mapping[str, Any]], name: str) -> Response:
    return csv_answer(name, rows[0] if rows else (), (row.values() for row in rows))
