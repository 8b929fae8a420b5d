"""Why a candidate stands where it stands: what would have to change, and how firm its place is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from geo.priority import DIGITS, Method, Numbers, Ranking, Table, rank, score
from geo.weights import aligned, shares

HALVINGS = 24
STEPS = 100
CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Changes:
    """What alone would make a candidate the first, a number a criterion (c,), NaN where nothing would.

    `values` are raw values between the present one (or the worst, where none is known) and the best that was seen;
    `weights` are shares of the whole, the nearest to the present in steps of a hundredth, while the other weights keep
    their proportions.
    """

    values: Numbers
    weights: Numbers


def changes_to_be_first(table: Table, weights: Mapping[str, float], method: Method, row: int) -> Changes:
    """Find what would make the candidate of a row the first; the present values and weights if it already is."""
    given = aligned(table.keys, weights)
    columns = range(len(table.criteria))
    values = [_value(table, given, method, row, column) for column in columns]
    return Changes(np.array(values), np.array([_weight(table, given, method, row, column) for column in columns]))


def _value(table: Table, given: Numbers, method: Method, row: int, column: int) -> float:
    def first_with(value: float) -> bool:
        values = table.values.copy()
        values[row, column] = value
        return _is_first(score(Table(table.criteria, values), given, method), row)

    present, best = table.values[row, column], table.best[column]
    if _is_first(score(table, given, method), row):
        return float(present)
    if given[column] == 0 or not np.isfinite(best) or not first_with(best):
        return np.nan
    return _turning_point(first_with, table.worst[column] if np.isnan(present) else present, best)


def _turning_point(holds: Callable[[float], bool], no: float, yes: float) -> float:
    """Halve the way between a value that does not do and one that does; give one that does."""
    if holds(no):
        return float(no)
    for _ in range(HALVINGS):
        middle = (no + yes) / 2
        no, yes = (no, middle) if holds(middle) else (middle, yes)
    return float(yes)


def _weight(table: Table, given: Numbers, method: Method, row: int, column: int) -> float:
    others = np.delete(given, column)
    others = others / others.sum() if others.any() else np.full(len(others), 1 / max(len(others), 1))
    tried = np.union1d(np.linspace(0, 1, STEPS + 1), given[column])
    weightings = np.insert((1 - tried)[:, None] * others, column, tried, axis=1)
    scores = method.scores(table, weightings).round(DIGITS)
    doing = [share for share, under in zip(tried, scores.T, strict=True) if _is_first(under, row)]
    return float(min(doing, key=lambda share: abs(share - given[column]), default=np.nan))


def _is_first(scores: Numbers, row: int) -> bool:
    return bool(scores[row] >= np.nanmax(scores)) if np.isfinite(scores[row]) else False


def rank_without(table: Table, weights: Mapping[str, float], method: Method, key: str) -> Ranking:
    """Rank as if one criterion carried no weight, the others keeping their proportions; raises AllZeroError."""
    return rank(table, shares({**weights, key: 0.0}), method)


def time_in_top(
    table: Table, weights: Mapping[str, float], method: Method, top: int, *, spread: float, draws: int, seed: int
) -> Numbers:
    """Tell in what share of draws each candidate (n,) is among the first `top`, ties included (Monte Carlo).

    Each draw multiplies every weight by a random number from 1 - spread to 1 + spread and scales them to sum to 1; one
    seed gives the same draws each time.
    """
    given = aligned(table.keys, weights)
    factors = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, (draws, len(given)))
    weightings = given * factors
    weightings /= weightings.sum(axis=1, keepdims=True)
    count = np.zeros(len(table.values))
    for part in np.array_split(weightings, max(1, draws * len(count) // CELLS_AT_ONCE)):
        scores = np.nan_to_num(method.scores(table, part).round(DIGITS), nan=-np.inf)
        last = np.partition(scores, -min(top, len(scores)), axis=0)[-min(top, len(scores))]
        count += (np.isfinite(scores) & (scores >= last)).sum(axis=1)
    return count / draws
