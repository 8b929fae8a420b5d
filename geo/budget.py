"""Which works for a budget: by what they bring together, not by what each would bring alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, pairwise, product
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array, eye_array

from geo.rulebook import ClashingRulesError, Mask, RuleBook
from geo.rules import BudgetTooSmallError, Must, Numbers, Rule, Works, WorksError

MOST_ENUMERATED = 16
PASSES = 5
NOTHING = 1e-9


class Values(Protocol):
    """What sets of works are worth, told exactly; geo.repairs.RepairValues is one."""

    def joint(self, chosen: Sequence[int]) -> float:
        """Value some works done together."""

    def marginals(self, chosen: Sequence[int], moves: Sequence[Sequence[int]]) -> Numbers:
        """Value each move (k,), some works at once, on top of those chosen."""


class TooManyWorksError(WorksError):
    """More works than all sets of them could be tried of."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"All sets of {count} works are too many to try; {MOST_ENUMERATED} works are the most.")


@dataclass(frozen=True)
class Plan:
    """Works chosen (positions), their cost, what they deliver together, and what the sum of single benefits claims."""

    chosen: tuple[int, ...]
    cost: float
    delivered: float
    claimed: float


@dataclass(frozen=True)
class Problem:
    """Works, what sets of them are worth, a budget in rupiah, rules, and corridors: works worth trying together."""

    works: Works
    values: Values
    budget: float
    rules: tuple[Rule, ...] = ()
    corridors: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def book(self) -> RuleBook:
        """Give all rules; raises BudgetTooSmallError, UnknownWorkError."""
        cheapest = float(self.works.cost.min())
        if not self.budget >= cheapest:
            raise BudgetTooSmallError(self.budget, cheapest)
        return RuleBook.of(self.works, self.rules, self.budget)

    @cached_property
    def singles(self) -> Numbers:
        """Value each work (w,) by itself."""
        return self.values.marginals((), [(i,) for i in range(len(self.works))])

    @cached_property
    def moves(self) -> csr_array:
        """List single works and those corridors that are worth more than the sum of their parts, as rows (k, w)."""
        joint = self.values.marginals((), self.corridors)
        gains = joint > [self.singles[list(corridor)].sum() + NOTHING for corridor in self.corridors]
        moves = [(i,) for i in range(len(self.works))] + list(compress(self.corridors, gains))
        ends = np.cumsum([0, *map(len, moves)])
        return csr_array((np.ones(ends[-1]), np.concatenate(moves), ends), shape=(len(moves), len(self.works)))

    def plan(self, chosen: Mask) -> Plan:
        """Tell what a choice (w,) costs and brings."""
        picked = tuple(np.flatnonzero(chosen).tolist())
        cost, claimed = float(self.works.cost[chosen].sum()), float(self.singles[chosen].sum())
        return Plan(picked, cost, self.values.joint(picked), claimed)


def choose(problem: Problem) -> Plan:
    """Choose works: greedy and knapsack, each mended by exchanges until none helps, and the one that delivers more.

    Raises BudgetTooSmallError, UnknownWorkError, ClashingRulesError.
    """
    starts = (_knapsack(problem), _grown(problem, np.zeros(len(problem.works), bool)))
    return max((_mended(problem, start) for start in starts), key=lambda plan: plan.delivered)


def _mended(problem: Problem, start: Mask) -> Plan:
    best = problem.plan(start)
    for _ in range(PASSES):
        chosen = _mask(problem, best.chosen)
        tries = (problem.plan(_grown(problem, mend(problem, chosen))) for mend in (_exchanged, _swapped))
        better = next((plan for plan in tries if plan.delivered > best.delivered + NOTHING), None)
        if better is None:
            break
        best = better
    return best


def knapsack(problem: Problem) -> Plan:
    """Choose as if benefits could be added up: what it claims is seldom what it delivers."""
    return problem.plan(_knapsack(problem))


def optimum(problem: Problem) -> Plan:
    """Find the best choice by trying all sets of at most 16 works; raises TooManyWorksError, else as `choose` does."""
    count = len(problem.works)
    if count > MOST_ENUMERATED:
        raise TooManyWorksError(count)
    problem.book.best(problem.singles, np.zeros(count, bool))
    sets = (np.array(bits) for bits in product((False, True), repeat=count))
    return max((problem.plan(one) for one in sets if not problem.book.broken(one)), key=lambda plan: plan.delivered)


def curve(problem: Problem, budgets: Sequence[float]) -> list[Plan]:
    """Choose for each of several budgets, from small to large; a larger one never brings less while the rules allow."""
    plans: list[Plan] = []
    for budget in sorted(budgets):
        here = replace(problem, budget=budget)
        plan = choose(here)
        if plans and plans[-1].delivered > plan.delivered and not here.book.broken(_mask(here, plans[-1].chosen)):
            plan = plans[-1]
        plans.append(plan)
    return plans


