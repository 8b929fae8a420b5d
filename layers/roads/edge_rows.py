"""The edges of a network as rows of the database, for those who ask with SQL."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection

from geo.crs import to_degrees
from layers.roads.edges import RoadEdges
from layers.roads.rules import FUNCTIONS
from layers.roads.speeds import CONDITIONS, SURFACES_OR_UNKNOWN

COLUMNS = "version, edge, road_id, tail, head, length_m, direction, limit_t, function, surface, condition, geom"


def write(connection: Connection, version: str, edges: RoadEdges) -> None:
    """Write the edges of a network by COPY, in degrees."""
    written = io.StringIO("\n".join("\t".join(map(str, row)) for row in _rows(version, edges)))
    cursor: Any = connection.connection.cursor()
    cursor.copy_expert(f"copy road_edge ({COLUMNS}) from stdin", written)


def _rows(version: str, edges: RoadEdges) -> Iterator[tuple[object, ...]]:
    network = edges.network
    degrees = shapely.transform(network.lines, lambda metres: to_degrees(metres, network.epsg))
    shapes = shapely.to_wkb(shapely.set_srid(degrees, 4326), hex=True, include_srid=True)
    limits = [r"\N" if limit == np.inf else limit for limit in network.limit_t.tolist()]
    names = (
        [known[code] for code in codes.tolist()]
        for known, codes in (
            (FUNCTIONS, edges.function),
            (SURFACES_OR_UNKNOWN, edges.surface),
            (CONDITIONS, edges.condition),
        )
    )
    numbers = (edges.road, network.tail, network.head, network.length_m, network.direction)
    columns = zip(*(array.tolist() for array in numbers), limits, *names, shapes.tolist(), strict=True)
    return ((version, edge, *row) for edge, row in enumerate(columns))
