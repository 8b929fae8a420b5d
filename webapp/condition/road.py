"""One road: which class it has where, and every survey behind that, withdrawn ones too."""

from dataclasses import replace
from math import atan2, cos, degrees, radians
from typing import Any

import numpy as np
import shapely
from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers import features, provenance
from layers.areas.naming import named
from layers.registry import layers
from layers.roads.acts import may_survey
from layers.roads.photos import photos_of
from layers.roads.queries import stretches_of, surveys_of
from webapp import arguments, marks, values
from webapp.condition import words
from webapp.extensions import reading
from webapp.language import direction
from webapp.security.access import current_actor
from webapp.sheet import Pin, around

AT_ONCE = 20  # surveys on a page
Road = dict[str, Any]


def show(road_id: int) -> str:
    """Show the condition of a road along its length, and a page of its history."""
    number = arguments.page(request.args)
    with reading() as connection:
        row = found(connection, road_id)
        surveys = surveys_of(connection, road_id)
        here = surveys[(number - 1) * AT_ONCE : number * AT_ONCE]
        if not here and number > 1:
            abort(404, gettext("Daftar ini berakhir sebelum halaman itu."))
        pictures = photos_of(connection, [one.id for one in here])
        told = {
            **about(connection, row),
            "stretches": stretches_of(connection, road_id),
            "lines": [words.line(one, pictures.get(one.id, [])) for one in here],
            "surveys": len(surveys),
            "number": number,
            "more": len(surveys) > number * AT_ONCE,
        }
    return render_template("condition/road.html", **told)


def found(connection: Connection, road_id: int) -> Road:
    """Find a road; answers 404 where there is none."""
    told = gettext("Ruas ini tidak ada di peta, atau sudah dihapus; cari lagi.")
    return features.feature(connection, layers()["roads"], road_id) or abort(404, told)


def about(connection: Connection, row: Road) -> dict[str, Any]:
    """Gather what every page about a road shows of it."""
    layer = layers()["roads"]
    geometry = shapely.from_wkb(row["geometry"])
    west, south, east, north = geometry.bounds
    start, *_, end = shapely.get_coordinates(geometry)
    pins = (Pin(start[0], start[1], gettext("Meter 0"), "0"),)
    view = arguments.view(request.args, around([(west, south), (east, north)]))
    return {
        "layer": layer,
        "row": row,
        "title": values.title(layer, row),
        "classes": words.CLASSES,
        "surface": values.written(layer.by_name["surface"], row["surface"]),
        "village": named(connection, [row["village_code"]]).get(row["village_code"] or ""),
        "may": may_survey(current_actor(), row["village_code"]),
        "sheet": replace(marks.features(connection, layer, [row], view, numbered=False), pins=pins),
        "start": side(start, end),
        "sample": row["source"] == provenance.SAMPLE,
    }


def side(start: np.ndarray, end: np.ndarray) -> str:
    """Name the wind to which a road's start (lon, lat) lies as seen from its end, "" where both are one place."""
    east, north = (start - end) * (cos(radians(start[1])), 1)
    return direction(degrees(atan2(east, north)) % 360) if east or north else ""
