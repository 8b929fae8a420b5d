"""Rural people near an all-season road (Rural Access Index, SDG 9.1.1), and what that becomes once roads change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.catchments import near_all_season
from geo.crs import Points
from geo.noding import Lines
from layers.access.land import land
from layers.computing import NothingToComputeError
from layers.roads.edges import RoadEdges
from layers.roads.queries import STEADY
from layers.roads.rules import Rules
from layers.roads.speeds import CONDITIONS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]


def all_season(edges: RoadEdges, rules: Rules) -> Mask:
    """Mark the edges (m,) that are baik or sedang, and open to cars when it is wet."""
    forward, backward = edges.both_ways(rules, "mobil", "hujan")
    good = np.isin(np.array(CONDITIONS)[edges.condition], STEADY)
    return np.asarray(good & (np.isfinite(forward) | np.isfinite(backward)))


@dataclass(frozen=True)
class Rural:
    """Where people of desa live: cells (k, 2) in metres, how many in each, and which are near an all-season road."""

    points: Points
    people: Numbers
    near: Mask

    def once(self, lines: Lines, before: Mask, after: Mask) -> "Rural":
        """Tell who is near once other roads (m,) are all-season: only cells beside a change are looked at again."""
        asked = np.flatnonzero(near_all_season(self.points, lines[before != after]))
        near = self.near.copy()
        near[asked] = near_all_season(self.points[asked], lines[after])
        return Rural(self.points, self.people, near)

    @property
    def served(self) -> float:
        """Count the people near an all-season road."""
        return float(self.people[self.near].sum())


def rural(connection: Connection, edges: RoadEdges, rules: Rules) -> Rural | None:
    """Tell who of the people of desa is near an all-season road; None where nobody knows how many live there."""
    try:
        found = land(connection)
    except NothingToComputeError:
        return None
    if found.living is None:
        return None
    in_desa = np.array([village.level == "desa" for village in found.villages], float)
    people = np.asarray(found.settled.people.T @ in_desa)
    points = found.settled.points[people > 0]
    near = near_all_season(points, edges.network.lines[all_season(edges, rules)])
    return Rural(points, people[people > 0], near)
