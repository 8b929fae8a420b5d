"""The file of parameters, with where they come from."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from geo.duplicates import Pattern
from scripts.likeness import learning, measuring
from scripts.likeness.cases import Cases, Flags, Pairs

SPLIT = date(2015, 3, 1)  # what was settled before is learnt from, what came since is tested
HEAD = """# How duplicates of each category lie around what they repeat; what the numbers mean: geo/duplicates.py.
# Written by `scripts/duplicates learn`; docs/duplicates.md tells how good they are. Do not edit by hand.

[origin]
source = "Open 311 data of the City of Baltimore, complaints_311_geotagged.parquet"
learnt_from = "{known:,} reports settled before {split}, {duplicates:,} of them closed as duplicates"
not_looked_at = "what came since, on which it is measured"

[decision]
# From this chance on as many duplicates are found among those learnt from as Signalen's rule finds there.
likely_from = {likely_from}
"""


def written(cases: Cases, pairs: Pairs, known: Flags, patterns: Mapping[str, Pattern]) -> str:
    """Write patterns down, to three digits."""
    rule = measuring.rules(cases, pairs)["Signalen"]
    chances = learning.decide(cases, pairs, patterns)
    truth = cases.duplicate[known]
    head = HEAD.format(
        known=int(known.sum()),
        split=SPLIT,
        duplicates=int(truth.sum()),
        likely_from=_short(measuring.threshold_for(truth, rule[known], chances[known])),
    )
    return head + "".join(f"\n{_section(kind, pattern)}" for kind, pattern in patterns.items())


def _section(kind: str, pattern: Pattern) -> str:
    lines = [f'[patterns."{kind}"]', *(f"{name} = {_short(value)}" for name, value in asdict(pattern).items())]
    return "\n".join(lines) + "\n"


def _short(value: float) -> str:
    return f"{float(f'{value:.3g}')!r}"
