"""Weights of criteria: from sliders to shares, and what makes them unfit."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-6


class WeightsError(ValueError):
    """Weights from which no ranking follows."""


class AllZeroError(WeightsError):
    """No criterion carries weight."""

    def __init__(self) -> None:
        super().__init__("Every weight is zero; give at least one criterion some weight.")


class NotWholeError(WeightsError):
    """Weights that do not sum to one whole."""

    def __init__(self, total: float) -> None:
        self.total = total
        super().__init__(f"The weights sum to {total:.1%}, not to 100 %.")


class NotAWeightError(WeightsError):
    """Weights below zero, or not numbers."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"A weight is a number of zero or more; mend {', '.join(self.keys)}.")


class OtherCriteriaError(WeightsError):
    """Weights for other criteria than those of the table."""

    def __init__(self, missing: Iterable[str], foreign: Iterable[str]) -> None:
        self.missing, self.foreign = tuple(sorted(missing)), tuple(sorted(foreign))
        super().__init__(
            f"Weights are missing for {list(self.missing)}, and there is no criterion {list(self.foreign)}."
        )


def shares(sliders: Mapping[str, float]) -> dict[str, float]:
    """Turn positions of sliders into weights that sum to 1; raises AllZeroError, NotAWeightError."""
    _check(sliders)
    total = sum(sliders.values())
    return {key: position / total for key, position in sliders.items()}


def aligned(keys: Sequence[str], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Put weights that sum to 1 in the order of the criteria (c,); raises a WeightsError that tells what is wrong."""
    if set(keys) != set(weights):
        raise OtherCriteriaError(set(keys) - set(weights), set(weights) - set(keys))
    _check(weights)
    total = sum(weights.values())
    if abs(total - 1) > ROUNDING:
        raise NotWholeError(total)
    return np.array([weights[key] for key in keys], np.float64) / total


def _check(weights: Mapping[str, float]) -> None:
    wrong = [key for key, weight in weights.items() if not 0 <= weight < np.inf]
    if wrong:
        raise NotAWeightError(wrong)
    if not any(weights.values()):
        raise AllZeroError
