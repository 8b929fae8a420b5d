"""Works for a budget of several years, held against trying all plans."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import rulebook
from geo.budget import Problem
from geo.rulebook import ClashingRulesError
from geo.rules import (
    Must,
    MustNot,
    NotBoth,
    OneTreatment,
    Rule,
    Share,
    Works,
)
from geo.years import NoRoomForMustError, cost_of_rules, delivered, plan_years
from tests.geo.choices import Reaching, alone, names, problems, works


def test_each_year_comes_on_top_of_the_years_before() -> None:
    values = Reaching((frozenset([0]), frozenset([0]), frozenset([1])), (100, 60))
    problem = Problem(works(10, 10, 10), values, 0.0)
    plans = plan_years(problem, [10, 10])
    assert [plan.delivered for plan in plans] == [100, 60]


def test_a_road_treated_in_one_year_is_left_alone_in_the_next() -> None:
    problem = Problem(works(10, 10, 10, roads="ppq"), alone(40, 30, 20), 0.0)
    assert [names(problem, plan.chosen) for plan in plan_years(problem, [10, 10])] == ["A", "C"]


def test_works_that_exclude_each_other_do_so_over_the_years() -> None:
    problem = Problem(works(10, 10, 10), alone(40, 30, 20), 0.0, (NotBoth("A", "B"),))
    assert [names(problem, plan.chosen) for plan in plan_years(problem, [10, 10])] == ["A", "C"]


def test_what_must_be_done_is_done_in_the_first_year_with_room() -> None:
    problem = Problem(works(10, 10, 30), alone(40, 30, 1), 0.0, (Must("C"),))
    assert [names(problem, plan.chosen) for plan in plan_years(problem, [20, 40])] == ["AB", "C"]


def test_what_must_be_done_and_fits_no_year_is_named() -> None:
    with pytest.raises(NoRoomForMustError, match="No year has room for A"):
        plan_years(Problem(works(30), alone(1), 0.0, (Must("A"),)), [20, 20])


def test_a_share_for_a_kecamatan_in_every_year_holds_back_what_the_later_year_needs() -> None:
    """A and B (in y) are the best two for the first year; then nothing of y were left for the second."""
    problem = Problem(works(10, 10, 10, areas="yyx"), alone(100, 90, 1), 0.0, (Share("y", least=0.5),))
    plans = plan_years(problem, [20, 20])
    assert [names(problem, plan.chosen) for plan in plans] == ["AC", "B"]


def test_rules_for_several_years_clash_by_the_names_that_they_were_given() -> None:
    problem = Problem(works(10, 10, areas="yx"), alone(100, 1), 0.0, (Share("y", least=0.5),))
    with pytest.raises(ClashingRulesError) as clash:
        plan_years(problem, [20, 20])
    assert set(clash.value.rules) <= {Share("y", least=0.5), OneTreatment()}
    assert Share("y", least=0.5) in clash.value.rules


def test_works_that_must_be_done_make_room_for_one_another() -> None:
    """A fits both years and B the first alone: whichever is named first."""
    problem = Problem(works(10, 20), alone(5, 1), 0.0, (Must("A"), Must("B")))
    assert [names(problem, plan.chosen) for plan in plan_years(problem, [20, 10])] == ["B", "A"]


def test_the_price_of_a_rule_is_told_where_lifting_it_lets_a_year_take_what_the_next_needs() -> None:
    share, must = Share("y", least=0.5), Must("C")
    problem = Problem(works(10, 10, 10, areas="yyx"), alone(100, 90, 1), 0.0, (share, must))
    plans = plan_years(problem, [20, 20])
    assert cost_of_rules(problem, [20, 20], delivered(plans)) == {share: 0, must: 0}


def test_a_rule_whose_price_takes_too_long_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty works that are worth what they cost, nearly: which of them fill a budget takes a while to prove."""
    costs = np.random.default_rng(3).integers(1_000, 2_000, 80)
    some = Works(tuple(map(str, range(80))), costs.astype(float), tuple(map(str, range(80))), ("x",) * 80)
    problem = Problem(some, alone(*(costs + np.arange(80) % 7).tolist()), 0.0, (MustNot("0"),))
    monkeypatch.setattr(rulebook, "SECONDS", 0.0)
    assert cost_of_rules(problem, [60_001], 1.0) == {MustNot("0"): None}


@settings(deadline=None, max_examples=40)
@given(problems(), st.lists(st.integers(20, 40), min_size=2, max_size=2))
def test_a_plan_of_years_is_found_wherever_trying_all_finds_one_and_obeys_every_rule(
    problem: Problem, budgets: list[int]
) -> None:
    years = [replace(problem, budget=budget, rules=yearly(problem)) for budget in budgets]
    tried = product((-1, 0, 1), repeat=len(problem.works))
    try:
        plans = plan_years(problem, budgets)
    except (ClashingRulesError, NoRoomForMustError):
        assert not any(obeys(problem, years, year_of) for year_of in tried)
    else:
        done = [(work, year) for year, plan in enumerate(plans) for work in plan.chosen]
        assert len(dict(done)) == len(done)
        assert obeys(problem, years, [dict(done).get(work, -1) for work in range(len(problem.works))])


def yearly(problem: Problem) -> tuple[Rule, ...]:
    return tuple(rule for rule in problem.rules if isinstance(rule, Share))


def obeys(problem: Problem, years: Sequence[Problem], year_of: Sequence[int]) -> bool:
    """Look at each rule by itself: shares and money year by year, all else over all years."""
    at = np.array(year_of)
    done = {problem.works.names[i] for i in np.flatnonzero(at >= 0)}
    roads = [problem.works.roads[i] for i in np.flatnonzero(at >= 0)]
    for rule in problem.rules:
        if isinstance(rule, Must) and rule.work not in done:
            return False
        if isinstance(rule, MustNot) and rule.work in done:
            return False
        if isinstance(rule, NotBoth) and rule.first != rule.second and {rule.first, rule.second} <= done:
            return False
    return len(set(roads)) == len(roads) and not any(one.book.broken(at == year) for year, one in enumerate(years))
