"""The area that somebody draws for a rule: corners pressed on the map one after the other, or a boundary as GeoJSON."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import shapely
from flask import Response, abort, request
from sqlalchemy import Connection

from geo.svgmap import path
from geo.view import MOST_LAT, View
from layers.complaints import drawn_areas
from layers.complaints.drawn_areas import Corner
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rulebook import drawn_area
from layers.layer import Text
from webapp import arguments, uploads
from webapp.extensions import reading
from webapp.media import GEOJSON
from webapp.sheet import CHOICES_PX, Pin, Shape, Sheet, around, home_view, looks, sheet

FILE, WRITTEN = "area_file", "drawn"
LETTER_BYTES = 4  # at most, in UTF-8
NUMBERED = 60  # corners that are shown one by one
MARGIN_PX = 50
COLOUR = "#a3401f"
NO_TEXT = Text(
    "Berkas itu bukan GeoJSON; simpan batasnya sebagai berkas .geojson.",
    "That file is no GeoJSON; save the boundary as a .geojson file.",
)
CLEAR_FIRST = Text(
    "Kosongkan dahulu kotak batasnya, lalu tekan titik-titiknya di peta.",
    "Empty the box of the boundary first, then press its corners on the map.",
)


def brought() -> bytes:
    """Give the file that a form brought, b"" for none, and no more of it than shows that it is too long.

    The form is read here, within the limits of files: nothing may ask for its fields before.
    """
    request.max_form_memory_size = LETTER_BYTES * drawn_areas.LONGEST  # a text that is too long is refused in words
    with uploads.photos(FILE) as sent:
        return sent[0].read(drawn_areas.LONGEST + 1) if sent else b""


def with_file(told: Mapping[str, str], file: bytes) -> dict[str, str]:
    """Put the text of a file into the place of what was pasted; raises ActRefusedError for one that is too long."""
    if len(file) > drawn_areas.LONGEST:
        raise ActRefusedError("area", drawn_areas.TOO_LONG)
    try:
        return {**told, **({WRITTEN: file.decode()} if file else {})}
    except UnicodeDecodeError:
        raise ActRefusedError("area", NO_TEXT) from None


def pressed(connection: Connection, told: Mapping[str, str]) -> dict[str, str] | None:
    """Give what stands in the form after a press on its map or below it; None where the form is to be kept.

    Raises ActRefusedError where what is written already is GeoJSON, which has no last corner and takes no further one.
    """
    corner = arguments.click(told, arguments.view(told, home_view(connection)))
    if corner is None and "undo" not in told:
        return dict(told) if "look" in told else None
    if drawn_areas.is_geojson(told.get(WRITTEN, "")):
        raise ActRefusedError("area", CLEAR_FIRST)
    lines = told.get(WRITTEN, "").strip().splitlines()
    lines = [*lines, drawn_areas.written([corner])] if corner and "undo" not in told else lines[:-1]
    return {**told, WRITTEN: "\n".join(lines)}


def read(text: str, kept: shapely.MultiPolygon | None) -> shapely.MultiPolygon | None:
    """Read what stands in the box of a rule with the area `kept`, which it still is where the box was left as shown.

    None for an empty box; raises ActRefusedError for no area.
    """
    if not text.strip():
        return None
    return kept if text.split() == written(kept).split() else drawn_areas.read(text)


def written(area: shapely.MultiPolygon | None) -> str:
    """Write the corners of an area that is simple enough to be changed by hand, "" for any other."""
    rings = [ring for part in area.geoms for ring in (part.exterior, *part.interiors)] if area else []
    simple = len(rings) == 1 and len(rings[0].coords) <= NUMBERED
    return drawn_areas.written([(lon, lat) for lon, lat, *_ in rings[0].coords[:-1]]) if simple else ""


def map_of(connection: Connection, number: int | None, told: Mapping[str, str]) -> dict[str, Any]:
    """Lay out the map on which corners are pressed, with those there are, and the area of a rule as it is kept."""
    kept = drawn_area(connection, number) if number else None
    corners, area = _typed(told.get(WRITTEN, ""))
    if not told.get(WRITTEN, "").strip():
        area = kept
    reach = shapely.union_all([shapely.multipoints(corners or np.empty((0, 2))), *([area] if area else [])])
    found = _sheet(connection, told, None if reach.is_empty else reach.bounds, corners, area)
    return {"sheet": found, "looks": looks(found.view), "widths": CHOICES_PX, "kept_area": kept is not None}


def take_along(number: int) -> Response:
    """Hand out the area of a rule as GeoJSON, to be changed in other programs."""
    with reading() as connection:
        area = drawn_area(connection, number) or abort(404)
    response = Response(shapely.to_geojson(area), mimetype=GEOJSON)
    response.headers["Content-Disposition"] = f'attachment; filename="kawasan-{number}.geojson"'
    return response


def _typed(text: str) -> tuple[list[Corner], shapely.MultiPolygon | None]:
    """Read what is written so far: corners that can be shown, and the area where it is one already."""
    corners: list[Corner] = []
    area = None
    with suppress(ActRefusedError):  # what is wrong is told when it is to be kept
        corners = [] if drawn_areas.is_geojson(text) else drawn_areas.corners(text)
        area = drawn_areas.read(text)
    shown = area and max(map(abs, area.bounds[1::2])) < MOST_LAT
    return [one for one in corners if abs(one[0]) <= 180 and abs(one[1]) < MOST_LAT], area if shown else None


def _sheet(
    connection: Connection,
    told: Mapping[str, str],
    bounds: Sequence[float] | None,
    corners: list[Corner],
    area: shapely.MultiPolygon | None,
) -> Sheet:
    usual = around([(bounds[0], bounds[1]), (bounds[2], bounds[3])]) if bounds else home_view(connection)
    view = arguments.parse_view(told["look"]) if "look" in told else arguments.view(told, usual)
    pins = [Pin(lon, lat, f"{lat}, {lon}", str(at), colour=COLOUR) for at, (lon, lat) in enumerate(corners, 1)]
    drawn = [_shape(view, area, told.get("area_name", ""))] if area else []
    return sheet(connection, view, pins if len(pins) <= NUMBERED else [], drawn)


def _shape(view: View, area: shapely.MultiPolygon, title: str) -> Shape:
    """Draw an area in the pixels of a view, cut off beyond it."""
    there = shapely.transform(area, lambda places: np.array([view.pixel(lon, lat) for lon, lat in places]))
    beyond = (-MARGIN_PX, -MARGIN_PX, view.width + MARGIN_PX, view.height + MARGIN_PX)
    return Shape(path(shapely.clip_by_rect(there, *beyond), 0.6), title, COLOUR, 2.0, filled=True)
