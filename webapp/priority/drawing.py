"""Candidates on the small map of a page: lines in the colours of their standing, numbered by their rank."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from shapely import Geometry, from_wkb, get_dimensions
from sqlalchemy import Connection

from geo.svgmap import in_pixels, path
from geo.view import View
from layers.overview.queries import shapes
from layers.priority import LAYER
from webapp import arguments
from webapp.sheet import Pin, Shape, Sheet, home_view, sheet, view_of

COLOUR, WIDTH = "#c51b8a", 3.5
LABELLED = 10


def drawn(connection: Connection, rows: Sequence[Mapping[str, Any]], labelled: int = LABELLED) -> Sheet:
    """Lay out the map of some candidates, the first ones numbered in their order on this page."""
    usual = view_of([(row["lon"], row["lat"]) for row in rows], home_view(connection))
    view = arguments.view(request.args, usual)
    by_id = {row["id"]: row for row in rows}
    lines = _lines(connection, rows, view)
    marks = [Shape(path(line, 0.6), by_id[i]["name"] or "", COLOUR, WIDTH) for i, line in lines.items()]
    pins = [
        Pin(row["lon"], row["lat"], row["name"] or "", str(at), colour="#7a0177", href=f"#jalan-{row['id']}")
        for at, row in enumerate(rows[:labelled], 1)
    ]
    return sheet(connection, view, pins if len(rows) > 1 or not lines else [], marks)


def _lines(connection: Connection, rows: Sequence[Mapping[str, Any]], view: View) -> dict[int, Geometry]:
    """Find the lines of candidates in the pixels of a view: those of roads on the layer, of links in their rows."""
    held = {row["id"]: from_wkb(bytes(row["shape"])) for row in rows if "shape" in row}
    if not held:
        return shapes(connection, LAYER, [row["id"] for row in rows], view)
    return {i: in_pixels(view, shape) for i, shape in held.items() if get_dimensions(shape) == 1}