def cost_of_rules(problem: Problem) -> dict[Rule, float]:
    """Tell what each rule costs: how much more could be delivered without it, in the units of the benefits."""
    with_all = choose(problem).delivered
    freed = {rule: replace(problem, rules=tuple(r for r in problem.rules if r != rule)) for rule in problem.rules}
    return {rule: max(0.0, choose(without).delivered - with_all) for rule, without in freed.items()}


@dataclass(frozen=True)
class Appraisal:
    """A planner's own pick: what it brings, what the whole loses without each of its works, the rules it breaks, and
    the best choice found for the same money, if any obeys the rules.
    """

    pick: Plan
    loss_without: tuple[float, ...]
    broken: tuple[Rule, ...]
    best: Plan | None


def appraise(problem: Problem, chosen: Sequence[int]) -> Appraisal:
    """Value a planner's own pick beside the best for the same money; raises UnknownWorkError."""
    pick = problem.plan(_mask(problem, chosen))
    rest = [[work for work in pick.chosen if work != left_out] for left_out in pick.chosen]
    losses = tuple(pick.delivered - problem.values.joint(without) for without in rest)
    broken = RuleBook.of(problem.works, problem.rules, problem.budget).broken(_mask(problem, chosen))
    try:
        best = choose(replace(problem, budget=pick.cost))
    except (BudgetTooSmallError, ClashingRulesError):
        best = None
    return Appraisal(pick, losses, broken, best)


def _knapsack(problem: Problem) -> Mask:
    return problem.book.best(problem.singles, np.zeros(len(problem.works), bool))


def _grown(problem: Problem, chosen: Mask) -> Mask:
    """Add the move that brings most for its money, again and again, every benefit reckoned anew after each."""
    musts = [problem.works.only(rule.work) > 0 for rule in problem.rules if isinstance(rule, Must)]
    chosen = np.logical_or.reduce([chosen, *musts])
    while (move := _next(problem, chosen)) is not None:
        chosen = chosen | move
    return problem.book.best(problem.singles, chosen) if problem.book.broken(chosen) else chosen


def _next(problem: Problem, chosen: Mask) -> Mask | None:
    new = csr_array(problem.moves.multiply(~chosen))
    new.eliminate_zeros()
    open_ = np.flatnonzero((new.sum(axis=1) > 0) & problem.book.admits(chosen, new))
    new = new[open_]
    members = _members(new)
    gains = problem.values.marginals(np.flatnonzero(chosen).tolist(), members)
    for at in np.argsort(-gains / (new @ problem.works.cost), kind="stable"):
        move = _mask(problem, members[at])
        if gains[at] <= NOTHING:
            return None
        if not problem.book.broken(chosen | move) or problem.book.possible(chosen | move):
            return move
    return None


def _swapped(problem: Problem, chosen: Mask) -> Mask:
    """Exchange one work for another wherever that delivers more."""
    delivered = problem.values.joint(np.flatnonzero(chosen).tolist())
    single = csr_array(eye_array(len(problem.works)))
    for out in np.flatnonzero(chosen):
        left = chosen & ~_mask(problem, [int(out)])
        others = np.flatnonzero(~chosen)
        others = others[problem.book.obeyed(left, single[others])]
        picked = np.flatnonzero(left).tolist()
        gains = problem.values.joint(picked) + problem.values.marginals(picked, [(i,) for i in others.tolist()])
        if gains.max(initial=0) > delivered + NOTHING:
            chosen, delivered = left | _mask(problem, [int(others[gains.argmax()])]), float(gains.max())
    return chosen


def _exchanged(problem: Problem, chosen: Mask) -> Mask:
    """Choose by sums once more, of what each work adds to the chosen, and what these would lose without it."""
    picked = np.flatnonzero(chosen).tolist()
    adding = problem.values.marginals(picked, [(i,) for i in range(len(chosen))])
    delivered = problem.values.joint(picked)
    adding[picked] = [delivered - problem.values.joint([w for w in picked if w != out]) for out in picked]
    return problem.book.best(adding, np.zeros(len(chosen), bool))


def _members(moves: csr_array) -> list[list[int]]:
    works = moves.indices.tolist()
    return [works[first:end] for first, end in pairwise(moves.indptr.tolist())]


def _mask(problem: Problem, chosen: Sequence[int]) -> Mask:
    mask = np.zeros(len(problem.works), bool)
    mask[list(chosen)] = True
    return mask
