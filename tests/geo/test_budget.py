"""Choices of works, held against trying all sets of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.budget import Problem, appraise, choose, knapsack
from geo.corridors import corridors
from geo.repairs import Service
from geo.rulebook import ClashingRulesError
from geo.rules import (
    BudgetTooSmallError,
    MissingCostError,
    Must,
    MustNot,
    NotBoth,
    Rule,
    Share,
    UnknownWorkError,
)
from geo.worth import RepairValues
from geo.years import cost_of_rules, curve, delivered
from tests.geo.choices import Reaching, alone, names, optimum, problems, works
from tests.geo.networks import repairs, roads

INF = np.inf


@settings(deadline=None)
@given(problems())
def test_a_choice_obeys_all_rules_and_never_beats_the_true_optimum(problem: Problem) -> None:
    try:
        best = optimum(problem)
    except (BudgetTooSmallError, ClashingRulesError) as refused:
        with pytest.raises(type(refused)):
            choose(problem)
        return
    plan = choose(problem)
    chosen = np.isin(np.arange(len(problem.works)), plan.chosen)
    assert problem.book.broken(chosen) == ()
    assert plan.cost <= problem.budget * (1 + 1e-6)
    assert knapsack(problem).delivered - 1e-9 <= plan.delivered <= best.delivered + 1e-9
    assert plan.delivered == pytest.approx(problem.values.joint(plan.chosen))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 99)), min_size=1, max_size=9), st.integers(30, 90))
def test_benefits_that_do_add_up_are_chosen_among_without_loss(pairs, budget: int) -> None:
    problem = Problem(works(*(cost for cost, _ in pairs)), alone(*(benefit for _, benefit in pairs)), budget)
    assert choose(problem).delivered == pytest.approx(optimum(problem).delivered)


def test_on_average_no_more_than_a_hundredth_of_the_optimum_is_lost() -> None:
    random = np.random.default_rng(11)
    shares = []
    for _ in range(40):
        reached = tuple(frozenset(random.choice(15, random.integers(1, 6)).tolist()) for _ in range(10))
        values = Reaching(reached, tuple(random.integers(1, 100, 15).tolist()))
        problem = Problem(works(*random.integers(5, 30, 10).tolist()), values, 60.0)
        shares.append(choose(problem).delivered / optimum(problem).delivered)
    assert np.mean(shares) > 0.99
    assert min(shares) > 0.85


def test_a_knapsack_claims_more_than_it_delivers_where_works_reach_the_same_people() -> None:
    """A and B reach the same hundred; C another sixty. By single benefits A and B are the best pair."""
    values = Reaching((frozenset([0]), frozenset([0]), frozenset([1])), (100, 60))
    problem = Problem(works(10, 10, 10), values, 20.0)
    by_sums, chosen = knapsack(problem), choose(problem)
    assert (by_sums.claimed, by_sums.delivered) == (200, 100)
    assert (chosen.claimed, chosen.delivered) == (160, 160)


def test_a_corridor_is_found_though_neither_of_its_works_is_worth_anything_alone() -> None:
    values = Reaching((frozenset(), frozenset(), frozenset([0])), (30,), ((0, 1, 100),))
    lone = Problem(works(10, 10, 10), values, 20.0)
    assert choose(lone).delivered == 30
    assert names(lone, choose(replace(lone, corridors=((0, 1),))).chosen) == "AB"


class TestRules:
    PROBLEM = Problem(works(10, 10, 10, 10, roads="ppqr", areas="xxyy"), alone(40, 30, 20, 10), 20.0)

    def chosen(self, *rules: Rule) -> str:
        problem = replace(self.PROBLEM, rules=rules)
        return names(problem, choose(problem).chosen)

    def test_a_road_gets_one_treatment_at_most(self) -> None:
        assert self.chosen() == "AC"

    def test_what_must_be_done_is_done(self) -> None:
        assert self.chosen(Must("D")) == "AD"

    def test_what_must_not_be_done_is_not(self) -> None:
        assert self.chosen(MustNot("A")) == "BC"

    def test_two_works_may_exclude_each_other(self) -> None:
        assert self.chosen(NotBoth("A", "C"), MustNot("B")) == "AD"

    def test_an_area_gets_its_share(self) -> None:
        assert self.chosen(Share("y", least=1.0)) == "CD"
        assert self.chosen(Share("y", most=0.0)) == "A"

    def test_a_share_is_met_even_by_works_that_bring_nothing(self) -> None:
        problem = replace(self.PROBLEM, values=alone(40, 30, 0, 0), rules=(Share("y", least=0.5),))
        assert choose(problem).delivered == 40
        assert choose(problem).cost == 20

    def test_each_rule_costs_what_could_be_had_without_it(self) -> None:
        rules = (Must("D"), MustNot("A"))
        problem = replace(self.PROBLEM, rules=rules)
        assert cost_of_rules(problem, [20.0], choose(problem).delivered) == {rules[0]: 10, rules[1]: 10}

    def test_rules_that_clash_are_named_and_only_those(self) -> None:
        rules = (MustNot("C"), Must("A"), Share("x", most=0.4), NotBoth("C", "D"))
        with pytest.raises(ClashingRulesError) as clash:
            self.chosen(*rules)
        assert set(clash.value.rules) == {Must("A"), Share("x", most=0.4)}
        assert "A must be done" in str(clash.value)

    def test_two_treatments_of_one_road_that_must_be_done_clash_with_the_rule_of_one(self) -> None:
        with pytest.raises(ClashingRulesError, match="A must be done; B must be done; one treatment a road"):
            self.chosen(Must("A"), Must("B"))

    def test_more_that_must_be_done_than_there_is_money_for_clashes_with_the_budget(self) -> None:
        with pytest.raises(ClashingRulesError, match="the budget"):
            self.chosen(Must("A"), Must("C"), Must("D"))

    def test_a_rule_about_a_work_nobody_knows_is_refused(self) -> None:
        with pytest.raises(UnknownWorkError, match="names Z"):
            self.chosen(Must("Z"))


def test_a_budget_below_the_cheapest_work_is_refused_with_both_sums() -> None:
    with pytest.raises(BudgetTooSmallError, match=r"budget of 5 .* costs 10") as refused:
        choose(Problem(works(20, 10), alone(1, 2), 5.0))
    assert (refused.value.budget, refused.value.cheapest) == (5, 10)


@pytest.mark.parametrize("cost", [0.0, np.nan, -3.0, np.inf])
def test_a_work_without_a_cost_is_named(cost: float) -> None:
    with pytest.raises(MissingCostError, match="give one for B"):
        works(10, cost)


def test_more_money_never_brings_less() -> None:
    random = np.random.default_rng(3)
    values = Reaching(
        tuple(frozenset(random.choice(20, 4).tolist()) for _ in range(12)), tuple(random.integers(1, 99, 20).tolist())
    )
    problem = Problem(works(*random.integers(5, 30, 12).tolist()), values, 1.0)
    found = curve(problem, [[2.0], [30.0], [60.0], [90.0], [30.0, 90.0]])
    assert found[0] is None
    plans = [one for one in found[1:] if one]
    assert [len(one) for one in plans] == [1, 1, 1, 2]
    sums = [delivered(one) for one in plans]
    assert sums == sorted(sums)
    assert all(one[0].cost <= budget for one, budget in zip(plans, (30, 60, 90, 30), strict=True))


def test_a_larger_budget_of_which_an_area_is_due_a_share_is_planned_anew() -> None:
    problem = Problem(works(10, 30, areas="xy"), alone(50, 5), 0.0, (Share("y", least=0.5),))
    smaller, larger = curve(problem, [[40.0], [60.0]])
    assert smaller == larger
    assert curve(problem, [[40.0], [100.0]])[1] is None


def test_a_planners_own_pick_is_valued_beside_the_best_for_the_same_money() -> None:
    values = Reaching((frozenset([0]), frozenset([0]), frozenset([1])), (100, 60))
    found = appraise(Problem(works(10, 10, 10), values, 50.0, (MustNot("B"),)), [0, 1])
    assert (found.pick.cost, found.pick.claimed, found.pick.delivered) == (20, 200, 100)
    assert found.loss_without == (0, 0)
    assert found.broken == (MustNot("B"),)
    assert found.best is not None
    assert found.best.delivered == 160


def test_a_pick_for_which_no_obedient_choice_costs_as_little_has_none_beside_it() -> None:
    found = appraise(Problem(works(10, 30), alone(5, 9), 50.0, (Must("B"),)), [0])
    assert (found.best, found.broken) == (None, (Must("B"),))


INF = np.inf


def test_corridors_are_runs_of_works_on_a_quickest_way() -> None:
    """Office 0 - 1 - 2 - 3 - 4; works on the first, the second and the last road, the third is in order."""
    network = roads(5, [(0, 1, 9.0), (1, 2, 9.0), (2, 3, 1.0), (3, 4, 9.0), (0, 4, 90.0)])
    arc = {(int(t), int(h)): i for i, (t, h) in enumerate(zip(network.tails, network.heads, strict=True))}
    some = repairs([[(arc[0, 1], 3.0)], [(arc[1, 2], 3.0)], [(arc[3, 4], 3.0)], [(arc[0, 4], 80.0)]])
    assert corridors(network, np.array([0]), some) == ((0, 1), (0, 1, 2), (1, 2))
    assert corridors(network, np.array([0]), some, longest=2) == ((0, 1), (1, 2))


def test_on_roads_the_corridor_is_built_that_greedy_alone_would_miss() -> None:
    network = roads(3, [(0, 1, INF), (1, 2, INF), (0, 2, 30.0)])
    some = repairs([[(0, 5.0)], [(2, 5.0)], [(1, 28.0)]])
    service = Service(np.array([0]), np.array([0.0, 0.0, 10.0]), 1.0, 60.0)
    values = RepairValues(network, [service], some, connection=0.0)
    problem = Problem(works(10, 10, 20), values, 20.0, (), corridors(network, np.array([0]), some))
    assert choose(problem).delivered == optimum(problem).delivered == 200
