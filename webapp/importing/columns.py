"""Where a clerk says what the columns of a file mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers import features
from layers.layer import Layer
from layers.query import Query
from layers.registry import layers
from layers.uploads import acts
from layers.uploads.states import MAPPABLE
from layers.uploads.targets import target
from webapp.extensions import engine, reading
from webapp.frame import home_regency
from webapp.importing.holding import HERE, found, importer, told
from webapp.importing.receiving import importable
from webapp.language import in_language

UNUSABLE = 422
LONGEST_NAME = 60
CRS = ("EPSG:4326", *(f"EPSG:327{zone}" for zone in range(46, 55)), *(f"EPSG:326{zone}" for zone in range(46, 55)))


@dataclass(frozen=True)
class Asked:
    """Which layer a file goes into, which part of it, and with which mapping the choices begin."""

    layer: Layer
    part: str
    base: str


def show(number: int) -> ResponseReturnValue:
    """Show the columns of a file with what they are taken to mean."""
    with reading() as connection:
        row = _mappable(connection, number)
        return _page(connection, row, _asked(row, request.args), {})


def _mappable(connection: Connection, number: int) -> Row[Any]:
    row = found(connection, number)
    if row.state not in MAPPABLE or target(row.layer).way != "layer":
        abort(409, gettext("Berkas ini sudah di langkah lain; buka kembali halamannya."))
    return row


def _asked(row: Row[Any], said: Mapping[str, str]) -> Asked:
    names = [part["name"] for part in row.about["parts"] if not part["problem"]] or [""]
    kept = row.wishes or {"part": names[0], "base": ""}
    layer_id, part = said.get("layer", row.layer), said.get("part", kept["part"])
    if layer_id not in {one.id for one in importable()} or part not in names:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return Asked(layers()[layer_id], part, said.get("base", kept["base"] if layer_id == row.layer else ""))


def _page(
    connection: Connection, row: Row[Any], asked: Asked, typed: Mapping[str, Any], status: int = 200
) -> ResponseReturnValue:
    """Draw the page: with the choices just made, or those of the last trial, or those that a mapping suggests."""
    from webapp.importing import choosing  # not sooner: what reads files is large, and most workers never need it

    offer = choosing.offer(connection, row, asked.layer, asked.part, asked.base)
    kept = row.wishes if row.wishes and not request.args and row.wishes["base"] == offer.base else None
    home = home_regency(connection)
    page = {
        "row": row,
        "asked": asked,
        "offer": offer,
        "chosen": offer.chosen(kept["form"]) if kept else offer.suggested,
        "layers": importable(),
        "home": home.name if home else gettext("kabupaten"),
        "districts": _districts(connection),
        "crs": CRS,
        "problems": [],
        **typed,
    }
    return render_template("importing/columns.html", **page), status


def _districts(connection: Connection) -> list[tuple[str, str]]:
    found = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    return sorted(((one["code"], one["name"]) for one in found), key=lambda area: str(area[1]))


def try_out(number: int) -> ResponseReturnValue:
    """Have the worker try a file as the clerk has mapped it; says in words what is missing before that."""
    from webapp.importing import choosing  # not sooner, as above

    actor, form = importer(), request.form
    with reading() as connection:
        row = _mappable(connection, number)
        asked = _asked(row, form)
        offer = choosing.offer(connection, row, asked.layer, asked.part, asked.base)
        wishes = offer.read(form)
        problems = [in_language(one) for one in offer.wrong(wishes)]
        if problems:
            return _page(connection, row, asked, {"chosen": offer.chosen(form), "problems": problems}, UNUSABLE)
    try:
        with told(), engine().begin() as connection:
            name = form.get("keep", "").strip()[:LONGEST_NAME]
            if name:
                choosing.keep(connection, actor, asked.layer, name, wishes)
            acts.try_out(connection, actor, number, asked.layer.id, offer.written(wishes, form))
    except acts.NameTakenError:
        told_why = gettext("Nama pemetaan itu sudah dipakai orang lain; pilih nama lain.")
        with reading() as connection:
            return _page(connection, row, asked, {"chosen": offer.chosen(form), "problems": [told_why]}, UNUSABLE)
    return redirect(f"{HERE}/{number}", 303)
