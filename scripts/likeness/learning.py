"""What is usual for each category, learnt from reports whose fate is known: the likeliest parameters (MAP)."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from geo.duplicates import Pattern, has_duplicate, likeness
from scripts.likeness.cases import Cases, Flags, Numbers, Pairs

# Where learning starts, before any report was seen: a half, of which a third is left 60 m or two weeks away.
START = Pattern(certain=0.5, reach_m=60.0, fade_days=14.0, closed=0.5, alone=0.01)
# How far parameters may wander from there: standard deviations on their own scales (log-odds, logarithms).
WANDER = np.array([3.0, 1.0, 1.0, 2.0, 3.0])
BOUNDS = [(-8, 4), (np.log(5), np.log(500)), (np.log(0.1), np.log(365)), (-8, 4), (-9, 4)]

ALL = "all"


def learn(cases: Cases, pairs: Pairs, known: Flags) -> dict[str, Pattern]:
    """Find the pattern of each category from the known reports alone; "all" is that of all together.

    A category that tells little stays near the pattern of all.
    """
    together = _fit(cases, pairs, known, START)
    kinds = sorted(set(cases.category[known]))
    return {ALL: together} | {kind: _fit(cases, pairs, known & (cases.category == kind), together) for kind in kinds}


def score(cases: Cases, pairs: Pairs, patterns: Mapping[str, Pattern]) -> Numbers:
    """Give the likeness of each pair by the pattern of the later report's category."""
    chances = np.empty(len(pairs.later))
    category = cases.category[pairs.later]
    for kind in np.unique(category):
        of_kind = category == kind
        chances[of_kind] = score_alike(pairs.where(of_kind), patterns.get(kind, patterns[ALL]))
    return chances


def score_alike(pairs: Pairs, pattern: Pattern) -> Numbers:
    """Give the likeness of each pair by one pattern, whatever the reports are about."""
    return likeness(pattern, pairs.distance_m, pairs.days, pairs.still_open)


def decide(cases: Cases, pairs: Pairs, patterns: Mapping[str, Pattern]) -> Numbers:
    """Give each report's chance of repeating an earlier one of its category."""
    best = _best(score(cases, pairs, patterns), pairs, len(cases.came))
    chances = np.empty(len(best))
    for kind in np.unique(cases.category):
        of_kind = cases.category == kind
        chances[of_kind] = has_duplicate(patterns.get(kind, patterns[ALL]), best[of_kind])
    return chances


def _fit(cases: Cases, pairs: Pairs, known: Flags, start: Pattern) -> Pattern:
    seen = pairs.where(known[pairs.later])
    truth = cases.duplicate[known]
    middle = _written(start)

    def unlikely(numbers: Numbers) -> float:
        pattern = _read(numbers)
        best = _best(score_alike(seen, pattern), seen, len(known))[known]
        chance = np.clip(has_duplicate(pattern, best), 1e-9, 1 - 1e-9)
        likelihood = np.log(np.where(truth, chance, 1 - chance)).sum()
        return float(0.5 * (((numbers - middle) / WANDER) ** 2).sum() - likelihood)

    return _read(minimize(unlikely, middle, method="L-BFGS-B", bounds=BOUNDS).x)


def _best(chances: Numbers, pairs: Pairs, number: int) -> Numbers:
    """Give the highest chance of each report; pairs stand in the order of their later report."""
    best = np.zeros(number)
    if len(chances):
        first = np.flatnonzero(np.r_[True, np.diff(pairs.later) > 0])
        best[pairs.later[first]] = np.maximum.reduceat(chances, first)
    return best


def _written(pattern: Pattern) -> Numbers:
    """Put a pattern on the scales on which it is searched."""
    p = pattern
    odds = logit([p.certain, p.closed, p.alone])
    return np.array([odds[0], np.log(p.reach_m), np.log(p.fade_days), odds[1], odds[2]])


def _read(numbers: Numbers) -> Pattern:
    n = numbers
    return Pattern(
        certain=float(expit(n[0])),
        reach_m=float(np.exp(n[1])),
        fade_days=float(np.exp(n[2])),
        closed=float(expit(n[3])),
        alone=float(expit(n[4])),
    )
