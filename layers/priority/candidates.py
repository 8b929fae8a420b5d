"""What can be repaired: whole roads, and the damaged parts of roads that are not damaged all along."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.scenario import Indices
from layers.priority.criteria import OWN
from layers.roads.edges import RoadEdges
from layers.roads.speeds import CONDITIONS

DAMAGED = tuple(CONDITIONS.index(name) for name in ("rusak_ringan", "rusak_berat"))


@dataclass(frozen=True)
class Candidate:
    """A road (a row of candidates.sql) or a part of it from-to in m, with the edges (k,) of the network it is made of.

    The regency decides on its own roads (`own`); others can only be proposed to their owners.
    """

    road: Any
    edges: Indices
    from_m: float | None = None
    to_m: float | None = None

    @property
    def unit(self) -> str:
        """Say whether this is a whole road or a part."""
        return "ruas" if self.from_m is None else "bagian"

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


def _of_road(edges: RoadEdges, road: Any, mine: Indices) -> Iterator[Candidate]:
    yield Candidate(road, mine)
    if len(np.unique(edges.condition[mine])) == 1:
        return
    start = 0.0
    owner = edges.network.owner[mine]
    for piece in np.unique(owner):
        part = mine[owner == piece]
        end = start + float(edges.network.length_m[part].sum())
        if edges.condition[part[0]] in DAMAGED:
            yield Candidate(road, part, start, end)
        start = end


def _by_road(edges: RoadEdges) -> Mapping[int, Indices]:
    order = np.argsort(edges.road, kind="stable")
    numbers, firsts = np.unique(edges.road[order], return_index=True)
    return dict(zip(numbers.tolist(), np.split(order, firsts[1:]), strict=True))
