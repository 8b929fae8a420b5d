"""Rankings, held against worked cases of the books, pymcdm, and what must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization, vector_normalization

from geo.priority import (
    METHODS,
    Criterion,
    NothingKnownError,
    Table,
    Topsis,
    UnfitTableError,
    WeightedSum,
    places,
    rank,
)
from geo.weights import (
    AllZeroError,
    NotAWeightError,
    NotWholeError,
    OtherCriteriaError,
    shares,
)

GAP = np.nan


def table(values: list[list[float]] | np.ndarray, rising: str | None = None) -> Table:
    """Criteria a, b, c … of which those marked - count the less, the better."""
    rows = np.array(values, float)
    marks = rising or "+" * rows.shape[1]
    criteria = tuple(Criterion(chr(97 + i), "", mark == "+", "contoh") for i, mark in enumerate(marks))
    return Table(criteria, rows)


def weights(*shares: float) -> dict[str, float]:
    return {chr(97 + i): share for i, share in enumerate(shares)}


TZENG_HUANG = table([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]])


@st.composite
def judged(draw: st.DrawFn) -> tuple[Table, np.ndarray]:
    """Complete tables of 2 to 8 candidates that differ in every criterion, and weights above zero."""
    shape = draw(st.integers(2, 8)), draw(st.integers(1, 5))
    values = draw(arrays(float, shape, elements=st.integers(1, 1000).map(float)))
    values[0] += 1000.5
    marks = "".join(draw(st.lists(st.sampled_from("+-"), min_size=shape[1], max_size=shape[1])))
    raw = np.array(draw(st.lists(st.integers(1, 9), min_size=shape[1], max_size=shape[1])), float)
    return table(values, marks), raw / raw.sum()


def test_topsis_gives_the_figures_of_tzeng_and_huang() -> None:
    ranking = rank(TZENG_HUANG, weights(0.3, 0.4, 0.3), Topsis())
    assert ranking.scores == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)
    assert ranking.ranks.tolist() == [3, 2, 1, 4]


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
@given(judged())
def test_topsis_is_that_of_pymcdm(case) -> None:
    judged, given_weights = case
    types = np.array([1 if c.rising else -1 for c in judged.criteria])
    expected = TOPSIS(normalization_function=vector_normalization)(judged.values, given_weights, types)
    assert rank(judged, weights(*given_weights), Topsis()).scores == pytest.approx(expected, abs=1e-9)


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
@given(judged())
def test_the_weighted_sum_is_that_of_pymcdm(case) -> None:
    judged, given_weights = case
    types = np.array([1 if c.rising else -1 for c in judged.criteria])
    expected = WSM(normalization_function=minmax_normalization)(judged.values, given_weights, types)
    assert rank(judged, weights(*given_weights), WeightedSum()).scores == pytest.approx(expected, abs=1e-9)


def test_a_weighted_sum_by_hand() -> None:
    """Condition 0 to 10 (rising), cost 100 to 300 (falling): 0.6 · 0.5 + 0.4 · 1 = 0.7."""
    ranking = rank(table([[10, 300], [5, 100], [0, 200]], "+-"), weights(0.6, 0.4), WeightedSum())
    assert ranking.scores == pytest.approx([0.6, 0.7, 0.2])
    assert ranking.ranks.tolist() == [2, 1, 3]


@given(judged(), st.sampled_from(sorted(METHODS)))
def test_what_each_criterion_brings_sums_to_the_score(case, method: str) -> None:
    judged, given_weights = case
    parts = METHODS[method].parts(judged, given_weights)
    assert parts.sum(axis=1) == pytest.approx(rank(judged, weights(*given_weights), METHODS[method]).scores, abs=1e-9)
    assert (parts >= 0).all()


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
class TestMissingValues:
    VALUES = table([[10, GAP], [0, 5], [6, 9], [GAP, GAP]])

    def test_a_missing_value_stays_missing_and_the_share_that_rests_on_data_is_told(self, method) -> None:
        ranking = rank(self.VALUES, weights(0.75, 0.25), method)
        assert ranking.rests_on.tolist() == [0.75, 1, 1, 0]
        parts = method.parts(self.VALUES, np.array([0.75, 0.25]))
        assert np.isnan(parts[0]).tolist() == [False, True]
        assert np.nansum(parts[0]) == pytest.approx(ranking.scores[0])

    def test_a_candidate_of_which_nothing_is_known_has_neither_score_nor_rank(self, method) -> None:
        ranking = rank(self.VALUES, weights(0.75, 0.25), method)
        assert np.isnan(ranking.scores).tolist() == [False, False, False, True]
        assert ranking.ranks[3] == 0
        assert sorted(ranking.ranks[:3]) == [1, 2, 3]

    def test_the_score_lies_between_what_the_worst_and_the_best_value_would_give(self, method) -> None:
        ranking = rank(self.VALUES, weights(0.75, 0.25), method)
        assert ranking.lowest[0] < ranking.scores[0] <= ranking.highest[0]
        assert ranking.lowest[1] <= ranking.highest[1]

    def test_a_criterion_nobody_filled_changes_no_score_but_the_share_of_data(self, method) -> None:
        known = table([[10, 2], [0, 5], [6, 9]])
        wider = table([[10, 2, GAP], [0, 5, GAP], [6, 9, GAP]])
        short, long = rank(known, weights(0.5, 0.5), method), rank(wider, weights(0.4, 0.4, 0.2), method)
        assert long.scores == pytest.approx(short.scores)
        assert long.rests_on == pytest.approx([0.8] * 3)

    def test_weight_only_on_what_nobody_knows_is_refused_by_name(self, method) -> None:
        with pytest.raises(NothingKnownError, match="fill one of b"):
            rank(table([[1, GAP], [2, GAP]]), weights(0.0, 1.0), method)


def test_the_bounds_of_a_weighted_sum_by_hand() -> None:
    ranking = rank(table([[10, GAP], [0, 5], [5, 9]]), weights(0.75, 0.25), WeightedSum())
    assert (ranking.lowest[0], ranking.scores[0], ranking.highest[0]) == (0.75, 1, 1)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_candidates_that_nothing_tells_apart_all_come_first_at_one_half(method) -> None:
    ranking = rank(table([[3, 0], [3, 0]]), weights(0.5, 0.5), method)
    assert ranking.scores.tolist() == [0.5, 0.5]
    assert ranking.ranks.tolist() == [1, 1]


@given(st.lists(st.sampled_from([0.1, 0.5, 0.9, GAP]), max_size=9))
def test_a_place_is_one_more_than_those_who_are_better(scores: list[float]) -> None:
    expected = [0 if np.isnan(s) else 1 + sum(other > s for other in scores) for s in scores]
    assert places(np.array(scores, float)).tolist() == expected


@pytest.mark.parametrize(
    ("given_weights", "error", "told"),
    [
        (weights(0, 0, 0), AllZeroError, "Every weight is zero"),
        (weights(0.5, 0.4, 0.2), NotWholeError, "110.0%"),
        (weights(1.5, -0.5, 0), NotAWeightError, "mend b"),
        (weights(np.nan, 0.5, 0.5), NotAWeightError, "mend a"),
        (weights(0.5, 0.5), OtherCriteriaError, "c"),
    ],
)
def test_unfit_weights_are_refused_with_what_is_wrong(given_weights, error, told: str) -> None:
    with pytest.raises(error, match=told):
        rank(TZENG_HUANG, given_weights, WeightedSum())


def test_sliders_become_weights_of_one_whole() -> None:
    assert shares({"a": 30, "b": 10}) == {"a": 0.75, "b": 0.25}
    with pytest.raises(AllZeroError):
        shares({"a": 0, "b": 0})


def test_a_table_that_does_not_fit_its_criteria_is_refused() -> None:
    with pytest.raises(UnfitTableError, match="3 finite numbers"):
        Table(TZENG_HUANG.criteria, np.ones((2, 2)))
    with pytest.raises(UnfitTableError):
        table([[np.inf, 1], [2, 3]])
