"""Terrain between a tower and a phone: the heights of a grid along a ray, and what the highest edge costs.

Pages import this module by way of others, so that scipy is imported where it is used alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.crs import Points
from geo.propagation import earth_bulge, fresnel_radius, knife_edge_loss

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Relief:
    """Heights in metres on a square grid (rows from the north, NaN where unknown); `west`, `north` its corner."""

    heights: Numbers
    west: float
    north: float
    cell_m: float

    def at(self, points: Points) -> Numbers:
        """Give the height of places (..., 2) between the middles of cells; NaN where any of the four is not known."""
        from scipy.ndimage import map_coordinates

        column = (points[..., 0] - self.west) / self.cell_m - 0.5
        row = (self.north - points[..., 1]) / self.cell_m - 0.5
        found = map_coordinates(self.heights, [row, column], order=1, mode="constant", cval=np.nan)
        return np.asarray(found, np.float64)


def terrain_loss(relief: Relief, tower: Points, tower_m: float, phones: Points, phone_m: float, ghz: float) -> Numbers:
    """Give the dB that terrain costs on the ways from a tower (2,) to phones (n, 2); NaN where a height is unknown.

    The edge that stands farthest into the first Fresnel zone counts, the earth's bulge (k = 4/3) added to its height.
    Antennas stand so many metres above the ground. Lenient, as a phone is: no clearance is demanded, only what the
    edge takes away is; a link between towers would need 60 % of the zone free.
    """
    away = np.hypot(*(phones - tower).T)
    steps = max(2, int(np.ceil(away.max(initial=0.0) / relief.cell_m)))
    share = np.arange(1, steps) / steps
    ground = relief.at(tower + (phones - tower)[:, None, :] * share[:, None])
    behind, ahead = away[:, None] * share, away[:, None] * (1 - share)
    start, end = relief.at(tower[None]) + tower_m, relief.at(phones) + phone_m
    ray = start + (end - start)[:, None] * share
    radius = fresnel_radius(behind, ahead, ghz)
    above = ground + earth_bulge(behind, ahead) - ray
    blocked = np.divide(np.sqrt(2) * above, radius, out=np.full_like(above, -np.inf), where=radius > 0)
    unknown = np.isnan(ground).any(axis=1) | np.isnan(end) | np.isnan(start)
    return np.where(unknown, np.nan, knife_edge_loss(blocked.max(axis=1)))
