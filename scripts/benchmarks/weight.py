"""How heavy tiles are with a million points: every tile where points are dense is drawn."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, Engine, text

from layers.layer import Layer
from layers.tiles import LAST_ZOOM, tile

ALL_UP_TO = 11
DENSE = 1_000


@dataclass(frozen=True)
class Weight:
    """The tiles of one zoom: how many were drawn, the heaviest in bytes, the milliseconds of the middle one."""

    zoom: int
    tiles: int
    heaviest: int
    middle_ms: float


def weigh(engine: Engine, layer: Layer) -> Iterator[Weight]:
    """Draw the tiles of each zoom, deeper down those alone that hold a thousand points or more."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for zoom in range(LAST_ZOOM + 1):
            if drawn := [_draw(connection, layer, zoom, x, y) for x, y in _held(connection, layer, zoom)]:
                heaviest = max(size for size, _ in drawn)
                yield Weight(zoom, len(drawn), heaviest, median(seconds for _, seconds in drawn) * 1000)


def _draw(connection: Connection, layer: Layer, zoom: int, x: int, y: int) -> tuple[int, float]:
    started = time.perf_counter()
    return len(tile(connection, layer, zoom, x, y)), time.perf_counter() - started


def _held(connection: Connection, layer: Layer, zoom: int) -> list[tuple[int, int]]:
    """List the tiles that hold points, by the counts of cells."""
    least = 1 if zoom <= ALL_UP_TO else DENSE
    counted = max(zoom + zoom % 2, 6)
    statement = """
        select x >> :finer as x, y >> :finer as y from tile_cell
        where layer = :layer and z = :counted group by 1, 2 having sum(n) >= :least"""
    values = {"finer": counted - zoom, "layer": layer.id, "counted": counted, "least": least}
    return [(row.x, row.y) for row in connection.execute(text(statement), values)]
