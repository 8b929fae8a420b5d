"""The links that the roads of the regency lack, among their edges: nobody may use one before it is built."""

from dataclasses import dataclass, replace

import numpy as np

from geo.links import Links, joined, missing
from layers.roads.edges import RoadEdges
from layers.roads.rules import Rules
from layers.roads.speeds import CONDITIONS, Mode, Season

NO_ROAD = -1  # the road of a link
NEW = "baik"


@dataclass(frozen=True)
class Linked:
    """The edges of the roads, then those of the links (k,); a link is built like the road at whose end it begins."""

    edges: RoadEdges
    links: Links

    def of_links(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Number the edge of each link."""
        return np.flatnonzero(self.edges.road == NO_ROAD)


def linked(edges: RoadEdges, rules: Rules, mode: Mode, season: Season) -> Linked:
    """Find the links that are missing for a mode and season, and put them among the edges."""
    forward, backward = edges.both_ways(rules, mode, season)
    links = missing(edges.network, np.isfinite(forward) | np.isfinite(backward))
    network, of = joined(edges.network, links)
    like, new = np.concatenate([of[of >= 0], links.beside]), of < 0
    condition = np.where(new, CONDITIONS.index(NEW), edges.condition[like])
    road = np.where(new, NO_ROAD, edges.road[like])
    same = (edges.function[like], edges.surface[like])
    return Linked(RoadEdges(network, road, *same, condition, edges.behind_m[like]), links)


def built(edges: RoadEdges) -> RoadEdges:
    """Open every link to everybody."""
    limit = np.where(edges.road == NO_ROAD, np.inf, edges.network.limit_t)
    return replace(edges, network=replace(edges.network, limit_t=limit))
