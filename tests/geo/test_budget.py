"""Choices of works, held against trying all sets of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import rulebook
from geo.budget import Plan, Problem, appraise, choose, knapsack
from geo.corridors import corridors
from geo.repairs import Service
from geo.rulebook import ClashingRulesError
from geo.rules import (
    BudgetTooSmallError,
    MissingCostError,
    Must,
    MustNot,
    NotBoth,
    OneTreatment,
    Rule,
    Share,
    UnknownWorkError,
    Works,
)
from geo.worth import RepairValues
from geo.years import NoRoomForMustError, cost_of_rules, curve, delivered, plan_years
from tests.geo.networks import repairs, roads


@dataclass(frozen=True)
class Reaching:
    """Works that each reach some villages; a village counts once, and some only if two works are done together."""

    villages: tuple[frozenset[int], ...]
    people: tuple[float, ...]
    together: tuple[tuple[int, int, float], ...] = ()

    def joint(self, chosen: Sequence[int]) -> float:
        reached = frozenset().union(*(self.villages[work] for work in chosen))
        joined = sum(worth for a, b, worth in self.together if a in chosen and b in chosen)
        return sum(self.people[village] for village in reached) + joined

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], np.ndarray]:
        return lambda chosen: np.array([self.joint([*chosen, *move]) - self.joint(chosen) for move in moves])


def works(*costs: float, roads: str | None = None, areas: str | None = None) -> Works:
    """Works A, B, C … on roads and in areas of one letter each."""
    names = tuple(chr(65 + i) for i in range(len(costs)))
    return Works(names, np.array(costs, float), tuple(roads or names), tuple(areas or "x" * len(costs)))


def alone(*benefits: float) -> Reaching:
    return Reaching(tuple(frozenset([i]) for i in range(len(benefits))), benefits)


def names(problem: Problem, chosen: Sequence[int]) -> str:
    return "".join(problem.works.names[work] for work in chosen)


def optimum(problem: Problem) -> Plan:
    """The best choice, found by trying all sets of works; raises as `choose` does."""
    count = len(problem.works)
    problem.book.best(problem.singles, np.zeros(count, bool))
    sets = (np.array(bits) for bits in product((False, True), repeat=count))
    return max((problem.plan(one) for one in sets if not problem.book.broken(one)), key=lambda plan: plan.delivered)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to seven works that overlap and help one another, with any mix of rules."""
    count = draw(st.integers(1, 7))
    work, villages = st.integers(0, count - 1), range(6)
    reached = draw(st.lists(st.frozensets(st.sampled_from(villages)), min_size=count, max_size=count))
    together = draw(st.lists(st.tuples(work, work, st.integers(1, 50)), max_size=3))
    people = tuple(draw(st.lists(st.integers(0, 100), min_size=6, max_size=6)))
    letters = st.lists(st.sampled_from("pqrs"), min_size=count, max_size=count).map("".join)
    costs = draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    some = works(*costs, roads=draw(letters), areas=draw(letters))
    name, area = st.sampled_from(some.names), st.sampled_from(some.areas)
    kinds = st.builds(Must, name) | st.builds(MustNot, name) | st.builds(NotBoth, name, name)
    shares = st.builds(Share, area, st.sampled_from([0.0, 0.2]), st.sampled_from([0.5, 1.0]))
    rules = draw(st.lists(kinds | shares, max_size=3))
    pairs = tuple({(min(a, b), max(a, b)) for a, b, _ in together if a != b})
    values = Reaching(tuple(reached), people, tuple(together))
    return Problem(some, values, draw(st.integers(1, 60)), tuple(rules), pairs)


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


