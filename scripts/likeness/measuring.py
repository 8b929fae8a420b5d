"""How well "this report repeats an earlier one" is told, beside the rules of other systems."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scripts.likeness.cases import Cases, Flags, Indices, Numbers, Pairs

SHOWN = (1, 3, 5)


@dataclass(frozen=True)
class Line:
    """One rule beside ours on some reports: at the rule's recall or just above, which precision has each."""

    reports: int
    duplicates: int
    recall: float
    precision: float
    our_recall: float
    our_precision: float


def rules(cases: Cases, pairs: Pairs) -> dict[str, Flags]:
    """Say which reports each rule calls duplicates: an earlier one of the category lies near, or near and fresh."""
    wide = pairs.distance_m <= 250
    tight = (pairs.distance_m <= 50) & (pairs.days <= 7 * 12)
    flagged = {
        "FixMyStreet": wide,
        "Signalen": tight,
        "FixMyStreet, open reports alone": wide & pairs.still_open,
        "Signalen, open reports alone": tight & pairs.still_open,
    }
    return {name: np.isin(np.arange(len(cases.came)), pairs.later[near]) for name, near in flagged.items()}


def compare(truth: Flags, rule: Flags, chances: Numbers) -> Line:
    """Lower our threshold until as many duplicates are found as the rule finds; reports of one chance go together."""
    ours = chances >= threshold_for(truth, rule, chances)
    return Line(
        reports=len(truth),
        duplicates=int(truth.sum()),
        recall=(rule & truth).sum() / truth.sum(),
        precision=precision(truth, rule),
        our_recall=(ours & truth).sum() / truth.sum(),
        our_precision=precision(truth, ours),
    )


def precision(truth: Flags, called: Flags) -> float:
    """Give the share of duplicates among what was called one, NaN where nothing was."""
    return float((called & truth).sum() / called.sum()) if called.any() else float("nan")


def threshold_for(truth: Flags, rule: Flags, chances: Numbers) -> float:
    """Give the chance from which on at least as many duplicates are found as a rule finds; inf where it finds none."""
    found = int((rule & truth).sum())
    return float(np.sort(chances[truth])[::-1][found - 1]) if found else float("inf")


def categories(cases: Cases, tested: Flags) -> Iterator[tuple[str, Flags]]:
    """Name each category that has duplicates among the tested reports, the largest first, with its tested reports."""
    kinds, counts = np.unique(cases.category[tested & cases.duplicate], return_counts=True)
    for kind in kinds[np.argsort(-counts, kind="stable")]:
        yield str(kind), tested & (cases.category == kind)


def hit_rates(cases: Cases, pairs: Pairs, chances: Numbers, asked: Flags) -> list[float]:
    """Give the share of the asked reports of whose 1, 3, 5 likeliest one at least is of the same category."""
    order = np.lexsort((-chances, pairs.later))
    later, earlier = pairs.later[order], pairs.earlier[order]
    first = np.full(len(asked), np.inf)
    same = cases.category[earlier] == cases.category[later]
    np.minimum.at(first, later[same], _ranks(later)[same])
    return [float((first[asked] < shown).mean()) for shown in SHOWN]


def _ranks(groups: Indices) -> Indices:
    """Count 0, 1, 2 … within each run of equal numbers."""
    starts = np.flatnonzero(np.r_[True, np.diff(groups) != 0])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
