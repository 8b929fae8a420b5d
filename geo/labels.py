"""What is known of the way from a node, or from a place beside the road, to facilities: minutes, metres, damage."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.graph import WALKING_KMH, Graph
from geo.network import Edges
from geo.snapping import Places

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
Labels = NDArray[Any]

# A way to a facility; its length includes the walks at its ends. Four bytes each: a tenth of a second in a week.
LABEL = np.dtype([("minutes", "f4"), ("facility", "i4"), ("length_m", "f4"), ("damaged_m", "f4")])
NOWHERE = np.array((np.inf, -1, np.inf, 0), LABEL)[()]


def arrivals(
    network: Edges,
    graph: Graph,
    facilities: Places,
    damaged: NDArray[np.bool_],
    walking_kmh: float = WALKING_KMH,
) -> tuple[Whole, Whole, Numbers, Numbers, Numbers]:
    """Give the ways from the ends of each facility's edge to it: node, facility, minutes, metres, damaged metres."""
    edge, along = facilities.edge, facilities.along
    k, length, walk = np.arange(len(edge)), np.asarray(network.length_m)[edge], facilities.walk
    share = np.concatenate([along, 1 - along])
    minutes = part(np.concatenate([graph.forward[edge], graph.backward[edge]]), share) + np.tile(walk, 2)
    metres = np.tile(length, 2) * share
    nodes = np.concatenate([network.tail[edge], network.head[edge]])
    open_ = np.isfinite(minutes)
    every = (nodes, np.tile(k, 2), minutes, metres + on_foot_m(np.tile(walk, 2), walking_kmh))
    harm = metres * np.tile(damaged[edge], 2)
    return (*(each[open_] for each in every), harm[open_])


def labels_of_place(
    network: Edges,
    graph: Graph,
    place: Places,
    facilities: Places,
    damaged: NDArray[np.bool_],
    known: Labels,
    walking_kmh: float = WALKING_KMH,
) -> Labels:
    """Find the nearest facilities of one place by what is known of the nodes (n, k), nearest first, at most k.

    `known` speaks of the given facilities alone. Who stands on the edge of one may go there directly.
    """
    edge = int(place.edge[0])
    if edge < 0:
        return np.empty(0, LABEL)
    along, walk = float(place.along[0]), float(place.walk[0])
    length, harm = float(network.length_m[edge]), bool(damaged[edge])
    ways = ((network.tail[edge], graph.backward[edge], along), (network.head[edge], graph.forward[edge], 1 - along))
    found = [_direct(graph, place, facilities, length, harm, walking_kmh)]
    for node, minutes, share in ways:
        held = np.array(known[node])
        held["minutes"] += minutes * share if share else 0.0
        held["length_m"] += length * share
        held["damaged_m"] += length * share * harm
        found.append(held)
    every = np.concatenate(found)
    every["minutes"] += walk
    every["length_m"] += on_foot_m(walk, walking_kmh)
    return _nearest(every, known.shape[1])


def on_foot_m(minutes: Any, walking_kmh: float) -> Any:
    """Give the metres of walks that take some minutes at a pace."""
    return minutes * walking_kmh * 1000 / 60


def part(minutes: Numbers, share: Numbers) -> Numbers:
    """Give the minutes of a share of an edge: none where there is nothing to drive, even if the edge is closed."""
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, 0.0, minutes * share)


def _direct(graph: Graph, place: Places, facilities: Places, length: float, harm: bool, walking_kmh: float) -> Labels:
    """Give the ways to the facilities on the place's own edge, without passing a node."""
    edge = int(place.edge[0])
    there = np.flatnonzero(facilities.edge == edge)
    gap = facilities.along[there] - place.along[0]
    taking = np.where(gap >= 0, graph.forward[edge], graph.backward[edge])
    found = np.empty(len(there), LABEL)
    found["minutes"] = part(taking, np.abs(gap)) + facilities.walk[there]
    found["facility"] = there
    found["length_m"] = length * np.abs(gap) + on_foot_m(facilities.walk[there], walking_kmh)
    found["damaged_m"] = length * np.abs(gap) * harm
    return found


def _nearest(every: Labels, k: int) -> Labels:
    """Keep the quickest way to each facility, and the k quickest of these."""
    chosen: list[int] = []
    seen = {-1}
    facilities = every["facility"].tolist()
    for i in np.lexsort((every["facility"], every["minutes"])).tolist():
        if facilities[i] not in seen and np.isfinite(every["minutes"][i]):
            seen.add(facilities[i])
            chosen.append(i)
    return every[chosen[:k]]