class TestYears:
    def test_each_year_comes_on_top_of_the_years_before(self) -> None:
        values = Reaching((frozenset([0]), frozenset([0]), frozenset([1])), (100, 60))
        problem = Problem(works(10, 10, 10), values, 0.0)
        plans = plan_years(problem, [10, 10])
        assert [plan.delivered for plan in plans] == [100, 60]

    def test_a_road_treated_in_one_year_is_left_alone_in_the_next(self) -> None:
        problem = Problem(works(10, 10, 10, roads="ppq"), alone(40, 30, 20), 0.0)
        assert [names(problem, plan.chosen) for plan in plan_years(problem, [10, 10])] == ["A", "C"]

    def test_works_that_exclude_each_other_do_so_over_the_years(self) -> None:
        problem = Problem(works(10, 10, 10), alone(40, 30, 20), 0.0, (NotBoth("A", "B"),))
        assert [names(problem, plan.chosen) for plan in plan_years(problem, [10, 10])] == ["A", "C"]

    def test_what_must_be_done_is_done_in_the_first_year_with_room(self) -> None:
        problem = Problem(works(10, 10, 30), alone(40, 30, 1), 0.0, (Must("C"),))
        assert [names(problem, plan.chosen) for plan in plan_years(problem, [20, 40])] == ["AB", "C"]

    def test_what_must_be_done_and_fits_no_year_is_named(self) -> None:
        with pytest.raises(NoRoomForMustError, match="No year has room for A"):
            plan_years(Problem(works(30), alone(1), 0.0, (Must("A"),)), [20, 20])

    def test_a_share_for_a_kecamatan_in_every_year_holds_back_what_the_later_year_needs(self) -> None:
        """A and B (in y) are the best two for the first year; then nothing of y were left for the second."""
        problem = Problem(works(10, 10, 10, areas="yyx"), alone(100, 90, 1), 0.0, (Share("y", least=0.5),))
        plans = plan_years(problem, [20, 20])
        assert [names(problem, plan.chosen) for plan in plans] == ["AC", "B"]

    def test_rules_for_several_years_clash_by_the_names_that_they_were_given(self) -> None:
        problem = Problem(works(10, 10, areas="yx"), alone(100, 1), 0.0, (Share("y", least=0.5),))
        with pytest.raises(ClashingRulesError) as clash:
            plan_years(problem, [20, 20])
        assert set(clash.value.rules) <= {Share("y", least=0.5), OneTreatment()}
        assert Share("y", least=0.5) in clash.value.rules

    def test_works_that_must_be_done_make_room_for_one_another(self) -> None:
        """A fits both years and B the first alone: whichever is named first."""
        problem = Problem(works(10, 20), alone(5, 1), 0.0, (Must("A"), Must("B")))
        assert [names(problem, plan.chosen) for plan in plan_years(problem, [20, 10])] == ["B", "A"]

    def test_the_price_of_a_rule_is_told_where_lifting_it_lets_a_year_take_what_the_next_needs(self) -> None:
        share, must = Share("y", least=0.5), Must("C")
        problem = Problem(works(10, 10, 10, areas="yyx"), alone(100, 90, 1), 0.0, (share, must))
        plans = plan_years(problem, [20, 20])
        assert cost_of_rules(problem, [20, 20], delivered(plans)) == {share: 0, must: 0}

    def test_a_rule_whose_price_takes_too_long_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Eighty works that are worth what they cost, nearly: which of them fill a budget takes a while to prove."""
        costs = np.random.default_rng(3).integers(1_000, 2_000, 80)
        some = Works(tuple(map(str, range(80))), costs.astype(float), tuple(map(str, range(80))), ("x",) * 80)
        problem = Problem(some, alone(*(costs + np.arange(80) % 7).tolist()), 0.0, (MustNot("0"),))
        monkeypatch.setattr(rulebook, "SECONDS", 0.0)
        assert cost_of_rules(problem, [60_001], 1.0) == {MustNot("0"): None}

    @settings(deadline=None, max_examples=40)
    @given(problems(), st.lists(st.integers(20, 40), min_size=2, max_size=2))
    def test_a_plan_of_years_is_found_wherever_trying_all_finds_one_and_obeys_every_rule(
        self, problem: Problem, budgets: list[int]
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
