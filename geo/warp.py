"""A smooth bending of the plane, so that made-up lines look grown rather than ruled."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geo.crs import Points

WAVES_PER_OCTAVE = 8
ROUNDS = 60


@dataclass(frozen=True)
class Warp:
    """A sum of waves that shifts each point of the plane; metres throughout.

    It turns no line over itself as long as `steepness` stays below 1, so whatever met or kept apart before
    does so afterwards: shared borders stay shared, joined roads stay joined.
    """

    directions: Points
    phases: NDArray[np.float64]
    shifts: Points

    @classmethod
    def make(cls, random: np.random.Generator, octaves: tuple[tuple[float, float], ...]) -> Self:
        """Draw waves for each octave, a pair of wavelength and typical shift in metres."""
        n = WAVES_PER_OCTAVE
        length = np.repeat([wavelength for wavelength, _ in octaves], n) * random.uniform(0.75, 1.4, n * len(octaves))
        height = np.repeat([shift for _, shift in octaves], n) * np.sqrt(2 / n)
        heading, side = random.uniform(0, 2 * np.pi, (2, len(length)))
        return cls(
            directions=2 * np.pi * _unit(heading) / length[:, None],
            phases=random.uniform(0, 2 * np.pi, len(length)),
            shifts=_unit(side) * height[:, None],
        )

    def bend(self, points: Points) -> Points:
        """Shift points (n, 2) to where the bent plane has them."""
        return points + np.cos(points @ self.directions.T + self.phases) @ self.shifts

    def straighten(self, points: Points) -> Points:
        """Find the points (n, 2) that `bend` shifts onto the given ones, to the millimetre."""
        straight = points.copy()
        for _ in range(ROUNDS):
            straight += points - self.bend(straight)
        return straight

    def steepness(self, points: Points) -> float:
        """Measure the strongest stretching or squeezing at any of the points; 1 would fold the plane."""
        slopes = -np.sin(points @ self.directions.T + self.phases)
        jacobians = np.einsum("pw,wi,wj->pij", slopes, self.shifts, self.directions)
        return float(np.linalg.norm(jacobians, ord=2, axis=(1, 2)).max())


def _unit(angles: NDArray[np.float64]) -> Points:
    return np.column_stack([np.cos(angles), np.sin(angles)])
