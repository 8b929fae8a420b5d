"""A network with its facilities and places as arcs, as what-if questions need them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.network import Network
from geo.repairs import Repairs
from geo.scenario import Indices, Numbers, Retimed, Roads
from geo.snapping import Places

# tails, heads, edges, along them, shares, minutes on foot
Arcs = tuple[Indices, Indices, Indices, bool, Numbers, Numbers]


@dataclass(frozen=True)
class Spread:
    """Arcs along which nearness spreads: over all edges, out of k facilities, and to p places beside them.

    Nodes are those of the network, then the facilities, then the places; each meets its edge where it does, not at its
    ends. Arc i takes `share` of the minutes of its `edge`, from tail to head if `forward`, else back, and `walk`
    minutes on foot. Where a facility may be opened, it is among the k, and left out of those that are asked for.
    """

    starts: Indices
    heads: Indices
    edge: Indices
    forward: NDArray[np.bool_]
    share: Numbers
    walk: Numbers
    facilities: Indices
    places: Indices

    def roads(self, forward: Numbers, backward: Numbers) -> Roads:
        """Give the arcs their minutes, by those of every edge (m,) from tail to head and back."""
        arcs = np.arange(len(self.heads))
        return Roads(self.starts, self.heads, self._minutes(arcs, forward[self.edge], backward[self.edge]))

    def retimed(self, edges: Indices, forward: Numbers, backward: Numbers) -> Retimed:
        """Give some edges (k,) other minutes: an edit for a scenario."""
        made = self.repairs(np.array([0, len(edges)]), edges, forward, backward)
        return Retimed(made.arcs, made.minutes)

    def repairs(self, starts: Indices, edges: Indices, forward: Numbers, backward: Numbers) -> Repairs:
        """Give repairs, of which each has its edges[starts[i]:starts[i + 1]] and their minutes (k,) once it is done."""
        order, first = self._by_edge
        sizes = first[edges + 1] - first[edges]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        arcs = order[np.arange(ends[-1]) + np.repeat(first[edges] - ends[:-1], sizes)]
        which = np.repeat(np.arange(len(edges)), sizes)
        return Repairs(ends[starts], arcs, self._minutes(arcs, forward[which], backward[which]))

    def people(self, people: Numbers) -> Numbers:
        """Put the people of the places (p,) on the nodes, where nobody else lives."""
        at_nodes = np.zeros(len(self.starts) - 1)
        at_nodes[self.places] = people
        return at_nodes

    @cached_property
    def _by_edge(self) -> tuple[Indices, Indices]:
        order = np.argsort(self.edge, kind="stable")
        return order, np.searchsorted(self.edge[order], np.arange(self.edge.max(initial=-1) + 2))

    def _minutes(self, arcs: Indices, forward: Numbers, backward: Numbers) -> Numbers:
        taken = np.where(self.forward[arcs], forward, backward)
        part = np.multiply(taken, self.share[arcs], where=self.share[arcs] > 0, out=np.zeros(len(arcs)))
        return np.asarray(part + self.walk[arcs])


def spread(network: Network, facilities: Places, places: Places) -> Spread:
    """Join facilities and places with a network; who is too far from any edge stays without an arc."""
    n, m = len(network.nodes), np.arange(len(network.tail))
    at_facility = n + np.arange(len(facilities))
    at_place = n + len(facilities) + np.arange(len(places))
    here, whole, none = places.edge, np.ones(len(m)), np.zeros(len(m))
    groups = [
        (network.head, network.tail, m, True, whole, none),
        (network.tail, network.head, m, False, whole, none),
        (network.head[here], at_place, here, True, 1 - places.along, places.walk),
        (network.tail[here], at_place, here, False, places.along, places.walk),
        *_out_of(network, facilities, places, at_facility, at_place),
    ]
    starts, arcs = _rows(groups, 0, n + len(facilities) + len(places))
    heads, edge, forward, share, walk = arcs
    return Spread(starts, heads, edge, forward, share, walk, at_facility, at_place)


def opened(known: Spread, network: Network, places: Places, more: Places) -> Spread:
    """Join more facilities with a network, whose places are joined already; their nodes come last, in their order."""
    n = len(known.starts) - 1
    at = n + np.arange(len(more))
    starts, arcs = _rows(_out_of(network, more, places, at, known.places), n, len(more))
    before = (known.heads, known.edge, known.forward, known.share, known.walk)
    heads, edge, forward, share, walk = (np.concatenate(pair) for pair in zip(before, arcs, strict=True))
    ends = np.concatenate([known.starts, known.starts[-1] + starts[1:]])
    return Spread(ends, heads, edge, forward, share, walk, np.concatenate([known.facilities, at]), known.places)


def _rows(groups: list[Arcs], first: int, count: int) -> tuple[Indices, tuple[NDArray[Any], ...]]:
    """Sort arcs into the rows of `count` nodes from the first on; those of no edge are left out."""
    columns = [np.concatenate([np.broadcast_to(g[i], g[2].shape) for g in groups]) for i in range(6)]
    order = np.lexsort((columns[1], columns[0]))
    tails, heads, edge, forward, share, walk = (column[order[columns[2][order] >= 0]] for column in columns)
    starts = np.searchsorted(tails, first + np.arange(count + 1))
    return starts, (heads, edge, forward.astype(bool), share, walk)


def _out_of(
    network: Network, facilities: Places, places: Places, at_facility: Indices, at_place: Indices
) -> list[Arcs]:
    """Lead from facilities to the ends of their edges, and to the places beside them."""
    there = facilities.edge
    return [
        (at_facility, network.tail[there], there, True, facilities.along, facilities.walk),
        (at_facility, network.head[there], there, False, 1 - facilities.along, facilities.walk),
        *_along_one_edge(facilities, places, at_facility, at_place),
    ]


def _along_one_edge(facilities: Places, places: Places, at_facility: Indices, at_place: Indices) -> list[Arcs]:
    """Join places and facilities on the same edge directly."""
    order = np.argsort(facilities.edge, kind="stable")
    first, last = (np.searchsorted(facilities.edge[order], places.edge, side) for side in ("left", "right"))
    sizes = np.where(places.edge >= 0, last - first, 0)
    p = np.repeat(np.arange(len(places)), sizes)
    ends = np.cumsum(sizes)
    f = order[np.arange(len(p)) + np.repeat(first - (ends - sizes), sizes)]
    ahead = facilities.along[f] - places.along[p]
    walk = facilities.walk[f] + places.walk[p]
    return [
        (at_facility[f[way]], at_place[p[way]], places.edge[p[way]], forward, np.abs(ahead[way]), walk[way])
        for forward, way in ((True, ahead >= 0), (False, ahead < 0))
    ]
