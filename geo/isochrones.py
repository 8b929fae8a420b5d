"""How far one gets: the parts of roads within some minutes of a place, and the ground around them."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from geo.access import from_place
from geo.graph import WALKING_KMH, Graph
from geo.network import Network
from geo.noding import Lines
from geo.snapping import Places

Numbers = NDArray[np.float64]

BESIDE_M = 250.0  # how far from the road people live whom it serves: the walk counts as well
FINENESS_M = 10.0
HOLE_M2 = 4 * BESIDE_M**2  # smaller holes are blocks of houses between streets, not places out of reach


def isochrones(
    network: Network, graph: Graph, place: Places, thresholds: Sequence[float], walking_kmh: float = WALKING_KMH
) -> dict[float, shapely.MultiPolygon]:
    """Draw for each threshold in minutes the ground that can be reached from one place, in the network's metres.

    A wider one holds every narrower one. Where not even the road is reached the shape is empty.
    """
    nodes = from_place(network, graph, place, max(thresholds))
    walks = {limit: min(BESIDE_M, limit / 60 * walking_kmh * 1000) for limit in sorted(thresholds)}
    return {
        float(limit): _ground(reached(network, graph, place, nodes, limit), beside) for limit, beside in walks.items()
    }


def reached(network: Network, graph: Graph, place: Places, nodes: Numbers, limit: float) -> Lines:
    """Cut out of each road what lies within some minutes, with the minutes to every node known (inf where farther)."""
    from_tail = _share(limit - nodes[network.tail], graph.forward)
    from_head = _share(limit - nodes[network.head], graph.backward)
    whole = from_tail + from_head >= 1
    leaving, coming = np.flatnonzero(~whole & (from_tail > 0)), np.flatnonzero(~whole & (from_head > 0))
    first = [substring(network.lines[edge], 0, from_tail[edge], normalized=True) for edge in leaving]
    last = [substring(network.lines[edge], 1 - from_head[edge], 1, normalized=True) for edge in coming]
    return np.array([*network.lines[whole], *first, *last, *_around(network, graph, place, limit)], dtype=object)


def _share(left: Numbers, minutes: Numbers) -> Numbers:
    """Give the share (0 to 1) of an edge that some minutes are enough for; a closed edge is not entered."""
    usable = np.isfinite(minutes) & np.isfinite(left) & (left >= 0)
    share = np.divide(left, minutes, out=np.ones_like(minutes), where=usable & (minutes > 0))
    return np.where(usable, np.minimum(share, 1.0), 0.0)


def _around(network: Network, graph: Graph, place: Places, limit: float) -> list[shapely.LineString]:
    """Cut out what is reached on the edge of the place itself, without passing any node."""
    edge = int(place.edge[0])
    left = limit - place.walk[0]
    if edge < 0 or left < 0:
        return []
    along = place.along[0]
    start = max(0.0, along - float(_share(np.array([left]), graph.backward[[edge]])[0]))
    end = min(1.0, along + float(_share(np.array([left]), graph.forward[[edge]])[0]))
    return [substring(network.lines[edge], start, end, normalized=True)]


def _ground(pieces: Lines, beside: float) -> shapely.MultiPolygon:
    """Draw the ground beside roads up to some metres from them."""
    ground = shapely.union_all(shapely.buffer(shapely.simplify(pieces, FINENESS_M), beside, quad_segs=4))
    filled = [shapely.Polygon(part.exterior, _large(part.interiors)) for part in shapely.get_parts(ground)]
    return shapely.MultiPolygon(filled)


def _large(rings: Sequence[shapely.LinearRing]) -> list[shapely.LinearRing]:
    return [ring for ring in rings if shapely.Polygon(ring).area >= HOLE_M2]
