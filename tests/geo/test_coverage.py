"""Coverage of cells: each source says what it says, and of several the one to believe is believed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.coverage import (
    COVERED,
    DECLARED,
    MEASURED,
    MODELLED,
    NONE,
    NOTHING,
    UNKNOWN,
    WEAK,
    Coverage,
    Limits,
    Tower,
    best,
    classified,
    combine,
    from_words,
    overall,
    signal,
)
from geo.relief import Relief

DBM = Limits(-115, -105)
CODES = arrays(np.int8, 12, elements=st.integers(0, 3))


def codes(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int8)


def test_a_signal_is_as_good_as_the_limits_say_and_none_is_not_unknown() -> None:
    found = classified(np.array([-80, -105, -105.1, -115, -115.1, np.nan]), DBM)
    assert found.tolist() == [COVERED, COVERED, WEAK, WEAK, NONE, UNKNOWN]


def test_most_of_those_who_speak_are_believed_and_a_tie_is_weak() -> None:
    found = from_words(np.array([0, 3, 1, 2, 0.0]), np.array([0, 1, 2, 2, 1.0]))
    assert found.tolist() == [UNKNOWN, COVERED, NONE, WEAK, NONE]


@given(CODES, CODES, CODES)
def test_measured_is_believed_before_modelled_and_that_before_declared(
    measured: np.ndarray, modelled: np.ndarray, declared: np.ndarray
) -> None:
    found = combine(measured, modelled, declared)
    for i in range(12):
        known = [(e, s[i]) for e, s in ((3, measured), (2, modelled), (1, declared)) if s[i] != UNKNOWN]
        assert (found.evidence[i], found.coverage[i]) == (known[0] if known else (NOTHING, UNKNOWN))


def test_one_operator_who_is_heard_is_enough_whatever_others_lack() -> None:
    one = Coverage(codes(NONE, NONE, UNKNOWN, WEAK), codes(MEASURED, MEASURED, NOTHING, MEASURED))
    other = Coverage(codes(COVERED, UNKNOWN, UNKNOWN, WEAK), codes(DECLARED, NOTHING, NOTHING, MODELLED))
    found = best([one, other], 4)
    assert found.coverage.tolist() == [COVERED, NONE, UNKNOWN, WEAK]
    assert found.evidence.tolist() == [DECLARED, MEASURED, NOTHING, MEASURED]


def test_without_any_operator_nothing_is_known() -> None:
    assert best([], 2).coverage.tolist() == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("coverage", [NONE, WEAK, COVERED])
def test_people_are_believed_before_a_declaration_and_not_before_a_model(coverage: int) -> None:
    operators = Coverage(codes(COVERED, COVERED, COVERED, UNKNOWN), codes(DECLARED, MODELLED, MEASURED, NOTHING))
    found = overall(operators, codes(0, 0, 0, 0), codes(*[coverage] * 4))
    assert found.coverage.tolist() == [coverage, COVERED, COVERED, coverage]
    assert found.evidence.tolist() == [DECLARED, MODELLED, MEASURED, DECLARED]


def test_a_phone_that_measures_is_believed_before_every_model() -> None:
    operators = Coverage(codes(COVERED, COVERED, WEAK), codes(MODELLED, DECLARED, MEASURED))
    found = overall(operators, codes(NONE, NONE, NONE), codes(COVERED, COVERED, COVERED))
    assert found.coverage.tolist() == [NONE, NONE, WEAK], "who has measured better has been heard"
    assert set(found.evidence) == {MEASURED}


def cells(*east_m: float) -> np.ndarray:
    return np.array([(x, 0.0) for x in east_m])


def test_at_its_range_a_tower_is_just_heard_and_beyond_it_nobody_knows() -> None:
    found, behind = signal([Tower(0, 0, 40, 4000, 1.8)], cells(4000, 4001, 400), -115, None)
    assert found[0] == pytest.approx(-115)
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(-115 + 34.41, abs=0.01), "a tenth of the way: a decade of Hata's slope"
    assert np.isnan(behind).all(), "no terrain was looked at"


def test_the_louder_of_two_towers_counts_in_whatever_order() -> None:
    towers = [Tower(0, 0, 40, 4000, 1.8), Tower(3000, 0, 40, 2000, 0.9)]
    where = cells(*range(0, 6000, 100))
    found, _ = signal(towers, where, -115, None)
    again, _ = signal(towers[::-1], where, -115, None)
    alone = [signal([tower], where, -115, None)[0] for tower in towers]
    assert np.array_equal(found, np.fmax(*alone), equal_nan=True)
    assert np.array_equal(found, again, equal_nan=True)


def test_a_hill_takes_the_signal_within_the_range_and_the_range_stays_the_end_of_it() -> None:
    heights = np.full((40, 100), 10.0)
    heights[:, 60] = 300.0
    relief = Relief(heights, -4000.0, 2000.0, 100.0)
    where = cells(1000, 3000, 5000)
    tower = [Tower(0, 0, 40, 4500, 1.8)]
    open_, _ = signal(tower, where, -115, None)
    found, behind = signal(tower, where, -115, relief)
    assert found[0] == open_[0]
    assert found[1] == pytest.approx(open_[1] - behind[1])
    assert classified(found, DBM).tolist() == [COVERED, NONE, UNKNOWN]


def test_where_no_height_is_known_the_range_alone_counts() -> None:
    relief = Relief(np.full((10, 10), np.nan), 0.0, 500.0, 100.0)
    towers, where = [Tower(100, 0, 40, 3000, 1.8)], cells(400, 2500)
    found, behind = signal(towers, where, -115, relief)
    assert np.array_equal(found, signal(towers, where, -115, None)[0])
    assert np.isnan(behind).all()


def test_every_pair_of_what_is_known_has_a_rank_of_its_own() -> None:
    pairs = list(product(range(4), range(4)))
    ranks = Coverage(*(codes(*column) for column in zip(*pairs, strict=True))).rank
    assert len(set(ranks.tolist())) == 16
    assert sorted(pairs) == [pairs[i] for i in np.argsort(ranks)]
