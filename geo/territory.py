"""Territories: a plane shared out among places, each border exactly the same for both of its neighbours."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Voronoi, cKDTree

from geo.crs import Points
from geo.warp import Warp

NOBODY = -1
BAYS = 0.1


def surround(points: Points, reach: float, spacing: float, random: np.random.Generator) -> Points:
    """Scatter points (n, 2) round about the given ones, farther than `reach` metres and `spacing` metres apart.

    Wide bays of the outline are entered, gaps among the points are not.
    """
    low, high = points.min(axis=0) - 4 * reach - 2 * spacing, points.max(axis=0) + 4 * reach + 2 * spacing
    x, y = np.meshgrid(np.arange(low[0], high[0], spacing), np.arange(low[1], high[1], spacing * 0.866))
    x[1::2] += spacing / 2
    grid = np.column_stack([x.ravel(), y.ravel()])
    grid += random.uniform(-0.3, 0.3, grid.shape) * spacing
    home = shapely.concave_hull(shapely.MultiPoint(points), ratio=BAYS).buffer(reach)
    shapely.prepare(home)
    return np.asarray(grid[~shapely.contains_xy(home, grid)])


def nearest(points: Points, questions: Points) -> NDArray[np.int_]:
    """Number, for each question (m, 2), the nearest of the points (n, 2)."""
    return np.asarray(cKDTree(points).query(questions)[1])


def distance_to_others(points: Points, questions: Points, owners: NDArray[np.int_]) -> NDArray[np.float64]:
    """Measure from each question (m, 2) to the nearest of the points (n, 2) other than its own (m,)."""
    distance, number = cKDTree(points).query(questions, k=2)
    return np.asarray(np.where(number[:, 0] == owners, distance[:, 1], distance[:, 0]))


def spread(points: Points, apart: float) -> Points:
    """Push points (n, 2) away from each other until none are nearer than `apart` metres, or nearly so."""
    moved = points.copy()
    for _ in range(40):
        pairs = cKDTree(moved).query_pairs(apart, output_type="ndarray")
        if not len(pairs):
            break
        gap = moved[pairs[:, 1]] - moved[pairs[:, 0]]
        distance = np.hypot(*gap.T)[:, None]
        push = gap / np.maximum(distance, 1e-9) * (apart - distance) * 0.55
        np.add.at(moved, pairs[:, 0], -push)
        np.add.at(moved, pairs[:, 1], push)
    return moved


def share_out(points: Points, owners: NDArray[np.int_], warp: Warp, step: float) -> list[Any]:
    """Give each owner (0, 1, …) the land nearest to its points, with borders bent by `warp`.

    Points (n, 2) in metres may be several for one owner; those of NOBODY must surround the others.
    Borders get a vertex about every `step` metres.
    """
    diagram = Voronoi(warp.straighten(points))
    owners = _undivided(owners, diagram.ridge_points)
    borders = _borders(diagram, owners, warp, step)
    cells = [_cell(diagram, borders, int(i)) for i in np.flatnonzero(owners != NOBODY)]
    owned = owners[owners != NOBODY]
    return [_join([cells[i] for i in np.flatnonzero(owned == owner)]) for owner in range(owned.max() + 1)]


def _undivided(owners: NDArray[np.int_], neighbours: NDArray[np.int_]) -> NDArray[np.int_]:
    """Give land that others cut off from its owner's first point to whoever surrounds it most."""
    same = owners[neighbours[:, 0]] == owners[neighbours[:, 1]]
    joined = csr_array((np.ones(same.sum()), neighbours[same].T), shape=(len(owners),) * 2)
    part = connected_components(joined, directed=False)[1]
    first = np.unique(owners, return_index=True)[1]
    cut_off = ~np.isin(part, part[first]) & (owners != NOBODY)
    given = owners.copy()
    for point in np.flatnonzero(cut_off):
        beside = neighbours[(neighbours == point).any(axis=1)].sum(axis=1) - point
        claims, sides = np.unique(owners[beside[owners[beside] != owners[point]]], return_counts=True)
        given[point] = claims[sides.argmax()]
    return given


def _join(cells: list[Any]) -> Any:
    return shapely.coverage_union_all(cells) if len(cells) > 1 else cells[0]


def _borders(diagram: Voronoi, owners: NDArray[np.int_], warp: Warp, step: float) -> dict[tuple[int, int], Points]:
    """Bend each border once, from its lower to its higher corner, so that both neighbours use the same line."""
    owned = (owners[diagram.ridge_points] != NOBODY).any(axis=1)
    corners = np.sort(np.array(diagram.ridge_vertices)[owned], axis=1)
    lines = [_divided(diagram.vertices[pair], step) for pair in corners]
    cuts = np.cumsum([len(line) for line in lines])[:-1]
    bent = np.split(warp.bend(np.concatenate(lines)), cuts)
    meetings = warp.bend(diagram.vertices)  # once for all borders that meet there, as sums differ in the last digit
    for line, ends in zip(bent, corners, strict=True):
        line[[0, -1]] = meetings[ends]
    return {(int(low), int(high)): line for (low, high), line in zip(corners, bent, strict=True)}


def _divided(ends: Points, step: float) -> Points:
    parts = max(1, int(np.hypot(*(ends[1] - ends[0])) / step))
    along = np.linspace(0, 1, parts + 1)[:, None]
    return np.asarray(ends[0] * (1 - along) + ends[1] * along)


def _cell(diagram: Voronoi, borders: dict[tuple[int, int], Points], point: int) -> Any:
    corners = np.array(diagram.regions[diagram.point_region[point]])
    offset = diagram.vertices[corners] - diagram.points[point]
    ring = corners[np.argsort(np.arctan2(offset[:, 1], offset[:, 0]))]
    lines = [_border(borders, a, b) for a, b in zip(ring, np.roll(ring, -1), strict=True)]
    return shapely.Polygon(np.concatenate(lines))


def _border(borders: dict[tuple[int, int], Points], a: int, b: int) -> Points:
    """Walk a border from corner a up to, but without, corner b."""
    return borders[a, b][:-1] if a < b else borders[b, a][:0:-1]
