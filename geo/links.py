"""Links that a network lacks: short gaps that today take a long way round, or that nobody can cross at all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree
from shapely.ops import substring

from geo.graph import connect
from geo.network import BOTH, TOLERANCE_M, Network
from geo.noding import Lines

GAP_M = 300.0  # as far as a link reaches, straight from the end of a road
ROUND_M = 2_000.0  # the way today from which a gap is worth a link
AT_ONCE = 256
NOBODY_T = 0.0  # the weight limit of what is not built

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Links:
    """Links (k,) from `node`, where a road ends, straight to another `edge`, met at a share `along` it from its tail.

    `lines` are in metres of the network; `beside` is the edge that ends at the node, `round_m` the way today, infinite
    where there is none.
    """

    node: Whole
    edge: Whole
    along: Numbers
    beside: Whole
    round_m: Numbers
    lines: Lines

    def __len__(self) -> int:
        return len(self.node)

    def take(self, which: NDArray[np.integer]) -> "Links":
        """Give some of the links."""
        return Links(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def missing(network: Network, usable: NDArray[np.bool_], gap_m: float = GAP_M, round_m: float = ROUND_M) -> Links:
    """Find where a road ends at most `gap_m` from another that is more than `round_m` away by road, or out of reach.

    Only usable edges count, in whatever direction. Of each end the nearest such road; no link crosses a road, and of
    links whose middles lie within `gap_m` of each other the shortest stays.
    """
    found = _gaps(network, usable, gap_m)
    today = np.concatenate([np.empty(0), *_ways(network, usable, found, round_m)])
    found = replace(found, round_m=today).take(np.flatnonzero(today > round_m))
    length = shapely.length(found.lines)
    order = np.lexsort((found.edge, length, found.node))
    found = found.take(order[np.unique(found.node[order], return_index=True)[1]])
    found = _shortest_around(found.take(_clear(network, usable, found)), gap_m)
    return replace(found, round_m=np.concatenate([np.empty(0), *_ways(network, usable, found, np.inf)]))


def _gaps(network: Network, usable: NDArray[np.bool_], gap_m: float) -> Links:
    """List every end of a road with every edge within the gap; the way today is not known yet."""
    which = np.flatnonzero(usable)
    at = np.concatenate([network.tail[which], network.head[which]])
    ends = np.flatnonzero(np.bincount(at, minlength=len(network.nodes)) == 1)
    owner = np.full(len(network.nodes), -1)
    owner[at] = np.tile(which, 2)
    points = shapely.points(network.nodes[ends])
    one, near = shapely.STRtree(network.lines[which]).query(points, "dwithin", gap_m)
    edge = which[near]
    along = shapely.line_locate_point(network.lines[edge], points[one], normalized=True)
    slip = TOLERANCE_M / np.maximum(network.length_m[edge], TOLERANCE_M)
    along = np.where(along < slip, 0.0, np.where(along > 1 - slip, 1.0, along))
    met = shapely.get_coordinates(shapely.line_interpolate_point(network.lines[edge], along, normalized=True))
    lines = shapely.linestrings(np.stack([network.nodes[ends[one]], met], axis=1))
    apart = shapely.length(lines) > TOLERANCE_M
    unknown = np.full(len(one), np.inf)
    return Links(ends[one], edge, along, owner[ends[one]], unknown, lines).take(np.flatnonzero(apart))


def _ways(network: Network, usable: NDArray[np.bool_], links: Links, limit_m: float) -> Iterator[Numbers]:
    """Measure the way by road from one side of each link to the other, in their order; infinite beyond the limit."""
    arcs = connect(network, np.where(usable, network.length_m, np.inf), one_way=False).matrix()
    starts = np.unique(links.node)
    for first in range(0, len(starts), AT_ONCE):
        some = starts[first : first + AT_ONCE]
        away = dijkstra(arcs, indices=some, limit=limit_m)
        mine = np.flatnonzero((links.node >= some[0]) & (links.node <= some[-1]))
        row, edge, share = np.searchsorted(some, links.node[mine]), links.edge[mine], links.along[mine]
        length = network.length_m[edge]
        to_tail, to_head = away[row, network.tail[edge]], away[row, network.head[edge]]
        yield np.minimum(to_tail + share * length, to_head + (1 - share) * length)


def _clear(network: Network, usable: NDArray[np.bool_], links: Links) -> Whole:
    """Number the links that cross no road between their ends."""
    ends = shapely.get_coordinates(links.lines).reshape(-1, 2, 2)
    step = (ends[:, 1] - ends[:, 0]) * (TOLERANCE_M / 2 / np.maximum(shapely.length(links.lines), 1))[:, None]
    inner = shapely.linestrings(np.stack([ends[:, 0] + step, ends[:, 1] - step], axis=1))
    crossing, _ = shapely.STRtree(network.lines[usable]).query(inner, "intersects")
    return np.setdiff1d(np.arange(len(links)), crossing)


def _shortest_around(links: Links, gap_m: float) -> Links:
    if not len(links):
        return links
    length = shapely.length(links.lines)
    middles = shapely.get_coordinates(shapely.line_interpolate_point(links.lines, 0.5, normalized=True))
    tree, stays = KDTree(middles), np.ones(len(links), bool)
    for one in np.argsort(length, kind="stable").tolist():
        if stays[one]:
            stays[tree.query_ball_point(middles[one], gap_m)] = False
            stays[one] = True
    return links.take(np.flatnonzero(stays))


@dataclass(frozen=True)
class _Cut:
    """Pieces of edges `of` a network, each from share `a` to share `b` between two nodes; the nodes, old ones first.

    `met` (k,) is the node at which each link meets its edge.
    """

    of: Whole
    a: Numbers
    b: Numbers
    tail: Whole
    head: Whole
    nodes: Numbers
    met: Whole


def joined(network: Network, links: Links) -> tuple[Network, Whole]:
    """Add links as edges that carry nobody before they are built, each edge that one meets being cut there.

    The second tells of each edge which old one it is, or is a part of; of link i it is -1 - i.
    """
    cut = _cut(network, links)
    of, lines = cut.of, _parts(network.lines[cut.of], cut.a, cut.b)
    start, span = network.start_m[of], (network.end_m - network.start_m)[of]
    gap, mine = shapely.length(links.lines), -1 - np.arange(len(links))
    columns = (
        (cut.tail, links.node),
        (cut.head, cut.met),
        (np.where(cut.b - cut.a < 1, shapely.length(lines), network.length_m[of]), gap),
        (lines, links.lines),
        (network.owner[of], mine),
        (start + cut.a * span, np.zeros(len(links))),
        (start + cut.b * span, gap),
        (network.direction[of], np.full(len(links), BOTH)),
        (network.limit_t[of], np.full(len(links), NOBODY_T)),
    )
    return Network(network.epsg, cut.nodes, *map(np.concatenate, columns)), np.concatenate([of, mine])


def _cut(network: Network, links: Links) -> _Cut:
    """Cut the edges that links meet between their ends: knots along each edge, and a piece from each to the next."""
    n, m, inner = len(network.nodes), np.arange(len(network.tail)), (links.along > 0) & (links.along < 1)
    cuts, which = np.unique(np.column_stack([links.edge, links.along])[inner], axis=0, return_inverse=True)
    edge, share = cuts[:, 0].astype(np.int64), cuts[:, 1]
    at = np.concatenate([m, edge, m])
    along = np.concatenate([np.zeros(len(m)), share, np.ones(len(m))])
    node = np.concatenate([network.tail, n + np.arange(len(cuts)), network.head])
    order = np.lexsort((along, at))
    same = at[order[:-1]] == at[order[1:]]
    a, b = order[:-1][same], order[1:][same]
    middles = shapely.line_interpolate_point(network.lines[edge], share, normalized=True)
    met = np.where(links.along > 0, network.head[links.edge], network.tail[links.edge])
    met[inner] = n + which.ravel()
    nodes = np.vstack([network.nodes, shapely.get_coordinates(middles)])
    return _Cut(at[a], along[a], along[b], node[a], node[b], nodes, met)


def _parts(lines: Lines, start: Numbers, end: Numbers) -> Lines:
    parts = lines.copy()
    for i in np.flatnonzero(end - start < 1).tolist():
        parts[i] = substring(lines[i], start[i], end[i], normalized=True)
    return parts
