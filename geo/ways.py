"""The fastest ways from a place: which parts of which edges each takes.

Pages import this module, so that scipy is imported where it is used alone.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from geo.graph import Graph
from geo.labels import part
from geo.network import Edges
from geo.noding import Lines
from geo.snapping import Places

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

HORIZONS = (10.0, 20.0, 40.0, 80.0, np.inf)  # minutes a search looks ahead, step by step


TAIL, HEAD, DIRECT = 0, 1, 2  # where the way to a facility comes onto its edge; DIRECT: it never left it


@dataclass(frozen=True)
class Way:
    """A way along edges in the order they are travelled, each from one share of its length to another.

    A share that falls is travelled against the edge. `minutes` includes the walks at both ends, which take `walk`.
    """

    edge: Whole
    start: Numbers
    end: Numbers
    minutes: float
    walk: float

    def lengths_m(self, network: Edges) -> Numbers:
        """Measure what the way takes of each edge."""
        return np.asarray(network.length_m[self.edge] * np.abs(self.end - self.start))

    def drawn(self, shapes: Lines) -> list[shapely.LineString]:
        """Cut what the way takes out of the shapes of its edges, which come in its order, each as it is travelled."""
        ends = zip(shapes, self.start, self.end, strict=True)
        return [substring(shape, start, end, normalized=True) for shape, start, end in ends]


def way(network: Edges, graph: Graph, place: Places, facility: Places) -> Way | None:
    """Find the fastest way from one place to one facility; None where none leads there."""
    found = nearest_ways(network, graph, place, facility, np.array([True]), 1)
    return found[0][1] if found else None


def nearest_ways(
    network: Edges, graph: Graph, place: Places, facilities: Places, wanted: NDArray[np.bool_], k: int
) -> list[tuple[int, Way]]:
    """Find the k nearest of the wanted facilities from one place, looking ahead no farther than needed.

    Gives each with the way there, nearest first; fewer where no way leads to more.
    """
    candidates = np.flatnonzero(wanted & (facilities.edge >= 0))
    if place.edge[0] < 0 or not len(candidates):
        return []
    asked, most = facilities.take(candidates), min(k, len(candidates))
    for horizon in HORIZONS:
        nodes, before = _search(network, graph, place, horizon)
        minutes, via = _arrivals(network, graph, place, asked, nodes)
        order = np.lexsort((candidates, minutes))[:most]
        if minutes[order[-1]] <= horizon:
            break
    return [
        (int(candidates[i]), _way(network, graph, place, asked.take(np.array([i])), before, int(via[i]), minutes[i]))
        for i in order
        if np.isfinite(minutes[i])
    ]


def _search(network: Edges, graph: Graph, place: Places, horizon: float) -> tuple[Numbers, NDArray[np.int32]]:
    """Compute the minutes from where one place meets the road to every node, and from where each is entered.

    The place counts as a node of its own behind all others.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n = len(network.nodes)
    ends, minutes = zip(*_leaving(network, graph, place), strict=True)
    starts = np.append(graph.starts, graph.starts[-1] + len(ends)).astype(np.int32)
    held = (np.append(graph.minutes, minutes), np.append(graph.ends, ends).astype(np.int32), starts)
    found, before = dijkstra(csr_array(held, shape=(n + 1, n + 1)), indices=n, limit=horizon, return_predecessors=True)
    return found, before


def _leaving(network: Edges, graph: Graph, place: Places) -> list[tuple[int, float]]:
    """Give the ends of the edge on which a place lies, and the minutes from it to each."""
    edge, along = int(place.edge[0]), place.along[0]
    ways = ((network.tail[edge], graph.backward[edge], along), (network.head[edge], graph.forward[edge], 1 - along))
    return [(int(node), float(minutes * share) if share else 0.0) for node, minutes, share in ways]


def _arrivals(
    network: Edges, graph: Graph, place: Places, facilities: Places, nodes: Numbers
) -> tuple[Numbers, NDArray[np.int64]]:
    """Give the minutes from a place to each facility, both walks included, and how the way comes onto its edge."""
    there, along = facilities.edge, facilities.along
    gap = along - place.along[0]
    direct = part(np.where(gap >= 0, graph.forward[there], graph.backward[there]), np.abs(gap))
    every = np.array(
        [
            nodes[network.tail[there]] + part(graph.forward[there], along),
            nodes[network.head[there]] + part(graph.backward[there], 1 - along),
            np.where(there == place.edge[0], direct, np.inf),
        ]
    )
    via = np.where(every[DIRECT] <= every.min(axis=0), DIRECT, every.argmin(axis=0))
    return every.min(axis=0) + facilities.walk + place.walk[0], via


def _way(
    network: Edges, graph: Graph, place: Places, facility: Places, before: NDArray[np.int32], via: int, minutes: float
) -> Way:
    edge, walk = facility.edge, float(place.walk[0] + facility.walk[0])
    if via == DIRECT:
        return Way(edge, place.along, facility.along, float(minutes), walk)
    first, edges, starts = _walk_back(network, graph, before, int((network.tail, network.head)[via][edge[0]]))
    sides = _leaving(network, graph, place)
    left = min((TAIL, HEAD), key=lambda side: (sides[side][0] != first, sides[side][1]))
    return Way(
        np.array([place.edge[0], *edges, edge[0]]),
        np.array([place.along[0], *starts, float(via)]),
        np.array([float(left), *(1.0 - start for start in starts), facility.along[0]]),
        float(minutes),
        walk,
    )


def _walk_back(
    network: Edges, graph: Graph, before: NDArray[np.int32], node: int
) -> tuple[int, list[int], list[float]]:
    """Follow predecessors back to the first node: give it, the edges in order of travel, and where each is entered."""
    edges, starts = [], []
    while before[node] < len(network.nodes):
        previous = int(before[node])
        arcs = np.arange(graph.starts[previous], graph.starts[previous + 1])
        edge = int(graph.edge[arcs[graph.ends[arcs] == node][0]])
        edges.append(edge)
        starts.append(float(TAIL if int(network.tail[edge]) == previous else HEAD))
        node = previous
    return node, edges[::-1], starts[::-1]
