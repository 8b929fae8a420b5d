"""Small networks to try things on, and the same as networkx sees them."""

from itertools import pairwise

import networkx
import numpy as np
import shapely

from geo.graph import Graph, connect
from geo.network import Network, build
from geo.snapping import Places

EPSG = 32748


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(points)


def town(seed: int, count: int = 25) -> Network:
    """Straight streets that cross each other at random, one in four of them one-way."""
    random = np.random.default_rng(seed)
    ends = random.uniform(0, 5_000, (count, 2, 2))
    direction = random.choice([0, 0, 1, -1], count)
    return build(shapely.linestrings(ends), EPSG, direction=direction)


def timed(network: Network, seed: int) -> Graph:
    """The network with a speed of its own for each edge, and one edge in ten closed."""
    random = np.random.default_rng(seed)
    minutes = network.length_m / 1000 / random.uniform(5, 50, len(network.tail)) * 60
    return connect(network, np.where(random.random(len(minutes)) < 0.1, np.inf, minutes))


def scattered(network: Network, graph: Graph, seed: int, count: int) -> Places:
    """Places on random open edges, some minutes on foot beside them."""
    random = np.random.default_rng(seed)
    open_ = np.flatnonzero(np.isfinite(graph.forward) | np.isfinite(graph.backward))
    return Places(random.choice(open_, count), random.random(count), random.uniform(0, 10, count))


def as_networkx(network: Network, graph: Graph, places: Places, leave: bool) -> networkx.MultiDiGraph:
    """Draw the network with each edge cut at the places on it; a place is left for the road, or come to from it.

    Says the same in another way: no offsets, no arrays, no special case for two places on one edge.
    """
    drawn = networkx.MultiDiGraph()
    drawn.add_nodes_from(range(len(network.nodes)))
    for edge in range(len(network.tail)):
        on = sorted((float(places.along[i]), int(i)) for i in np.flatnonzero(places.edge == edge))
        stops = [(0.0, int(network.tail[edge])), *((at, ("on", i)) for at, i in on), (1.0, int(network.head[edge]))]
        for (start, a), (end, b) in pairwise(stops):
            for minutes, way in ((graph.forward[edge], (a, b)), (graph.backward[edge], (b, a))):
                if np.isfinite(minutes):
                    drawn.add_edge(*way, weight=float(minutes) * (end - start))
    for i in range(len(places)):
        way = (("place", i), ("on", i)) if leave else (("on", i), ("place", i))
        drawn.add_edge(*way, weight=float(places.walk[i]))
    return drawn
