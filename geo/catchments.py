"""Who is served: people within reach, supply shared among those who reach it, and the Rural Access Index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points

Numbers = NDArray[np.float64]
Decay = Callable[[Numbers], Numbers]

ALL_SEASON_M = 2_000.0  # SDG 9.1.1: who lives within 2 km of an all-season road has access


@dataclass(frozen=True)
class Reach:
    """People by how long they need: `within` by threshold in minutes, those who get there later, those who cannot."""

    within: dict[float, float]
    beyond: float
    unreachable: float

    @property
    def people(self) -> float:
        """Count everybody: those within the largest threshold, those beyond it and those without a way."""
        return max(self.within.values(), default=0.0) + self.beyond + self.unreachable


def reach(minutes: Numbers, people: Numbers, thresholds: Sequence[float]) -> Reach:
    """Count people (k,) whose minutes (k,) are at most each threshold; infinite minutes are unreachable, never late."""
    within = {float(limit): float(people[minutes <= limit].sum()) for limit in sorted(thresholds)}
    arriving = float(people[np.isfinite(minutes)].sum())
    unreachable = float(people[~np.isfinite(minutes)].sum())
    return Reach(within, arriving - max(within.values(), default=0.0), unreachable)


def evenly(minutes: Numbers) -> Numbers:
    """Weigh everybody within the catchment alike: plain 2SFCA."""
    return np.ones_like(minutes)


def inverse(minutes: Numbers) -> Numbers:
    """Weigh by 1 / minutes, nobody nearer than one minute."""
    return 1 / np.maximum(minutes, 1.0)


def floating_catchments(
    minutes: Numbers, supply: Numbers, people: Numbers, cutoff_min: float, decay: Decay = evenly
) -> Numbers:
    """Compute the supply per person of each place by two-step floating catchments (2SFCA; E2SFCA with a decay).

    `minutes` (places, facilities); R_j = S_j / Σ f(d_ij) P_i, A_i = Σ f(d_ij) R_j, both over d_ij at most the cutoff
    (Luo and Wang 2003; Luo and Qi 2009). The supply of a facility that nobody reaches is given to nobody.
    """
    inside = minutes <= cutoff_min
    weight = np.where(inside, decay(np.where(inside, minutes, cutoff_min)), 0.0)
    asking = weight.T @ people
    ratio = np.divide(supply, asking, out=np.zeros(len(supply)), where=asking > 0)
    return np.asarray(weight @ ratio)


def rural_access_index(points: Points, people: Numbers, roads: NDArray[Any]) -> float | None:
    """Give the share of people who live within 2 km of an all-season road (SDG 9.1.1); all in metres.

    `roads` are those in condition baik or sedang that stay open when it is wet. None where nobody lives.
    """
    everybody = float(people.sum())
    if not everybody:
        return None
    return float(people[near_all_season(points, roads)].sum()) / everybody


def near_all_season(points: Points, roads: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the points (k, 2) within 2 km of one of the all-season roads; all in metres."""
    near, _ = shapely.STRtree(roads).query(shapely.points(points), "dwithin", ALL_SEASON_M)
    return np.isin(np.arange(len(points)), near)
