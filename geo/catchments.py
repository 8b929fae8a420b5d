"""Who is served: supply shared among those who reach it, and who lives near an all-season road."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points

Numbers = NDArray[np.float64]

ALL_SEASON_M = 2_000.0  # SDG 9.1.1: who lives within 2 km of an all-season road has access


def floating_catchments(minutes: Numbers, supply: Numbers, people: Numbers, cutoff_min: float) -> Numbers:
    """Compute the supply per person of each place by two-step floating catchments (2SFCA, Luo and Wang 2003).

    `minutes` (places, facilities); R_j = S_j / Σ P_i, A_i = Σ R_j, both over d_ij at most the cutoff. The supply of a
    facility that nobody reaches is given to nobody.
    """
    inside = (minutes <= cutoff_min).astype(float)
    asking = inside.T @ people
    ratio = np.divide(supply, asking, out=np.zeros(len(supply)), where=asking > 0)
    return np.asarray(inside @ ratio)


def near_all_season(points: Points, roads: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the points (k, 2) within 2 km of one of the all-season roads; all in metres."""
    near, _ = shapely.STRtree(roads).query(shapely.points(points), "dwithin", ALL_SEASON_M)
    return np.isin(np.arange(len(points)), near)
