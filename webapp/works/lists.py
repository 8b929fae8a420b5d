"""Which works there are: filtered in words, near somebody, late ones first, with their map."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers import features, provenance
from layers.areas.naming import named
from layers.query import Query
from layers.records.agencies import agencies
from layers.records.calendar import calendar
from layers.registry import layers
from layers.works import finding, queries
from layers.works.finding import PAGE, Wish
from layers.works.stages import STAGES
from layers.works.vocabulary import KINDS
from webapp import arguments, question, remembered
from webapp.extensions import reading
from webapp.language import in_language
from webapp.marks import features as drawn
from webapp.sheet import CHOICES_PX, Sheet, home_view, view_of

HERE = "/pekerjaan"
NARROWING = ("stage", "kind", "year", "agency", "kecamatan")


def show() -> ResponseReturnValue:
    """List a page of works; a click on the map asks for those near it."""
    with reading() as connection:
        clicked = arguments.click(request.args, arguments.view(request.args, home_view(connection)))
        if clicked:
            asked = {name: request.args[name] for name in (*NARROWING, "q", "late") if request.args.get(name)}
            return redirect(changed(asked, lon=f"{clicked[0]:.5f}", lat=f"{clicked[1]:.5f}") + "#hasil", 303)
        wished, number, today = wish(request.args), arguments.page(request.args), today_of(connection)
        rows = _listed(connection, wished, today, (number - 1) * PAGE)
        if not rows and number > 1:
            abort(404, gettext("Daftar ini berakhir sebelum halaman itu."))
        page = {**_page(connection, wished, today, rows), "number": number, "today": today}
    return render_template("works/list.html", **page)


def wish(asked: Mapping[str, str]) -> Wish:
    """Read which works an address asks for; refuses nonsense with 400."""
    stage, kind = asked.get("stage", ""), asked.get("kind", "")
    if stage not in ("", *(each.id for each in STAGES)) or kind not in ("", *(each.id for each in KINDS)):
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    near, late = arguments.position(asked), arguments.ticked(asked, "late")
    year, agency, district = (question.search(asked.get(name, "")) for name in NARROWING[2:])
    order: finding.Order = "near" if near else "late" if late else "new"
    return Wish(stage, kind, year, agency, district, arguments.words(asked), late, near, order)


def today_of(connection: Connection) -> date:
    """Tell which day it is in the regency."""
    return datetime.now(UTC).astimezone(calendar(connection).zone).date()


def changed(asked: Mapping[str, str], **parameters: str) -> str:
    """Give the address of the list with what is asked and some parameters set."""
    return question.address(HERE, {**asked, **parameters})


def _listed(connection: Connection, wished: Wish, today: date, offset: int) -> Sequence[Row[Any]]:
    """Read a page: of all stages what is under way first, else in the order that was asked for."""
    if wished.stage or wished.order != "new":
        return finding.works(connection, wished, today, offset)
    return finding.by_standing(connection, wished, today, offset)


def _page(connection: Connection, wished: Wish, today: date, rows: Sequence[Row[Any]]) -> dict[str, Any]:
    layer, anywhere = layers()["works"], replace(wished, near=None, order="new")
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    return {
        "layer": layer,
        "wish": wished,
        "rows": rows,
        "total": remembered.answer(layer, (anywhere, today), lambda: finding.number(connection, anywhere, today)),
        "size": PAGE,
        "areas": named(connection, [row.village_code for row in rows]),
        "asked": {name: request.args[name] for name in (*NARROWING, "q", "late") if request.args.get(name)},
        "near": {name: request.args[name] for name in ("lon", "lat") if request.args.get(name)},
        "stages": [(each.id, in_language(each.title)) for each in STAGES],
        "kinds": [(each.id, in_language(each.title)) for each in KINDS],
        "years": [(year, year) for year in remembered.answer(layer, "years", lambda: queries.years(connection))],
        "agencies": [(agency.id, agency.name) for agency in agencies(connection)],
        "districts": sorted(((row["code"], row["name"]) for row in districts), key=lambda area: str(area[1])),
        "mixed": provenance.mixed(remembered.sources(connection, layer)),
        "sheet": _sheet(connection, wished, rows),
        "widths": CHOICES_PX,
        "changed": changed,
    }


def _sheet(connection: Connection, wished: Wish, rows: Sequence[Row[Any]]) -> Sheet:
    here = [wished.near] if wished.near else []
    shown = arguments.view(request.args, view_of([*here, *((row.lon, row.lat) for row in rows)], home_view(connection)))
    found = [dict(row._mapping) for row in rows]
    return drawn(connection, layers()["works"], found, shown, numbered=False, home=HERE, here=wished.near)
