"""The report as one HTML file: the map, drawn without a network, and all that the sheet says below it."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Layer, Text
from layers.priority import LAYER
from layers.priority.ranking import FIRST, ids_of, standing
from layers.priority.report import Report
from layers.query import Query
from layers.registry import layers
from webapp import assets, folium_map
from webapp.folium_map import Label
from webapp.frame import home_regency
from webapp.priority import reporting

SHOWN = ("name", "standing", "rank", "score", "rests_on", "length_m", "treatment")


def write(connection: Connection, one: Report) -> bytes:
    """Write the file; roads that are on the map no more are counted in it."""
    rows = drawn_rows(connection, one)
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    first = one.board.rows[: min(FIRST, one.ranked)]
    labels = [Label(row["lon"], row["lat"], str(at)) for at, row in enumerate(first, 1) if row["lon"] is not None]
    drawn = folium_map.draw(_layer(one), rows, districts, partial(named, connection), labels)
    scripts = [assets.content("export-leaflet.js"), drawn.script]
    home = home_regency(connection)
    return render_template(
        "priority/report_file.html",
        drawn=drawn,
        scripts=scripts,
        policy=folium_map.policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        regency=home.name if home else "",
        notice=SAMPLE_NOTICE,
        sampled=one.sampled,
        missing=one.ranked - len(rows),
        **reporting.told(connection, one),
    ).encode()


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
