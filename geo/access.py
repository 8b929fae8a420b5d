"""Minutes from anywhere to the nearest of many facilities, along a network whose roads may lead one way."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.graph import Graph
from geo.network import Network
from geo.snapping import Places

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

AT_ONCE = 64  # facilities whose minutes are computed together: 64 · 50,000 nodes take 26 MB


@dataclass(frozen=True)
class Nearest:
    """The minutes (n,) from each of n places or nodes to its nearest facility, and which that is (n,).

    Where no way leads to any, minutes are infinite and the facility is -1.
    """

    minutes: Numbers
    facility: Whole


def to_nearest(network: Network, graph: Graph, facilities: Places) -> Nearest:
    """Compute the minutes from each node to its nearest facility, the walk at the end included, in one run."""
    n = len(network.nodes)
    reachable = np.flatnonzero(facilities.edge >= 0)
    if not len(reachable):
        return Nearest(np.full(n, np.inf), np.full(n, -1))
    backwards = _with_sources(network, graph, facilities.take(reachable))
    found, _, source = dijkstra(
        backwards, indices=np.arange(n, n + len(reachable)), min_only=True, return_predecessors=True
    )
    facility = np.where(np.isfinite(found[:n]), reachable[np.maximum(source[:n] - n, 0)], -1)
    return Nearest(found[:n], facility)


def minutes_of_places(network: Network, graph: Graph, places: Places, facilities: Places, known: Nearest) -> Nearest:
    """Compute the minutes from places to their nearest facility, by what is known of the nodes.

    The walk to the road is included; who stands on the edge of a facility may go there directly.
    """
    there = np.maximum(places.edge, 0)
    tail, head = network.tail[there], network.head[there]
    by_tail = np.where(places.edge >= 0, _part(graph.backward[there], places.along), np.inf) + known.minutes[tail]
    by_head = np.where(places.edge >= 0, _part(graph.forward[there], 1 - places.along), np.inf) + known.minutes[head]
    minutes = np.minimum(by_tail, by_head)
    facility = known.facility[np.where(by_head < by_tail, head, tail)]
    for at, one in _beside(len(network.tail), places, facilities):
        direct = _along_edge(graph, places.edge[at], places.along[at], facilities.along[one]) + facilities.walk[one]
        sooner = direct < minutes[at]
        minutes[at[sooner]], facility[at[sooner]] = direct[sooner], one
    return Nearest(minutes + places.walk, np.where(np.isfinite(minutes), facility, -1))


def minutes_to_each(
    network: Network, graph: Graph, places: Places, facilities: Places, farthest_min: float = np.inf
) -> Iterator[tuple[Whole, Numbers]]:
    """Give some facilities (c,) after the other with the minutes (places, c) from each place to each of them.

    Infinite where no way leads there, or where it takes longer than `farthest_min` to the road of the place.
    """
    n, reachable = len(network.nodes), np.flatnonzero(facilities.edge >= 0)
    backwards = _with_sources(network, graph, facilities.take(reachable))
    there = np.maximum(places.edge, 0)
    to_tail = np.where(places.edge >= 0, _part(graph.backward[there], places.along), np.inf)
    to_head = np.where(places.edge >= 0, _part(graph.forward[there], 1 - places.along), np.inf)
    for first in range(0, len(reachable), AT_ONCE):
        some = np.arange(first, min(first + AT_ONCE, len(reachable)))
        found = dijkstra(backwards, indices=n + some, limit=farthest_min)[:, :n].T
        minutes = np.minimum(
            to_tail[:, None] + found[network.tail[there]], to_head[:, None] + found[network.head[there]]
        )
        for column, facility in enumerate(reachable[some]):
            same = np.flatnonzero(places.edge == facilities.edge[facility])
            direct = _along_edge(graph, places.edge[same], places.along[same], facilities.along[facility])
            minutes[same, column] = np.minimum(minutes[same, column], direct + facilities.walk[facility])
        yield reachable[some], minutes + places.walk[:, None]


def from_place(network: Network, graph: Graph, place: Places, horizon: float = np.inf) -> Numbers:
    """Compute the minutes from one place to every node, the walk to the road included; inf beyond the horizon."""
    edge, n = int(place.edge[0]), len(network.nodes)
    if edge < 0:
        return np.full(n, np.inf)
    ends = np.array([network.tail[edge], network.head[edge]])
    leaving = [_part(graph.backward[[edge]], place.along), _part(graph.forward[[edge]], 1 - place.along)]
    started = _with_rows(graph.matrix(), ends[None, :], np.hstack(leaving)[None, :])
    return np.asarray(dijkstra(started, indices=n, limit=horizon)[:n] + place.walk[0])


def _with_sources(network: Network, graph: Graph, facilities: Places) -> csr_array:
    """Turn every arc round and add a node for each facility, from which arcs lead back to the ends of its edge."""
    edge = facilities.edge
    ends = np.column_stack([network.tail[edge], network.head[edge]])
    arriving = np.column_stack(
        [_part(graph.forward[edge], facilities.along), _part(graph.backward[edge], 1 - facilities.along)]
    )
    return _with_rows(graph.matrix().T.tocsr(), ends, arriving + facilities.walk[:, None])


def _with_rows(arcs: csr_array, ends: Whole, minutes: Numbers) -> csr_array:
    """Add a node for each row of `ends` and `minutes` (k, c), from which arcs lead to those ends."""
    n, (k, c) = arcs.shape[0] + len(ends), ends.shape
    starts = np.concatenate([arcs.indptr, arcs.indptr[-1] + c * np.arange(1, k + 1)])
    held = (np.concatenate([arcs.data, minutes.ravel()]), np.concatenate([arcs.indices, ends.ravel()]), starts)
    return csr_array(held, shape=(n, n))


def _part(minutes: Numbers, share: Numbers) -> Numbers:
    """Give the minutes of a share of an edge: none where there is nothing to drive, even if the edge is closed."""
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, 0.0, minutes * share)


def _along_edge(graph: Graph, edge: Whole, start: Numbers, end: Numbers) -> Numbers:
    """Give the minutes from one place to another on the same edge, without leaving it."""
    return np.where(end >= start, _part(graph.forward[edge], end - start), _part(graph.backward[edge], start - end))


def _beside(edges: int, places: Places, facilities: Places) -> Iterator[tuple[Whole, int]]:
    """Give each facility on whose edge there are places, after these places."""
    served = np.zeros(edges + 1, bool)
    served[facilities.edge] = True
    served[-1] = False  # of those that meet no edge
    near = np.flatnonzero(served[places.edge])
    for one in np.flatnonzero(facilities.edge >= 0).tolist():
        at = near[places.edge[near] == facilities.edge[one]]
        if len(at):
            yield at, one
