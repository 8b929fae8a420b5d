"""Comparisons two by two: Saaty's drinks, and what must hold for any judgements."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ahp import (
    InconsistentError,
    MissingJudgementsError,
    NumberOfCriteriaError,
    UnfitJudgementsError,
    compare,
)

DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
SAATY_2008 = {
    **{("coffee", other): value for other, value in zip(DRINKS[1:], (9, 5, 2, 1, 1, 1 / 2), strict=True)},
    **{("wine", other): value for other, value in zip(DRINKS[2:], (1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9), strict=True)},
    **{("tea", other): value for other, value in zip(DRINKS[3:], (1 / 3, 1 / 4, 1 / 3, 1 / 9), strict=True)},
    **{("beer", other): value for other, value in zip(DRINKS[4:], (1 / 2, 1, 1 / 3), strict=True)},
    **{("soda", "milk"): 2, ("soda", "water"): 1 / 2, ("milk", "water"): 1 / 3},
}


def test_saatys_drinks_give_saatys_weights_and_ratio() -> None:
    found = compare(DRINKS, SAATY_2008)
    assert found.ratio == pytest.approx(0.0218, abs=5e-5)
    assert found.weights["water"] == pytest.approx(0.3268, abs=5e-5)
    assert found.weights["soda"] == pytest.approx(0.1896, abs=5e-5)
    assert found.weights["coffee"] == pytest.approx(0.1775, abs=5e-5)
    assert found.accepted() == found.weights


@given(st.lists(st.floats(1, 3), min_size=1, max_size=10))
def test_judgements_that_agree_give_back_their_weights(importance: list[float]) -> None:
    keys = [str(i) for i in range(len(importance))]
    pairs = {(a, b): importance[int(a)] / importance[int(b)] for a in keys for b in keys if a < b}
    found = compare(keys, pairs)
    assert list(found.weights.values()) == pytest.approx(np.array(importance) / sum(importance))
    assert found.ratio == pytest.approx(0, abs=1e-9)


def test_the_judgement_that_disturbs_most_is_the_one_that_was_spoilt() -> None:
    importance = {"condition": 4, "people": 3, "minutes": 2, "cost": 1}
    keys = list(importance)
    pairs = {(a, b): importance[a] / importance[b] for i, a in enumerate(keys) for b in keys[i + 1 :]}
    pairs["people", "cost"] = 1 / 7
    found = compare(keys, pairs)
    assert found.ratio > 0.10
    assert found.doubts[0].pair == ("people", "cost")
    assert found.doubts[0].fitting == pytest.approx(3)
    assert found.doubts[0].ratio_then == pytest.approx(0, abs=1e-9)
    with pytest.raises(InconsistentError, match="people to cost") as refused:
        found.accepted()
    assert refused.value.ratio == found.ratio


def test_going_round_in_a_circle_is_inconsistent() -> None:
    found = compare(["a", "b", "c"], {("a", "b"): 3, ("b", "c"): 3, ("c", "a"): 3})
    assert list(found.weights.values()) == pytest.approx([1 / 3] * 3)
    assert found.ratio == pytest.approx((4.333333 - 3) / 2 / 0.52, abs=1e-5)


def test_a_comparison_may_be_given_either_way_round() -> None:
    assert compare(["a", "b"], {("b", "a"): 1 / 4}).weights == pytest.approx({"a": 0.8, "b": 0.2})


def test_pairs_nobody_compared_are_named() -> None:
    with pytest.raises(MissingJudgementsError, match="b to c") as refused:
        compare(["a", "b", "c"], {("a", "b"): 3, ("a", "c"): 3})
    assert refused.value.pairs == (("b", "c"),)


@pytest.mark.parametrize(
    "judgements", [{("a", "b"): 10}, {("a", "b"): 0}, {("a", "x"): 2}, {("a", "a"): 1}, {("a", "b"): 2, ("b", "a"): 2}]
)
def test_judgements_off_the_scale_strange_or_twice_are_refused(judgements) -> None:
    with pytest.raises(UnfitJudgementsError, match="a to"):
        compare(["a", "b"], judgements)


@pytest.mark.parametrize("count", [0, 11])
def test_more_criteria_than_saatys_table_reaches_are_refused(count: int) -> None:
    with pytest.raises(NumberOfCriteriaError, match=f"not {count}"):
        compare([str(i) for i in range(count)], {})
