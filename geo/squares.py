"""The nearest edge of a network to one place, found among the pieces that lie in the squares around it.

The arrays lie in files that all processes share, so that a page needs no tree of shapes of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.crs import Points
from geo.graph import WALKING_KMH, Graph
from geo.polylines import Polylines
from geo.snapping import Places

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

SIDE_M = 250.0
FARTHEST_M = 5_000.0  # from a road: over an hour on foot, through country that nobody has drawn a way through


@dataclass(frozen=True)
class Squares:
    """Straight pieces of edges, sorted by the square of 250 m in which their middle lies, row by row from the south.

    A piece (p, 6) holds x and y of its start, its way from there, the metres of its edge that lie behind it, and its
    length; none is longer than a square's side. `first` tells where each square's pieces begin; `corner` is the
    south-western one of the whole grid in metres, `shape` its rows and columns, `lengths` those of the edges.
    """

    pieces: Numbers
    edge: Whole
    first: Whole
    corner: Numbers
    shape: Whole
    lengths: Numbers

    def snap(
        self, graph: Graph, point: Points, farthest_m: float = FARTHEST_M, walking_kmh: float = WALKING_KMH
    ) -> Places:
        """Snap one place (1, 2) to the nearest edge that is open; of equally near ones to the first.

        Tells the same as geo.snapping.Snapper.
        """
        best = (np.inf, -1, 0.0)
        for sure_m, which in self._around(point[0], farthest_m):
            edge = self.edge[which]
            usable = np.isfinite(graph.forward[edge]) | np.isfinite(graph.backward[edge])
            best = min(best, _nearest(self.pieces[which[usable]], edge[usable], point[0]))
            if best[0] <= min(sure_m, farthest_m):
                along = min(best[2] / float(self.lengths[best[1]]), 1.0)
                return Places(np.array([best[1]]), np.array([along]), np.array([best[0] / 1000 / walking_kmh * 60]))
        return Places(np.array([-1]), np.array([0.0]), np.array([np.inf]))

    def _around(self, point: Numbers, farthest_m: float) -> Iterator[tuple[float, Whole]]:
        """Give the pieces in ever larger blocks of squares, each with the metres within which none is missing."""
        column, row = np.floor((point - self.corner) / SIDE_M).astype(int).tolist()
        rows, columns = self.shape.tolist()
        reach, sure_m = 1, 0.0
        while sure_m < farthest_m:
            sure_m = reach * SIDE_M - SIDE_M / 2  # a piece reaches half a side beyond the square of its middle
            west, east = max(column - reach, 0), min(column + reach + 1, columns)
            lines = range(max(row - reach, 0), min(row + reach + 1, rows)) if west < east else ()
            ends = [(self.first[line * columns + west], self.first[line * columns + east]) for line in lines]
            yield sure_m, np.concatenate([np.arange(0), *(np.arange(a, b) for a, b in ends if a < b)])
            reach *= 2


def squares(lines: Polylines, lengths: Numbers) -> Squares:
    """Sort the edges of a network, their lengths in metres beside them, into squares."""
    pieces, edge = _pieces(lines)
    middles = pieces[:, :2] + pieces[:, 2:4] / 2
    corner = np.floor(middles.min(axis=0) / SIDE_M) * SIDE_M
    places = np.floor((middles - corner) / SIDE_M).astype(np.int64)
    columns, rows = (places.max(axis=0) + 1).tolist()
    square = places[:, 1] * columns + places[:, 0]
    order = np.argsort(square, kind="stable")
    first = np.searchsorted(square[order], np.arange(rows * columns + 1))
    return Squares(pieces[order], edge[order], first, corner, np.array([rows, columns]), lengths)


def _pieces(lines: Polylines) -> tuple[Numbers, Whole]:
    """Cut lines at their vertices, and further where a piece would be longer than a square's side."""
    owner = np.repeat(np.arange(len(lines.first) - 1), np.diff(lines.first))
    within = owner[1:] == owner[:-1]
    start, step = lines.vertices[:-1][within], np.diff(lines.vertices, axis=0)[within]
    edge, length = owner[1:][within], np.hypot(*step.T)
    run = np.cumsum(length) - length
    behind = run - run[np.searchsorted(edge, edge)]
    parts = np.maximum(np.ceil(length / SIDE_M), 1).astype(np.int64)
    each = np.repeat(np.arange(len(parts)), parts)
    number = np.arange(len(each)) - np.repeat(np.cumsum(parts) - parts, parts)
    step, length = step[each] / parts[each, None], length[each] / parts[each]
    pieces = np.column_stack([start[each] + number[:, None] * step, step, behind[each] + number * length, length])
    return pieces, edge[each]


def _nearest(pieces: Numbers, edge: Whole, point: Numbers) -> tuple[float, int, float]:
    """Find the nearest piece: its distance, its edge, and the metres of the edge up to the place on it."""
    if not len(pieces):
        return np.inf, -1, 0.0
    gap, step = point - pieces[:, :2], pieces[:, 2:4]
    squared = np.maximum((step * step).sum(axis=1), 1e-12)
    share = np.clip((gap * step).sum(axis=1) / squared, 0, 1)
    away = np.hypot(*(gap - share[:, None] * step).T)
    best = int(np.lexsort((edge, away))[0])
    return float(away[best]), int(edge[best]), float(pieces[best, 4] + share[best] * pieces[best, 5])
