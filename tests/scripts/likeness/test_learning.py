"""Learning finds what made-up duplicates were made with, and knows nothing of what came to light later."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from geo.duplicates import Pattern, has_duplicate
from scripts.likeness.cases import Cases, Pairs, same_category
from scripts.likeness.learning import learn, score_alike

TRUTH = Pattern(certain=0.8, reach_m=60, fade_days=10, closed=0.4, alone=0.01)


@pytest.fixture(scope="module")
def town() -> tuple[Cases, Pairs]:
    """Twelve thousand reports of half a year around a town, of which some repeat others as TRUTH has it."""
    dice, number = np.random.default_rng(11), 12_000
    came = np.sort(dice.uniform(0, 180, number))
    place = np.column_stack([dice.uniform(0, 6000, number), dice.uniform(0, 6000, number), np.zeros(number)])
    kinds = np.full(number, "lubang", object)
    cases = Cases(kinds, place, came, came + dice.exponential(8, number), np.zeros(number, bool))
    pairs = same_category(cases)
    best = np.zeros(number)
    np.maximum.at(best, pairs.later, score_alike(pairs, TRUTH))
    return replace(cases, duplicate=dice.random(number) < has_duplicate(TRUTH, best)), pairs


def test_what_was_hidden_is_found_again(town: tuple[Cases, Pairs]) -> None:
    cases, pairs = town
    found = learn(cases, pairs, np.ones(len(cases.came), bool))["lubang"]
    assert asdict(found) == pytest.approx(asdict(TRUTH), rel=0.2, abs=0.01)


def test_labels_that_are_not_known_yet_teach_nothing(town: tuple[Cases, Pairs]) -> None:
    cases, pairs = town
    known = cases.closed < 60
    turned = replace(cases, duplicate=np.where(known, cases.duplicate, ~cases.duplicate))
    assert learn(cases, pairs, known) == learn(turned, pairs, known)


def test_a_category_that_tells_nothing_stays_like_all_together(town: tuple[Cases, Pairs]) -> None:
    cases, pairs = town
    few = cases.category.copy()
    few[:3] = "jarang"
    learnt = learn(replace(cases, category=few), pairs, np.ones(len(few), bool))
    assert learnt["jarang"].reach_m == pytest.approx(learnt["all"].reach_m, rel=0.1)
