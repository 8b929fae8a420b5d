"""How likely two reports tell of the same thing, from distance, time and what is usual for their category.

The nearer and the fresher an earlier report, the likelier a new one tells of the same thing; once it is closed, less of
that chance is left:

    chance = certain · exp(-(distance / reach_m)²) · exp(-days / fade_days) · (1 while open, else closed)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Pattern:
    """How duplicates of one category lie around the reports they repeat.

    `certain`: the chance at the same place and moment while the earlier report is open; `reach_m`: metres at which a
    third of it is left; `fade_days`: days after which a third is left; `closed`: the share left once the earlier report
    is closed; `alone`: the chance that a report with nothing near repeats one all the same.
    """

    certain: float
    reach_m: float
    fade_days: float
    closed: float
    alone: float


def likeness(pattern: Pattern, distance_m: ArrayLike, days: ArrayLike, still_open: ArrayLike) -> Chances:
    """Give the chance, 0 to 1, that a report tells of the same thing as an earlier one; all arrays of one length.

    `distance_m` between both, `days` from the earlier to the later, `still_open` whether the earlier was open when the
    later came.
    """
    near = np.exp(-((np.asarray(distance_m, float) / pattern.reach_m) ** 2))
    fresh = np.exp(-np.asarray(days, float) / pattern.fade_days)
    chance: Chances = pattern.certain * near * fresh * np.where(still_open, 1.0, pattern.closed)
    return chance


def has_duplicate(pattern: Pattern, best: ArrayLike) -> Chances:
    """Give the chance that a report repeats any earlier one; `best` is its likeness to the likeliest, 0 without one."""
    chance: Chances = 1 - (1 - pattern.alone) * (1 - np.asarray(best, float))
    return chance
