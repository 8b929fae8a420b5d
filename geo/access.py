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
    """For each of n nodes the minutes to the nearest facilities (n, k) and which they are, nearest first.

    Where there are fewer, minutes are infinite and the facility is -1.
    """

    minutes: Numbers
    facility: Whole


def to_nearest(network: Network, graph: Graph, facilities: Places) -> Nearest:
    """Compute the minutes from each node to its nearest facility, the walk at the end included, in one run."""
    n = len(network.nodes)
    reachable = np.flatnonzero(facilities.edge >= 0)
    if not len(reachable):
        return Nearest(np.full((n, 1), np.inf), np.full((n, 1), -1))
    backwards = _with_sources(network, graph, facilities.take(reachable))
    found, _, source = dijkstra(
        backwards, indices=np.arange(n, n + len(reachable)), min_only=True, return_predecessors=True
    )
    facility = np.where(np.isfinite(found[:n]), reachable[np.maximum(source[:n] - n, 0)], -1)
    return Nearest(found[:n, None], facility[:, None])


def minutes_of_places(network: Network, graph: Graph, places: Places, facilities: Places, known: Nearest) -> Nearest:
    """Compute the minutes from places to their nearest facilities, by what is known of the nodes.

    The walk to the road is included; who stands on the edge of a facility may go there directly.
    """
    there = np.maximum(places.edge, 0)
    to_tail = np.where(places.edge >= 0, _part(graph.backward[there], places.along), np.inf)
    to_head = np.where(places.edge >= 0, _part(graph.forward[there], 1 - places.along), np.inf)
    minutes = np.hstack(
        [to_tail[:, None] + known.minutes[network.tail[there]], to_head[:, None] + known.minutes[network.head[there]]]
    )
    facility = np.hstack([known.facility[network.tail[there]], known.facility[network.head[there]]])
    direct_minutes, direct = _directly(graph, places, facilities)
    minutes, facility = np.hstack([minutes, direct_minutes]), np.hstack([facility, direct])
    return _distinct(minutes + places.walk[:, None], facility, known.minutes.shape[1])


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


def _directly(graph: Graph, places: Places, facilities: Places) -> tuple[Numbers, Whole]:
    """Compute the minutes (places, c) to the facilities on the same edge, and which they are."""
    order = np.argsort(facilities.edge, kind="stable")
    sorted_edges = facilities.edge[order]
    first = np.searchsorted(sorted_edges, places.edge)
    count = np.searchsorted(sorted_edges, places.edge, side="right") - first
    count[places.edge < 0] = 0
    column = np.arange(count.max(initial=0))
    there = column < count[:, None]
    facility = np.where(there, order[np.where(there, first[:, None] + column, 0)] if len(order) else -1, -1)
    edge = np.maximum(places.edge, 0)[:, None]
    minutes = _along_edge(graph, edge, places.along[:, None], facilities.along[facility])
    return np.where(there, minutes + facilities.walk[facility], np.inf), facility


def _distinct(minutes: Numbers, facility: Whole, k: int) -> Nearest:
    """Keep the best k different facilities of each row."""
    order = np.lexsort((facility, minutes))
    minutes, facility = np.take_along_axis(minutes, order, 1), np.take_along_axis(facility, order, 1)
    for column in range(1, facility.shape[1]):
        again = (facility[:, :column] == facility[:, [column]]).any(axis=1)
        minutes[again, column] = np.inf
    order = np.argsort(minutes, axis=1, kind="stable")[:, :k]
    kept = np.take_along_axis(minutes, order, 1)
    return Nearest(kept, np.where(np.isfinite(kept), np.take_along_axis(facility, order, 1), -1))
