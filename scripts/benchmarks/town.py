"""Made-up towns to measure on: crossings in a grid, people in cells of 100 m, villages and offices at random."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.network import BOTH, Network
from geo.roadnet import Edges
from geo.settled import CELL_M, Settled
from layers.access.ground import Ground
from layers.access.people import Living
from layers.areas.queries import Regency
from layers.roads.edges import RoadEdges
from layers.roads.rules import Rules

EPSG = 32748
BLOCK_M = 330.0  # so that 50,000 edges cover a regency
KINDS = 12
OFFICES = 720
FUNCTIONS, SURFACES, CONDITIONS = 3, 5, 4  # arteri to lokal, aspal to kerikil: open in the rain


def streets(side: int) -> Edges:
    """Join each of side by side crossings to the next one in both directions: edges (m, 2)."""
    crossing = np.arange(side * side).reshape(side, side)
    across = np.column_stack([crossing[:, :-1].ravel(), crossing[:, 1:].ravel()])
    down = np.column_stack([crossing[:-1].ravel(), crossing[1:].ravel()])
    return np.vstack([across, down])


def network(side: int) -> Network:
    """Lay the streets out, each crossing a little off its place."""
    random = np.random.default_rng(1)
    grid = np.indices((side, side)).reshape(2, -1).T * BLOCK_M
    crossings = grid + random.uniform(-0.2, 0.2, grid.shape) * BLOCK_M
    ends = streets(side).astype(np.int64)
    lines = np.asarray(shapely.linestrings(crossings[ends]), object)
    long, count = shapely.length(lines), len(ends)
    return Network(
        EPSG,
        crossings,
        ends[:, 0],
        ends[:, 1],
        long,
        lines,
        np.arange(count),
        np.zeros(count),
        long,
        np.full(count, BOTH),
        np.full(count, np.inf),
    )


def ground(side: int, villages: int, settlements: int, cells: int, rules: Rules) -> Ground:
    """Put people, villages and offices of 12 kinds into a town, as the worker would read them."""
    random = np.random.default_rng(2)
    laid = network(side)
    count = len(laid.tail)
    function, surface, condition = (random.integers(0, codes, count) for codes in (FUNCTIONS, SURFACES, CONDITIONS))
    edges = RoadEdges(laid, np.arange(count), function, surface, condition, np.zeros(count))

    def spots(count: int) -> NDArray[np.float64]:
        return random.uniform(0, side * BLOCK_M, (count, 2))

    zone = np.sort(random.integers(0, villages, cells))
    people = csr_array((random.uniform(0, 50, cells), (zone, np.arange(cells))), shape=(villages, cells))
    found = Ground(
        cast(Regency, None),  # nothing below asks where the regency lies
        [SimpleNamespace(code=str(i)) for i in range(villages)],  # type: ignore[misc]  # as rows of the database
        [SimpleNamespace(id=i) for i in range(settlements)],  # type: ignore[misc]
        np.asarray(shapely.points(spots(villages)), object),
        np.asarray(shapely.points(spots(settlements)), object),
        Living(Settled(spots(cells), people, np.arange(cells)), "", estimate=True, raster=Path()),
        edges,
        rules,
        [SimpleNamespace(id=i, kind=f"{i % KINDS}", capacity=None) for i in range(OFFICES)],  # type: ignore[misc]
    )
    found.__dict__["office_points"] = spots(OFFICES)  # they are in metres already
    return found


def villages_on_cells(side: int, count: int) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Make a raster of side by side cells of 100 m, its south-western corner at 0, and share it out among villages."""
    random = np.random.default_rng(3)
    far = side * CELL_M
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(random.uniform(0, far, (count, 2))), extend_to=shapely.box(0, 0, far, far)
    )
    shapes = shapely.intersection(shapely.segmentize(shapely.get_parts(cells), CELL_M), shapely.box(0, 0, far, far))
    return random.uniform(0, 50, (side, side)), np.asarray(shapes, object)
