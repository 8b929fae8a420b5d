"""The report as one HTML file: the map, drawn without a network, and all that the sheet says below it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from layers import features
from layers.layer import Layer, Text
from layers.priority import LAYER
from layers.priority.ranking import FIRST, ids_of, standing
from layers.priority.report import Report
from layers.query import Query
from webapp.folium_map import Label
from webapp.priority import reporting
from webapp.priority.map_file import map_file

SHOWN = ("name", "standing", "rank", "score", "rests_on", "length_m", "treatment")


def write(connection: Connection, one: Report) -> bytes:
    """Write the file; roads that are on the map no more are counted in it."""
    rows = drawn_rows(connection, one)
    first = one.board.rows[: min(FIRST, one.ranked)]
    labels = [Label(row["lon"], row["lat"], str(at)) for at, row in enumerate(first, 1) if row["lon"] is not None]
    told = {"sampled": one.sampled, "missing": one.ranked - len(rows), **reporting.told(connection, one)}
    return map_file(connection, "priority/report_file.html", _layer(one), rows, told, labels)


def drawn_rows(connection: Connection, one: Report) -> list[dict[str, Any]]:
    """Give the lines of today with the places and values of the report."""
    ids = ids_of(connection, [row["source_id"] for row in one.board.rows])
    placed = {
        ids[row["source_id"]]: dict(row)
        | {"rank": place.rank, "score": place.score, "rests_on": place.rests_on, "standing": standing(place.rank)}
        for row, place in zip(one.board.rows, one.board.places, strict=True)
        if place.rank and row["source_id"] in ids
    }
    lines = features.stream(connection, Query(LAYER))
    return [line | placed[line["id"]] for line in lines if line["id"] in placed]


def _layer(one: Report) -> Layer:
    fields = tuple(field for field in LAYER.fields if field.name in (*SHOWN, *(m.key for m in one.measures)))
    return replace(LAYER, title=Text(one.title, one.title), fields=fields)
