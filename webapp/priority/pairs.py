"""Weights from comparing criteria two by two (AHP), and which comparison disturbs where they contradict."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext

from geo.ahp import ACCEPTED_RATIO, RANDOM_INDEX_SOURCE, STRONGEST, JudgementError, compare
from layers.priority.criteria import BY_KEY, MEASURES
from webapp.priority.asking import PREFIX

FEWEST, MOST = 2, 7
USUAL = ("condition", "people", "saved", "complaints")
SCALE = (*range(STRONGEST, 1, -1), 1, *(-n for n in range(2, STRONGEST + 1)))


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
