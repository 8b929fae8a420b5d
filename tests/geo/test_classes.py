"""Classes of numbers: held against mapclassify, and against every way to part a few values."""

from itertools import combinations

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import classes

MINUTES = st.lists(st.integers(0, 400).map(lambda tenths: tenths / 10), min_size=1, max_size=9)


def within(values: list[float], limits: tuple[float, ...]) -> float:
    """The squares of what values differ from the mean of their class."""
    held = np.array([classes.place(value, limits) for value in values])
    return sum(float(((v := np.array(values)[held == one]) - v.mean()).__pow__(2).sum()) for one in set(held.tolist()))


@pytest.mark.parametrize("number", range(2, 8))
def test_limits_are_those_of_mapclassify(number: int) -> None:
    for seed in range(5):
        values = np.random.default_rng(seed).gamma(2, 15, 250).tolist()
        assert classes.quantiles(values, number) == pytest.approx(mapclassify.Quantiles(values, number).bins)
        assert classes.jenks(values, number) == pytest.approx(mapclassify.FisherJenks(values, number).bins)
        own = (10.0, 30.0)
        assert classes.given(values, own) == pytest.approx(mapclassify.UserDefined(values, list(own)).bins)


def test_classes_and_counts_are_those_of_mapclassify() -> None:
    values = np.random.default_rng(9).gamma(2, 15, 400).round(0).tolist()
    theirs = mapclassify.Quantiles(values, 5)
    limits = classes.quantiles(values, 5)
    assert [classes.place(value, limits) for value in values] == theirs.yb.tolist()


@given(MINUTES, st.integers(2, 4))
def test_no_other_way_to_part_values_holds_them_closer_together(values: list[float], number: int) -> None:
    each = sorted(set(values))
    wanted = min(number, len(each))
    ways = [(*inner, each[-1]) for inner in combinations(each[:-1], wanted - 1)]
    limits = classes.jenks(values, number)
    assert len(limits) == wanted
    assert within(values, limits) == pytest.approx(min(within(values, way) for way in ways), abs=1e-9)


def test_equal_values_make_one_class_and_none_make_none() -> None:
    assert classes.quantiles([5.0] * 9, 4) == classes.jenks([5.0] * 9, 4) == (5.0,)
    assert classes.quantiles([], 4) == classes.jenks([], 4) == ()


def test_a_value_at_a_limit_belongs_below_it_and_one_beyond_all_to_the_last() -> None:
    limits = classes.given([5.0, 20.0], (15.0, 30.0, 60.0))
    assert limits == (15.0, 30.0, 60.0)
    assert [classes.place(value, limits) for value in (0.0, 15.0, 15.1, 60.0, 61.0)] == [0, 0, 1, 2, 2]
    assert classes.given([70.0], (15.0,)) == (15.0, 70.0)
