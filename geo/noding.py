"""From lines as they were drawn to lines that meet at their ends: crossings are cut, small gaps are closed.

Pages import this module by way of others, so that scipy is imported where it is used alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points

Lines = NDArray[Any]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
APART_M = 1e6  # between the vertices of different lines, so that only those of the same line are near
MOVED_M = 1.0  # so far a vertex may have moved when gaps were closed
GRID_M = 0.01  # coordinates are rounded to the centimetre, so that lines that cross agree on where


@dataclass(frozen=True)
class Noded:
    """Pieces of lines that meet at their ends alone: their shapes, of which line each is, and from where to where.

    `start_m` and `end_m` run along the line; the start lies behind the end where a piece was drawn against it.
    """

    lines: Lines
    owner: NDArray[np.int64]
    start_m: NDArray[np.float64]
    end_m: NDArray[np.float64]


def node(lines: Lines, tolerance_m: float) -> Noded:
    """Cut lines (metric, LineString) where they cross or touch, after closing gaps at their ends up to a tolerance.

    Pieces of two lines that run on top of each other become one, of the line with the lower number.
    """
    closed = _close_gaps(shapely.set_precision(lines, GRID_M, mode="pointwise"), tolerance_m)
    pieces = shapely.get_parts(shapely.union_all(closed, grid_size=GRID_M))
    pieces = pieces[shapely.length(pieces) > 0]
    owner = _owners(pieces, closed)
    ends = [shapely.get_point(pieces, i) for i in (0, -1)]
    start, end = (shapely.line_locate_point(closed[owner], point) for point in ends)
    ring = shapely.is_ring(closed[owner])  # on which both ends of a line are one point
    middle = shapely.line_locate_point(closed[owner], shapely.line_interpolate_point(pieces, 0.5, normalized=True))
    whole = shapely.length(closed[owner])
    end = np.where(ring & (start < middle) & (end < middle), whole, end)
    start = np.where(ring & (start > middle) & (end > middle) & (end < whole), 0.0, start)
    return Noded(pieces, owner, start, end)


def cut_at_vertices(lines: Lines) -> Noded:
    """Cut lines (metric, LineString) where they share a vertex, and leave crossings without one: bridges and tunnels.

    That is how OpenStreetMap draws; a vertex counts as shared to the centimetre.
    """
    drawn = shapely.set_precision(lines, GRID_M, mode="pointwise")
    coordinates, owner = shapely.get_coordinates(drawn, return_index=True)
    _, place, times = np.unique(np.round(coordinates / GRID_M), axis=0, return_inverse=True, return_counts=True)
    n = len(coordinates)
    first, last = np.ones(n, bool), np.ones(n, bool)
    first[1:], last[:-1] = owner[1:] != owner[:-1], owner[1:] != owner[:-1]
    inner_cut = (times[place] > 1) & ~first & ~last
    # Each cut vertex ends one piece and begins the next, so it is written twice.
    twice = np.repeat(np.arange(n), 1 + inner_cut)
    begins = first[twice].copy()
    begins[1:] |= inner_cut[twice[1:]] & (twice[1:] == twice[:-1])
    piece = np.cumsum(begins) - 1
    pieces = shapely.linestrings(coordinates[twice], indices=piece)
    length = shapely.length(pieces)
    of = owner[twice[begins]]
    run = np.cumsum(length)
    start = run - length - (run - length)[np.searchsorted(of, of)]
    kept = length > 0
    return Noded(pieces[kept], of[kept].astype(np.int64), start[kept], (start + length)[kept])


def passed_over(at: Whole, nodes: Points, of: Whole, lines: Lines, bridged: Mask) -> Mask:
    """Tell which ends of pieces only seem to meet others: bridged lines that pass over each other.

    `at` and `of` say for each end at which of the nodes (metres) it lies and of which line it is. Where bridged lines
    alone meet, the ends of a line stand apart unless it shares a vertex with another there; lines that are not bridged
    join whatever they cross.
    """
    from scipy.spatial import KDTree

    alone = np.asarray(np.bincount(at, ~bridged[of], len(nodes)) == 0, bool)[at]
    coordinates, which = shapely.get_coordinates(lines[bridged], return_index=True)
    drawn = np.unique(np.column_stack([np.round(coordinates / GRID_M), which]), axis=0)
    _, place, times = np.unique(drawn[:, :2], axis=0, return_inverse=True, return_counts=True)
    shared = drawn[times[place] > 1]
    if not len(shared):
        return alone
    vertices = np.column_stack([shared[:, :2] * GRID_M, np.flatnonzero(bridged)[shared[:, 2].astype(int)] * APART_M])
    ends = np.column_stack([nodes[at], of * APART_M])
    return np.asarray(alone & ~np.isfinite(KDTree(vertices).query(ends, distance_upper_bound=MOVED_M)[0]))


def _close_gaps(lines: Lines, tolerance_m: float) -> Lines:
    """Move ends within the tolerance of each other to one place, and others onto the line they almost reach."""
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(lines, i)) for i in (0, -1)])
    moved, shared = _meet(ends, tolerance_m)
    reached = _reach(lines, moved, ~shared, tolerance_m)
    return _with_ends(lines, ends, reached)


def _meet(ends: Points, tolerance_m: float) -> tuple[Points, NDArray[np.bool_]]:
    """Give ends near each other the mean of their places; the mask tells which ends met another."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    pairs = KDTree(ends).query_pairs(tolerance_m, output_type="ndarray")
    joined = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(ends),) * 2)
    count, group = connected_components(joined, directed=False)
    size = np.bincount(group, minlength=count)
    means = np.column_stack([np.bincount(group, ends[:, axis], count) / size for axis in (0, 1)])
    return np.round(means[group] / GRID_M) * GRID_M, size[group] > 1


def _reach(lines: Lines, ends: Points, free: NDArray[np.bool_], tolerance_m: float) -> Points:
    """Move free ends onto the nearest other line within the tolerance."""
    reached = ends.copy()
    which = np.flatnonzero(free)
    points = shapely.points(ends[which])
    at, near = shapely.STRtree(lines).query(points, "dwithin", tolerance_m)
    other = near != which[at] % len(lines)
    at, near = at[other], near[other]
    order = np.lexsort((shapely.distance(points[at], lines[near]), at))
    first = order[np.unique(at[order], return_index=True)[1]]
    on_line = shapely.line_locate_point(lines[near[first]], points[at[first]])
    reached[which[at[first]]] = shapely.get_coordinates(shapely.line_interpolate_point(lines[near[first]], on_line))
    return reached


def _with_ends(lines: Lines, ends: Points, moved: Points) -> Lines:
    """Draw lines to their moved ends: the old end stays as a vertex where the new one lies beyond it."""
    n = len(lines)
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    first, last = np.searchsorted(owner, np.arange(n)), np.searchsorted(owner, np.arange(n), side="right") - 1
    coordinates[first], coordinates[last] = moved[:n], moved[n:]
    drawn = shapely.linestrings(coordinates, indices=owner)
    collapsed = shapely.length(drawn) == 0
    drawn[collapsed] = lines[collapsed]
    return np.asarray(drawn)


def _owners(pieces: Lines, lines: Lines) -> NDArray[np.int64]:
    """Find the line on which each piece lies: the nearest to its middle, of several the first."""
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, line = shapely.STRtree(lines).query_nearest(middles)
    order = np.lexsort((line, piece))
    _, first = np.unique(piece[order], return_index=True)
    return np.asarray(line[order][first], dtype=np.int64)
