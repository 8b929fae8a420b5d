"""The tables of docs/duplicates.md."""

from collections.abc import Iterator

import numpy as np

from layers.complaints.duplicates import Learnt
from scripts.likeness import cases as pairing
from scripts.likeness import learning
from scripts.likeness.cases import Cases, Flags, Numbers, Pairs
from scripts.likeness.measuring import SHOWN, Line, categories, compare, hit_rates, precision, rules
from scripts.likeness.parameters import SPLIT

OWN_RULES = ("FixMyStreet", "Signalen")


def lines(cases: Cases, pairs: Pairs, learnt: Learnt) -> list[str]:
    """Measure on the reports that came since the split, and write all tables down."""
    tested = cases.since(SPLIT)
    chances = learning.decide(cases, pairs, learnt.patterns)
    flagged = rules(cases, pairs)
    told = [
        *_heads("All categories"),
        *(
            _row(name, compare(cases.duplicate[tested], rule[tested], chances[tested]))
            for name, rule in flagged.items()
        ),
    ]
    for name in OWN_RULES:
        told += ["", *_heads(f"Beside {name}, by category")]
        told += [
            _row(kind.strip(), compare(cases.duplicate[among], flagged[name][among], chances[among]))
            for kind, among in categories(cases, tested)
        ]
    told += ["", *_fixed(cases.duplicate[tested], chances[tested], learnt.likely_from)]
    return [*told, "", *_hits(cases, pairs, learnt)]


def _heads(title: str) -> tuple[str, str]:
    columns = ("reports", "duplicates", "its recall", "its precision", "our recall", "**our precision**")
    return f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)


def _row(title: str, line: Line) -> str:
    ours = f"{line.our_recall:.1%} | **{_share(line.our_precision)}**"
    return (
        f"| {title} | {line.reports:,} | {line.duplicates:,} | {line.recall:.1%} | {_share(line.precision)} | {ours} |"
    )


def _fixed(truth: Flags, chances: Numbers, likely_from: float) -> Iterator[str]:
    """Tell what becomes of the threshold that was chosen before."""
    called = chances >= likely_from
    yield "| Ours, called from a chance chosen before the split | called | recall | precision |"
    yield "|---|---:|---:|---:|"
    recall = (called & truth).sum() / truth.sum()
    yield f"| {likely_from} | {called.sum():,} | {recall:.1%} | {precision(truth, called):.1%} |"


def _hits(cases: Cases, pairs: Pairs, learnt: Learnt) -> Iterator[str]:
    """Tell how often suggestions hold an earlier report of the same category."""
    asked = cases.since(SPLIT) & cases.duplicate
    known = pairs.where(asked[pairs.later])
    unknown = pairing.any_category(cases, asked)
    everything = learnt.patterns[learning.ALL]
    ways = {
        "category given, open or closed": (known, learning.score(cases, known, learnt.patterns)),
        "category given, open ones alone": _open(known, learning.score(cases, known, learnt.patterns)),
        "category not given yet, open or closed": (unknown, learning.score_alike(unknown, everything)),
        "category not given yet, open ones alone": _open(unknown, learning.score_alike(unknown, everything)),
        "category not given yet, the nearest first": (unknown, -unknown.distance_m),
    }
    yield "| Hit rate | " + " | ".join(f"{n} shown" for n in SHOWN) + " |"
    yield "|---|" + "---:|" * len(SHOWN)
    for name, (near, chances) in ways.items():
        yield f"| {name} | " + " | ".join(f"{share:.1%}" for share in hit_rates(cases, near, chances, asked)) + " |"


def _open(pairs: Pairs, chances: Numbers) -> tuple[Pairs, Numbers]:
    return pairs.where(pairs.still_open), chances[pairs.still_open]


def _share(value: float) -> str:
    return "none called" if np.isnan(value) else f"{value:.1%}"
