"""What can be repaired, whole roads and their damaged parts, and the links that can be built."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.crs import to_degrees
from geo.scenario import Indices
from layers.priority.criteria import OWN
from layers.priority.linking import NO_ROAD, Linked
from layers.priority.units import LINK
from layers.roads.edges import RoadEdges
from layers.roads.speeds import CONDITIONS

DAMAGED = tuple(CONDITIONS.index(name) for name in ("rusak_ringan", "rusak_berat"))


@dataclass(frozen=True)
class NewRoad:
    """The road that a link would be, with what a candidate asks of a row of candidates.sql."""

    source_id: str
    name: str | None
    id: int = NO_ROAD
    source: str = LINK
    status: str = OWN[0]


@dataclass(frozen=True)
class Candidate:
    """A road (a row of candidates.sql), a part of it from-to in m, or a link, with the edges (k,) it is made of.

    The regency decides on its own roads (`own`); others can only be proposed to their owners.
    """

    road: Any
    edges: Indices
    from_m: float | None = None
    to_m: float | None = None

    @property
    def unit(self) -> str:
        """Say whether this is a whole road, a part, or a link."""
        return LINK if self.road.id == NO_ROAD else "ruas" if self.from_m is None else "bagian"

    @property
    def own(self) -> bool:
        """Say whether the regency may decide on it."""
        return self.road.status in OWN

    @property
    def key(self) -> str:
        """Name the candidate for good."""
        part = "" if self.from_m is None else f"#{self.from_m:.0f}-{self.to_m:.0f}"
        return f"{self.road.source}:{self.road.source_id}{part}"


def candidates(edges: RoadEdges, roads: Sequence[Any]) -> list[Candidate]:
    """List the candidates among some roads: each as a whole, then its damaged parts."""
    by_road = _by_road(edges)
    return [one for road in roads if road.id in by_road for one in _of_road(edges, road, by_road[road.id])]


def links(roads: Linked, names: Mapping[int, str | None]) -> list[Candidate]:
    """List the links, each named by its ends: where they are, and what the roads are called that it joins."""
    edges, links = roads.edges, roads.links
    at = roads.of_links()
    ends = to_degrees(shapely.get_coordinates(links.lines), edges.network.epsg).reshape(-1, 4)
    road = np.column_stack([_at_node(edges, edges.network.tail[at]), _at_node(edges, edges.network.head[at])])
    return [
        Candidate(NewRoad("{:.5f},{:.5f}-{:.5f},{:.5f}".format(*end), _between(names, pair)), at[i : i + 1])
        for i, (end, pair) in enumerate(zip(ends.tolist(), road.tolist(), strict=True))
    ]


def _at_node(edges: RoadEdges, nodes: Indices) -> Indices:
    """Give a road that meets each node."""
    drawn = edges.road != NO_ROAD
    road = np.full(len(edges.network.nodes), NO_ROAD)
    for ends in (edges.network.head, edges.network.tail):
        road[ends[drawn]] = edges.road[drawn]
    return road[nodes]


def _between(names: Mapping[int, str | None], roads: Sequence[int]) -> str | None:
    known = dict.fromkeys(name for name in map(names.get, roads) if name)
    return " – ".join(known) or None


def left_out(edges: RoadEdges, roads: Sequence[Any]) -> list[Any]:
    """List the roads of which nothing is an edge, since others are drawn on top of all of them."""
    drawn = set(np.unique(edges.road).tolist())
    return [road for road in roads if road.id not in drawn]


def _of_road(edges: RoadEdges, road: Any, mine: Indices) -> Iterator[Candidate]:
    yield Candidate(road, mine)
    if len(np.unique(edges.condition[mine])) == 1:
        return
    owner = edges.network.owner[mine]
    for piece in np.unique(owner):
        part = mine[owner == piece]
        if edges.condition[part[0]] in DAMAGED:
            yield Candidate(road, part, *edges.along_m(part))


def _by_road(edges: RoadEdges) -> Mapping[int, Indices]:
    order = np.argsort(edges.road, kind="stable")
    numbers, firsts = np.unique(edges.road[order], return_index=True)
    return dict(zip(numbers.tolist(), np.split(order, firsts[1:]), strict=True))
