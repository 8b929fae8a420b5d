"""Vector tiles (MVT) of any layer: its features where they fit, the counts of grid cells where points are many."""

import math
import re
from typing import Any

import psycopg2
from sqlalchemy import Connection

from layers.db import HERE
from layers.layer import Layer

LAST_ZOOM = 18
MOST = 4_000
MOST_BYTES = 500_000
UNITS = 4096
MARGIN = 1 / 64  # of a tile's width: what lies a little beyond the edge is drawn into the tile too
COUNTED_ZOOMS = range(6, 19, 2)
COARSER_THEN_FEWER = ((1, 1), (2, 1), (4, 1), *((4, 2**n) for n in range(1, 12)))
ANY_CROWD = {"crowd": 2**31 - 1}
PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
TYPES = {"layer": "text"} | dict.fromkeys(("west", "south", "east", "north", "unit"), "float8")

Place = dict[str, Any]


def tile(connection: Connection, layer: Layer, z: int, x: int, y: int) -> bytes:
    """Draw one tile that exists, empty where nothing lies.

    Statements are prepared once a connection. An autocommitting one suits best: nothing is written.
    """
    place = _place(layer, z, x, y)
    if z >= layer.zooms.near or _holds_points(layer):
        points, number, mvt = _ask(connection, layer, "tile", place)
        if max(points, number) <= MOST and len(mvt) <= MOST_BYTES:
            return bytes(mvt)
    cells = bytes(_ask(connection, layer, "cells", place)[-1]) if _holds_points(layer) else b""
    if layer.geometry == "Point" and not cells and len(mvt) <= MOST_BYTES:
        return bytes(mvt)  # a crowd that nobody has counted yet: as many of it as a tile may hold
    return cells + (_overview(connection, layer, place, MOST_BYTES - len(cells)) if layer.geometry != "Point" else b"")


def _overview(connection: Connection, layer: Layer, place: Place, room: int) -> bytes:
    """Draw lines and areas from afar within so many bytes: coarser at first, up to two pixels, then ever fewer."""
    for coarser, fewer in COARSER_THEN_FEWER:
        detail = {"unit": place["unit"] * coarser, "most": MOST // fewer - 1}
        mvt = _ask(connection, layer, "overview", place | ANY_CROWD | detail)[-1]
        if len(mvt) <= room:
            return bytes(mvt)
    return b""


def exists(z: int, x: int, y: int) -> bool:
    """Say whether the web map has such a tile, between zooms 0 and 18."""
    return 0 <= z <= LAST_ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z


def _holds_points(layer: Layer) -> bool:
    return layer.geometry in ("Point", "Geometry")


def _place(layer: Layer, z: int, x: int, y: int) -> Place:
    """Work out all that the statements may ask for: the box in degrees, `unit` a tile's 4096th in degrees, cells."""
    count_zoom, cell_zoom = _counted_zoom(z), _counted_zoom(z + 5)
    return {
        "layer": layer.id,
        "most": MOST,
        "crowd": MOST,
        "z": z,
        "x": x,
        "y": y,
        "west": _lon(z, x - MARGIN),
        "south": _lat(z, y + 1 + MARGIN),
        "east": _lon(z, x + 1 + MARGIN),
        "north": _lat(z, y - MARGIN),
        "unit": 360 / (UNITS << z),
        "cell_width": UNITS >> (cell_zoom - z),
        **_cells("count", count_zoom, z, x, y),
        **_cells("cell", cell_zoom, z, x, y),
    }


def _counted_zoom(z: int) -> int:
    """Find the zoom whose cells have counts that is z or the next finer one, as far as there are any."""
    return min(max(z + z % 2, COUNTED_ZOOMS[0]), COUNTED_ZOOMS[-1])


def _cells(name: str, zoom: int, z: int, x: int, y: int) -> Place:
    """Tell which cells of a finer zoom make up a tile: the first and last of their columns and rows."""
    finer = zoom - z
    west, north, more = x << finer, y << finer, (1 << finer) - 1
    edges = {"z": zoom, "west": west, "east": west + more, "north": north, "south": north + more}
    return {f"{name}_{edge}": value for edge, value in edges.items()}


def _lon(z: int, x: float) -> float:
    return 360 * x / (1 << z) - 180


def _lat(z: int, y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / (1 << z)))))


def _ask(connection: Connection, layer: Layer, part: str, place: Place) -> tuple[Any, ...]:
    """Run one of a layer's statements, prepared on this connection at its first use; the tile is its last column.

    It goes by psycopg2 itself, in half the time; what fails goes by SQLAlchemy once more, which names the failure.
    """
    command, parameters = _prepared(connection, layer, part)
    values = tuple([place[parameter] for parameter in parameters])
    try:
        cursor: Any = connection.connection.cursor()
        cursor.execute(command, values)
        row: tuple[Any, ...] = cursor.fetchone()
    except psycopg2.Error:
        return tuple(connection.exec_driver_sql(command, values).one())
    return row


def _prepared(connection: Connection, layer: Layer, part: str) -> tuple[str, tuple[str, ...]]:
    """Give the command that executes a statement, and the names of its parameters."""
    known: dict[str, tuple[str, tuple[str, ...]]] = connection.info.setdefault("tiles", {})
    name = f"{part}_of_{layer.id}"
    if name not in known:
        statement, parameters = _numbered(_statement(layer, part))
        types = ", ".join(TYPES.get(parameter, "int") for parameter in parameters)
        connection.exec_driver_sql(f"prepare {name} ({types}) as {statement}")
        known[name] = f"execute {name} ({', '.join(['%s'] * len(parameters))})", parameters
    return known[name]


def _statement(layer: Layer, part: str) -> str:
    """Read a statement; that for features is a frame around the layer's own tile.sql or overview.sql."""
    if part == "cells":
        return (HERE / "tiling/cells.sql").read_text()
    frame = (HERE / "tiling/features.sql").read_text()
    columns = ", ".join(field.name for field in layer.tile_fields)
    return frame.replace("{columns}", columns).replace("{features}", (HERE / layer.id / f"{part}.sql").read_text())


def _numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """Number the parameters ($1, $2 …) as PREPARE wants them, and name them in that order."""
    names = tuple(dict.fromkeys(PARAMETER.findall(statement)))
    return PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", statement), names
