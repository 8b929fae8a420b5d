"""The nearest few facilities of every node, with the length of the way there and how much of it is damaged."""

from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from geo.graph import WALKING_KMH, Graph
from geo.labels import LABEL, NOWHERE, Labels, arrivals
from geo.network import Edges
from geo.snapping import Places

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


def closest_few(
    network: Edges,
    graph: Graph,
    facilities: Places,
    damaged: NDArray[np.bool_],
    k: int,
    wanted: NDArray[np.bool_],
    walking_kmh: float = WALKING_KMH,
) -> Labels:
    """Find the k nearest of the wanted facilities of each node (n, k), nearest first, with the edges that are damaged.

    One search from all facilities at once, in which each node is reached by as many of them as it keeps.
    """
    starts, tails, minutes, edge = _turned(graph)
    which = np.flatnonzero(wanted & (facilities.edge >= 0))
    seeds = arrivals(network, graph, facilities.take(which), damaged, walking_kmh)
    found = np.full((len(network.nodes), k), NOWHERE, LABEL)
    lengths = np.asarray(network.length_m)[edge]
    _spread(starts, tails, minutes, lengths, np.where(damaged[edge], lengths, 0.0), *seeds, found)
    number = np.append(which, -1)
    found["facility"] = number[found["facility"]]
    return found


def _turned(graph: Graph) -> tuple[Whole, Whole, Numbers, Whole]:
    """Sort the arcs by where they lead: for each node those that come in, each with its tail, minutes and edge."""
    n = len(graph.starts) - 1
    tails = np.repeat(np.arange(n), np.diff(graph.starts))
    order = np.argsort(graph.ends, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(graph.ends, minlength=n))])
    return starts, tails[order], np.asarray(graph.minutes)[order], np.asarray(graph.edge)[order]


@njit(cache=True, nogil=True)
def _spread(
    starts: Whole,
    tails: Whole,
    minutes: Numbers,
    lengths: Numbers,
    damages: Numbers,
    seed_nodes: Whole,
    seed_facilities: Whole,
    seed_minutes: Numbers,
    seed_lengths: Numbers,
    seed_damages: Numbers,
    found: Any,
) -> None:
    """Settle labels in the order of their minutes; a node takes each facility once, as many as it has room for."""
    count = np.zeros(len(found), np.int64)
    heap = [(seed_minutes[i], np.int64(i), np.int64(-1)) for i in range(len(seed_nodes))]
    heapify(heap)
    while heap:
        here, origin, arc = heappop(heap)
        if arc < 0:
            node, facility = seed_nodes[origin], seed_facilities[origin]
            length, damaged = seed_lengths[origin], seed_damages[origin]
        else:
            before = found[origin // found.shape[1], origin % found.shape[1]]
            node, facility = tails[arc], np.int64(before.facility)
            length, damaged = before.length_m + lengths[arc], before.damaged_m + damages[arc]
        if not _has_room(found, count, node, facility):
            continue
        label = found[node, count[node]]
        label.minutes, label.facility, label.length_m, label.damaged_m = here, facility, length, damaged
        mine = node * found.shape[1] + count[node]
        count[node] += 1
        for onward in range(starts[node], starts[node + 1]):
            if _has_room(found, count, tails[onward], facility):
                heappush(heap, (here + minutes[onward], mine, np.int64(onward)))


@njit(cache=True, nogil=True)
def _has_room(found: Any, count: Whole, node: np.int64, facility: np.int64) -> bool:
    """Say whether a node may still take a label of a facility."""
    full = count[node] == found.shape[1]
    for i in range(count[node]):
        full = full or found[node, i].facility == facility
    return not full
