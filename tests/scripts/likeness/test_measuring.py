"""The measures, on cases small enough to count by hand."""

import math

import numpy as np
import pytest

from scripts.likeness.cases import Cases, Pairs
from scripts.likeness.measuring import compare, hit_rates, rules

TRUTH = np.array([True, True, True, False, False, False])


def near(*rows: tuple[int, int, float, float, bool]) -> Pairs:
    earlier, later, metres, days, still_open = (np.array(column) for column in zip(*rows, strict=True))
    return Pairs(earlier, later, metres.astype(float), days.astype(float), still_open.astype(bool))


def reports(*kinds: str) -> Cases:
    number = len(kinds)
    none = np.zeros(number)
    return Cases(np.array(kinds, object), np.zeros((number, 3)), np.arange(number, dtype=float), none, none > 0)


def test_our_precision_is_taken_where_as_many_duplicates_are_found_as_the_rule_finds() -> None:
    rule = np.array([True, True, False, True, True, False])
    line = compare(TRUTH, rule, np.array([0.9, 0.8, 0.1, 0.85, 0.2, 0.0]))
    assert (line.recall, line.precision) == (2 / 3, 0.5)
    assert (line.our_recall, line.our_precision) == (2 / 3, 2 / 3)


def test_reports_of_the_same_chance_are_called_together() -> None:
    rule = np.array([True, False, False, False, False, False])
    line = compare(TRUTH, rule, np.array([0.5, 0.5, 0.1, 0.5, 0.5, 0.0]))
    assert (line.our_recall, line.our_precision) == (2 / 3, 0.5)


def test_a_rule_that_finds_nothing_is_no_better_than_calling_nothing() -> None:
    line = compare(TRUTH, np.zeros(6, bool), np.linspace(1, 0, 6))
    assert line.our_recall == 0
    assert math.isnan(line.precision)
    assert math.isnan(line.our_precision)


def test_the_rules_are_those_of_the_other_systems() -> None:
    pairs = near((0, 1, 249, 400, False), (0, 2, 251, 1, True), (0, 3, 50, 84, False), (0, 4, 50, 85, True))
    flagged = {name: np.flatnonzero(called).tolist() for name, called in rules(reports(*"aaaaa"), pairs).items()}
    assert flagged == {
        "FixMyStreet": [1, 3, 4],
        "Signalen": [3],
        "FixMyStreet, open reports alone": [4],
        "Signalen, open reports alone": [],
    }


def test_a_hit_is_a_suggestion_of_the_same_category_among_those_shown() -> None:
    cases = reports("lampu", "lubang", "lubang", "lubang", "lampu", "sampah")
    pairs = near(*((earlier, 4, 1, 1, True) for earlier in range(4)), (0, 5, 1, 1, True))
    chances = np.array([0.1, 0.9, 0.8, 0.7, 0.5])
    asked = np.array([False] * 4 + [True] * 2)
    assert hit_rates(cases, pairs, chances, asked) == pytest.approx([0, 0, 0.5])
