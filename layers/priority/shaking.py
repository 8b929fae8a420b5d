"""How much what a scenario brings hangs on how often people go where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.priority.ranking import DRAWS, SEED, SPREAD

WITHIN = (5, 95)  # percent: nine draws in ten lie between


@dataclass(frozen=True)
class Shaken:
    """What lies between the lowest and the highest twentieth of the draws, in person-minutes a month, by saved and
    lost; and the kind of office on which most of the change hangs, with its share of 1, "" where nothing changes.
    """

    ranges: Mapping[str, tuple[float, float]]
    most: str
    share: float


def shaken(kinds: Sequence[Mapping[str, Any]]) -> Shaken:
    """Shake the trips to each kind of office (its `saved` and `lost`) as the weights of a ranking are shaken.

    Answers kept from before any office was known tell of no kind: nothing changes.
    """
    if not kinds:
        return Shaken({"saved": (0.0, 0.0), "lost": (0.0, 0.0)}, "", 0.0)
    random = np.random.default_rng(SEED)
    factors = random.uniform(1 - SPREAD, 1 + SPREAD, (DRAWS, len(kinds)))
    sums = {name: factors @ np.array([one[name] for one in kinds], np.float64) for name in ("saved", "lost")}
    ranges = {name: tuple(np.percentile(drawn, WITHIN).tolist()) for name, drawn in sums.items()}
    change = [one["saved"] + one["lost"] for one in kinds]
    at = int(np.argmax(change))
    return Shaken(ranges, kinds[at]["kind"] if change[at] > 0 else "", change[at] / (sum(change) or 1.0))
