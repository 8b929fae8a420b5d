"""Weights from comparing criteria two by two (AHP), and which comparison disturbs where they contradict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext

from geo.ahp import ACCEPTED_RATIO, RANDOM_INDEX_SOURCE, STRONGEST, Doubt, JudgementError, compare
from layers.priority.criteria import BY_KEY, MEASURES
from webapp.language import in_language, within
from webapp.priority.asking import PREFIX

FEWEST, MOST = 2, 7
USUAL = ("condition", "people", "saved", "complaints")
SCALE = (*range(STRONGEST, 1, -1), 1, *(-n for n in range(2, STRONGEST + 1)))


@dataclass(frozen=True)
class Told:
    """The comparison that disturbs most: what was said and what fits the others, in words, and the ratio then.

    `field` is its field in the form; words are those of the answer of the scale that is nearest.
    """

    field: str
    given: str
    fitting: str
    ratio_then: float

    @classmethod
    def of(cls, doubt: Doubt) -> "Told":
        """Word a doubt."""
        nearest = min(SCALE, key=lambda step: abs(log(value(str(step)) / doubt.fitting)))
        given = min(SCALE, key=lambda step: abs(log(value(str(step)) / doubt.given)))
        return cls(name(doubt.pair), said(doubt.pair, given), said(doubt.pair, nearest), doubt.ratio_then)


def said(pair: tuple[str, str], step: int) -> str:
    """Say an answer of the scale in words."""
    a, b = (in_language(BY_KEY[key].title) for key in pair)
    if step == 1:
        return str(gettext("%(a)s dan %(b)s sama penting", a=a, b=within(b)))
    return str(gettext("%(what)s %(n)s kali lebih penting", what=a if step > 1 else b, n=abs(step)))


def show() -> str:
    """Ask for the comparisons of some criteria, and tell the weights once all are given."""
    chosen = criteria(request.args.getlist("k"))
    told: dict[str, Any] = {"chosen": chosen, "measures": MEASURES, "scale": SCALE, "most": MOST}
    pairs = list(combinations(chosen, 2))
    typed = {pair: request.args.get(name(pair), "") for pair in pairs}
    found = None
    if all(typed.values()):
        try:
            found = compare(chosen, {pair: value(written) for pair, written in typed.items()})
        except JudgementError:
            abort(400, gettext("Bandingkan setiap pasangan sekali, dengan angka 1 sampai 9."))
    told |= {"pairs": [(name(pair), *(BY_KEY[key] for key in pair), typed[pair] or "1") for pair in pairs]}
    told |= {"found": found, "by_key": BY_KEY, "accepted": ACCEPTED_RATIO, "table": RANDOM_INDEX_SOURCE}
    told["use"] = written(found.weights) if found and found.ratio <= ACCEPTED_RATIO else None
    told["doubt"] = Told.of(found.doubts[0]) if found and not told["use"] else None
    return render_template("priority/pairs.html", **told)


def criteria(keys: Sequence[str]) -> list[str]:
    """Read which criteria are compared, some usual ones where none is named; refuses too few, too many and unknown."""
    chosen = list(dict.fromkeys(keys)) or list(USUAL)
    if not (FEWEST <= len(chosen) <= MOST and set(chosen) <= set(BY_KEY)):
        words = gettext("Pilih %(few)s sampai %(most)s kriteria untuk dibandingkan.", few=FEWEST, most=MOST)
        abort(400, words)
    return [key for key in BY_KEY if key in chosen]


def name(pair: tuple[str, str]) -> str:
    """Name the field of a pair."""
    return f"p_{pair[0]}_{pair[1]}"


def value(written: str) -> float:
    """Read a comparison: 3 says the first is three times as important, -3 the second; what is none fits no scale."""
    try:
        given = int(written)
    except ValueError:
        return 0.0
    return float(given) if given > 0 else -1.0 / given if given < 0 else 0.0


def written(weights: Mapping[str, float]) -> dict[str, str]:
    """Write weights as fields of the ranking's form, in percent."""
    return {PREFIX + key: f"{100 * share:.1f}" for key, share in weights.items()}
