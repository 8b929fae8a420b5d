"""What is said about a rank must come true when it is tried."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.explanation import changes_to_be_first, rank_without, time_in_top
from geo.priority import METHODS, Table, Topsis, WeightedSum, rank
from geo.weights import AllZeroError
from tests.geo.test_priority import GAP, judged, table, weights

ROADS = table([[10, 300], [5, 100], [0, 200]], "+-")


def test_the_value_that_would_make_a_road_first_by_hand() -> None:
    """0.6 · s + 0.4 · 0.5 must reach the leader's 0.7: s = 5/6, a condition of 8.33."""
    changes = changes_to_be_first(ROADS, weights(0.6, 0.4), WeightedSum(), 2)
    assert changes.values[0] == pytest.approx(10 * 5 / 6, abs=1e-4)
    assert np.isnan(changes.values[1])


def test_the_weight_that_would_make_a_road_first_by_hand() -> None:
    """The first road has w against 0.5 · w + (1 - w): equal at two thirds."""
    changes = changes_to_be_first(ROADS, weights(0.6, 0.4), WeightedSum(), 0)
    assert changes.weights == pytest.approx([0.67, 0.33])


def test_a_leader_needs_no_change() -> None:
    changes = changes_to_be_first(ROADS, weights(0.6, 0.4), WeightedSum(), 1)
    assert changes.values.tolist() == [5, 100]
    assert changes.weights.tolist() == [0.6, 0.4]


def test_a_missing_value_is_given_as_the_value_it_would_have_to_have() -> None:
    gap = table([[10, GAP], [8, 10], [0, 0]])
    changes = changes_to_be_first(gap, weights(0.5, 0.5), WeightedSum(), 0)
    assert np.isnan(changes.values[1]), "it leads already, and nobody knows this value"
    behind = table([[8, GAP], [10, 4], [0, 0], [0, 10]])
    changes = changes_to_be_first(behind, weights(0.5, 0.5), WeightedSum(), 0)
    assert np.isnan(changes.values[1]) or changes.values[1] <= 10


@settings(deadline=None)
@given(judged(), st.sampled_from(sorted(METHODS)), st.data())
def test_changes_do_make_it_first(case, method: str, data) -> None:
    judgements, given_weights = case
    row = data.draw(st.integers(0, len(judgements.values) - 1))
    changes = changes_to_be_first(judgements, weights(*given_weights), METHODS[method], row)
    for column, value in enumerate(changes.values):
        if not np.isnan(value):
            values = judgements.values.copy()
            values[row, column] = value
            ranking = rank(Table(judgements.criteria, values), weights(*given_weights), METHODS[method])
            assert ranking.ranks[row] == 1


@given(judged())
def test_a_weighted_sum_has_no_smaller_change_that_would_do(case) -> None:
    judgements, given_weights = case
    changes = changes_to_be_first(judgements, weights(*given_weights), WeightedSum(), 1)
    for column, value in enumerate(changes.values):
        present = judgements.values[1, column]
        assume(np.isnan(value) or abs(value - present) > 0.01)
        values = judgements.values.copy()
        values[1, column] = judgements.best[column] if np.isnan(value) else value - np.sign(value - present) * 0.01
        ranking = rank(Table(judgements.criteria, values), weights(*given_weights), WeightedSum())
        assert ranking.ranks[1] > 1


def test_the_effect_of_one_criterion_is_the_rank_without_it() -> None:
    assert rank(ROADS, weights(0.6, 0.4), WeightedSum()).ranks.tolist() == [2, 1, 3]
    assert rank_without(ROADS, weights(0.6, 0.4), WeightedSum(), "b").ranks.tolist() == [1, 2, 3]
    with pytest.raises(AllZeroError):
        rank_without(ROADS, weights(1.0, 0.0), WeightedSum(), "a")


class TestTimeInTop:
    def test_it_is_the_share_of_weightings_under_which_a_road_leads(self) -> None:
        """The first road leads when w > 2/3, so when one factor is over twice the other: a quarter of the square."""
        share = time_in_top(ROADS, weights(0.5, 0.5), WeightedSum(), 1, spread=1.0, draws=100_000, seed=3)
        assert share == pytest.approx([0.25, 0.75, 0.0], abs=0.005)

    def test_without_spread_it_is_the_ranking_itself(self) -> None:
        share = time_in_top(ROADS, weights(0.6, 0.4), Topsis(), 2, spread=0.0, draws=5, seed=1)
        assert share.tolist() == [float(place <= 2) for place in rank(ROADS, weights(0.6, 0.4), Topsis()).ranks]

    def test_one_seed_gives_the_same_shares_again_however_many_fit_at_once(self, monkeypatch) -> None:
        def share() -> list[float]:
            found = time_in_top(ROADS, weights(0.6, 0.4), WeightedSum(), 1, spread=0.5, draws=999, seed=7)
            return found.tolist()

        before = share()
        monkeypatch.setattr("geo.explanation.CELLS_AT_ONCE", 10)
        assert share() == before

    def test_the_unknown_are_never_in_the_top_and_a_top_of_all_holds_the_rest(self) -> None:
        share = time_in_top(
            table([[1, 2], [GAP, GAP], [2, 1]]), weights(0.5, 0.5), WeightedSum(), 9, spread=0.3, draws=50, seed=1
        )
        assert share.tolist() == [1, 0, 1]
