"""Places beside a network: on which edge each meets it, how far along, and how long the walk there takes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points
from geo.graph import WALKING_KMH, Graph
from geo.network import Network

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Where k places meet a network: the edge (-1: none is near enough), the share of it that lies behind them seen
    from its tail (0 to 1), and the minutes on foot to get there.
    """

    edge: Whole
    along: Numbers
    walk: Numbers

    def __len__(self) -> int:
        return len(self.edge)

    def take(self, which: NDArray[Any]) -> "Places":
        """Give some of the places, by a mask or by positions."""
        return Places(self.edge[which], self.along[which], self.walk[which])


def together(one: Places, other: Places) -> Places:
    """Give two lists of places as one."""
    return Places(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in ("edge", "along", "walk")))


class Snapper:
    """Finds the nearest edge of a network that is open for a mode and season, and the walk to it at some km/h."""

    def __init__(self, network: Network, graph: Graph, walking_kmh: float = WALKING_KMH) -> None:
        self.walking_kmh = walking_kmh
        self.open = np.flatnonzero(np.isfinite(graph.forward) | np.isfinite(graph.backward))
        self.lines = network.lines[self.open]
        self.tree = shapely.STRtree(self.lines)

    def snap(self, points: Points, farthest_m: float = np.inf) -> Places:
        """Snap places (k, 2) in the network's metres, each to the nearest edge; of equally near ones to the first."""
        k = len(points)
        shapes = shapely.points(np.asarray(points, float).reshape(-1, 2))
        edge, along, walk = np.full(k, -1), np.zeros(k), np.full(k, np.inf)
        limit = None if np.isinf(farthest_m) else farthest_m
        (at, near), away = self.tree.query_nearest(shapes, max_distance=limit, return_distance=True)
        order = np.lexsort((near, at))
        first = order[np.unique(at[order], return_index=True)[1]]
        at, near = at[first], near[first]
        edge[at] = self.open[near]
        along[at] = shapely.line_locate_point(self.lines[near], shapes[at], normalized=True)
        walk[at] = away[first] / 1000 / self.walking_kmh * 60
        return Places(edge.astype(np.int64), along, walk)
