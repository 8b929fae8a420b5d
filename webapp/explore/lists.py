"""A layer as a list: filtered in words, sorted, paged, with the map of the page's features."""

from dataclasses import replace
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers import features, provenance
from layers.areas.naming import named
from layers.exporting.formats import FORMATS
from layers.layer import Field, Layer
from layers.query import Query
from webapp import arguments, freshness, marks, question, remembered, values
from webapp.explore.links import changed
from webapp.extensions import reading
from webapp.sheet import Sheet, home_view, view_of

PAGE = 25
COLUMNS = 5  # with the village
TELLING = ("choice", "datetime", "number", "integer", "text", "date")  # kinds of field, the shortest to read first


def show(layer_id: str) -> str:
    """List a page of a layer's features."""
    layer = question.layer_named(layer_id)
    number = arguments.page(request.args)
    asked = replace(question.query(layer, request.args), limit=PAGE, offset=(number - 1) * PAGE)
    with reading() as connection:
        total = remembered.number(connection, asked)
        last = max(1, -(-total // PAGE))
        if number > last:
            abort(404, gettext("Daftar ini berakhir di halaman %(last)s.", last=last))
        page = _page(connection, asked, features.page(connection, asked))
    return render_template("explore/list.html", total=total, number=number, last=last, first=asked.offset + 1, **page)


def columns(layer: Layer) -> list[Field]:
    """Choose the fields that a list shows: name and kind first, then what tells features apart."""
    first = [layer.by_name[name] for name in ("name", layer.classify, layer.sort) if name]
    others = [f for f in layer.public_fields if f not in first and f.name not in values.ASIDE and f.kind in TELLING]
    others = [f for f in others if f.kind != "datetime" or f.name == layer.datetime_field]
    room = COLUMNS - 1 if "village_code" in layer.by_name else COLUMNS
    return [*first, *sorted(others, key=lambda f: TELLING.index(f.kind))][:room]


def _page(connection: Connection, asked: Query, rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = provenance.origins_among(connection, asked.layer, rows)
    codes = [row[name] for row in rows for name in values.CODES if name in row]
    return {
        "layer": asked.layer,
        "rows": rows,
        "columns": columns(asked.layer),
        "filters": [f for f in asked.layer.public_fields if f.filter and f.choices],
        "fixed": {name: value for name, value in asked.filters.items() if not asked.layer.by_name[name].choices},
        "query": asked,
        "areas": named(connection, [*codes, *(asked.filters.get(name) for name in values.CODES)]),
        "formats": FORMATS.values(),
        "made_up": _made_up(rows) if provenance.mixed(remembered.sources(connection, asked.layer)) else set(),
        "origins": found,
        "licence": provenance.terms(found),
        "freshness": freshness.told(connection, asked.layer),
        "asked": changed(page="", view="", lang="").removeprefix(request.path),
        "sheet": _map(connection, asked.layer, rows),
    }


def _made_up(rows: list[dict[str, Any]]) -> set[int]:
    return {row["id"] for row in rows if row.get("source") == provenance.SAMPLE}


def _map(connection: Connection, layer: Layer, rows: list[dict[str, Any]]) -> Sheet:
    usual = view_of([(row["lon"], row["lat"]) for row in rows], home_view(connection))
    return marks.features(connection, layer, rows, arguments.view(request.args, usual))
