"""Which road first: a table of criteria with gaps, scored by weighted sum or TOPSIS."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geo.weights import aligned

Numbers = NDArray[np.float64]

DIGITS = 12  # scores that differ by less are ties, so that a ranking is the same on every machine


class PriorityError(ValueError):
    """A table of criteria from which no ranking follows."""


class UnfitTableError(PriorityError):
    """Values that are not one finite number, or a gap, for each candidate and criterion."""


class NothingKnownError(PriorityError):
    """Weight lies only on criteria of which no value is known."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        super().__init__(f"No value is known of any criterion that carries weight; fill one of {', '.join(keys)}.")


@dataclass(frozen=True)
class Criterion:
    """What candidates are judged by; `rising` if a higher value speaks for a candidate."""

    key: str
    unit: str
    rising: bool
    source: str


@dataclass(frozen=True)
class Table:
    """Values (n, c) of n candidates by c criteria in their units; NaN is a value not known, and stays one."""

    criteria: tuple[Criterion, ...]
    values: Numbers

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.criteria) or np.isinf(self.values).any():
            raise UnfitTableError(f"Give {len(self.criteria)} finite numbers or gaps for each candidate.")

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the criteria in the order of the columns."""
        return tuple(criterion.key for criterion in self.criteria)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Tell which values (n, c) are known."""
        return ~np.isnan(self.values)

    @cached_property
    def worst(self) -> Numbers:
        """Give each criterion's (c,) worst value seen; of one without any value, an infinite one."""
        return self._extreme(best=False)

    @cached_property
    def best(self) -> Numbers:
        """Give each criterion's (c,) best value seen."""
        return self._extreme(best=True)

    def _extreme(self, best: bool) -> Numbers:
        highest = np.array([criterion.rising is best for criterion in self.criteria])
        top = np.where(self.known, self.values, -np.inf).max(axis=0, initial=-np.inf)
        bottom = np.where(self.known, self.values, np.inf).min(axis=0, initial=np.inf)
        return np.asarray(np.where(highest, top, bottom))


class Method(Protocol):
    """A way to turn a table and weightings into scores, 0 to 1."""

    def scores(self, table: Table, weightings: Numbers) -> Numbers:
        """Score n candidates under d weightings (d, c): (n, d), NaN where nothing is known of a candidate."""

    def parts(self, table: Table, weights: Numbers) -> Numbers:
        """Split each candidate's score into what each criterion brought (n, c), NaN where a value is not known."""


class WeightedSum:
    """S = Σ w·s / Σ w over the values known; s is 0 for the worst value seen, 1 for the best, ½ if all are alike."""

    def scores(self, table: Table, weightings: Numbers) -> Numbers:
        """Score n candidates under d weightings (d, c): (n, d)."""
        gained = np.where(table.known, self.scaled(table), 0) @ weightings.T
        return _ratio(gained, table.known @ weightings.T)

    def parts(self, table: Table, weights: Numbers) -> Numbers:
        """Split each score into w·s / Σ w of each criterion (n, c)."""
        return _ratio(self.scaled(table) * weights, (table.known @ weights)[:, None])

    def scaled(self, table: Table) -> Numbers:
        """Put each value (n, c) between 0, the worst seen, and 1, the best seen; NaN where it is not known."""
        span = table.best - table.worst
        return np.where(table.known & (span == 0), 0.5, _ratio(table.values - table.worst, span))


class Topsis:
    """C = D⁻ / (D⁺ + D⁻), D the distances of v = w·x/√Σx² from the best and the worst seen (Hwang & Yoon 1981).

    Distances run over the values known; where best and worst coincide, C is ½.
    """

    def scores(self, table: Table, weightings: Numbers) -> Numbers:
        """Score n candidates under d weightings (d, c): (n, d)."""
        up, down = (np.sqrt(self._squares(table, end) @ np.square(weightings).T) for end in (table.worst, table.best))
        closeness = np.where(up + down == 0, 0.5, _ratio(up, up + down))
        return np.where(table.known @ weightings.T > 0, closeness, np.nan)

    def parts(self, table: Table, weights: Numbers) -> Numbers:
        """Split each score by the squared distances from the worst (n, c), since distances themselves do not add."""
        squares = self._squares(table, table.worst) * np.square(weights)
        score = self.scores(table, weights[None, :])
        return np.where(table.known, score * np.nan_to_num(_ratio(squares, squares.sum(axis=1, keepdims=True))), np.nan)

    def _squares(self, table: Table, end: Numbers) -> Numbers:
        length = np.sqrt(np.where(table.known, np.square(table.values), 0).sum(axis=0))
        return np.where(table.known, np.square(_ratio(table.values - end, length, none=0)), 0)


METHODS: Mapping[str, Method] = {"weighted_sum": WeightedSum(), "topsis": Topsis()}


@dataclass(frozen=True)
class Ranking:
    """Scores (n,) and ranks (n,), 1 the first, equals alike, 0 where nothing is known; and how far they rest on data.

    `rests_on` (n,) is the share of the weights whose values are known; `lowest` and `highest` (n,) are the scores if
    every value not known were the worst or the best that was seen.
    """

    scores: Numbers
    ranks: NDArray[np.int_]
    rests_on: Numbers
    lowest: Numbers
    highest: Numbers


def rank(table: Table, weights: Mapping[str, float], method: Method) -> Ranking:
    """Rank candidates by weights that sum to 1; raises WeightsError, NothingKnownError."""
    shares = aligned(table.keys, weights)
    if not (table.known & (shares > 0)).any():
        raise NothingKnownError(tuple(key for key, share in zip(table.keys, shares, strict=True) if share > 0))
    scores = score(table, shares, method)
    ends = (score(Table(table.criteria, _filled(table, end)), shares, method) for end in (table.worst, table.best))
    lowest, highest = (np.where(np.isnan(scores), np.nan, end) for end in ends)
    return Ranking(scores, places(scores), table.known @ shares, lowest, highest)


def score(table: Table, shares: Numbers, method: Method) -> Numbers:
    """Score candidates (n,) under one weighting (c,), rounded so that equals are equal."""
    return method.scores(table, shares[None, :])[:, 0].round(DIGITS)


def places(scores: Numbers) -> NDArray[np.int_]:
    """Number scores (n,) from 1 for the highest; equals share the better place, NaN gets 0."""
    ordered = np.sort(scores[~np.isnan(scores)])
    return np.where(np.isnan(scores), 0, len(ordered) - np.searchsorted(ordered, scores, side="right") + 1)


def _filled(table: Table, end: Numbers) -> Numbers:
    seen = np.where(np.isfinite(end), end, np.nan)
    return np.where(table.known, table.values, seen)


def _ratio(above: Numbers, below: Numbers, none: float = float("nan")) -> Numbers:
    """Divide where there is something to divide by, else give `none`."""
    above, below = np.broadcast_arrays(above, below)
    divides = (below != 0) & np.isfinite(below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, float(none)), where=divides))
