"""Which works for a budget: by what they bring together, not by what each would bring alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array, eye_array

from geo.rulebook import ClashingRulesError, Mask, NotSolvedError, RuleBook
from geo.rules import BudgetTooSmallError, Must, Numbers, Rule, Works

PASSES = 5
NOTHING = 1e-9


class Values(Protocol):
    """What sets of works are worth, told exactly; geo.worth.RepairValues is one."""

    def joint(self, chosen: Sequence[int]) -> float:
        """Value some works done together."""

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each move (k,), some works at once, on top of those chosen."""


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
        return self.alone(())

    @cached_property
    def alone(self) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each work (w,) on top of those chosen."""
        return self.values.over([(i,) for i in range(len(self.works))])

    @cached_property
    def moves(self) -> list[tuple[int, ...]]:
        """List single works (first, in their order) and those corridors that are worth more than their parts."""
        joint = self.values.over(self.corridors)(()) if self.corridors else np.empty(0)
        gains = joint > [self.singles[list(corridor)].sum() + NOTHING for corridor in self.corridors]
        return [(i,) for i in range(len(self.works))] + list(compress(self.corridors, gains))

    @cached_property
    def moved(self) -> csr_array:
        """Mark the works of each move, as rows (k, w)."""
        ends = np.cumsum([0, *map(len, self.moves)])
        marks = np.ones(ends[-1]), np.concatenate(self.moves), ends
        return csr_array(marks, shape=(len(self.moves), len(self.works)))

    @cached_property
    def by_move(self) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each move (k,) on top of the works chosen."""
        return self.values.over(self.moves)

    def mask(self, chosen: Sequence[int]) -> Mask:
        """Mark some works (w,)."""
        mask = np.zeros(len(self.works), bool)
        mask[list(chosen)] = True
        return mask

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
        chosen = problem.mask(best.chosen)
        tries = (problem.plan(_grown(problem, mend(problem, chosen))) for mend in (_exchanged, _swapped))
        better = next((plan for plan in tries if plan.delivered > best.delivered + NOTHING), None)
        if better is None:
            break
        best = better
    return best


def knapsack(problem: Problem) -> Plan:
    """Choose as if benefits could be added up: what it claims is seldom what it delivers."""
    return problem.plan(_knapsack(problem))


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
    pick = problem.plan(problem.mask(chosen))
    rest = [[work for work in pick.chosen if work != left_out] for left_out in pick.chosen]
    losses = tuple(pick.delivered - problem.values.joint(without) for without in rest)
    broken = RuleBook.of(problem.works, problem.rules, problem.budget).broken(problem.mask(chosen))
    try:
        best = choose(replace(problem, budget=pick.cost))
    except (BudgetTooSmallError, ClashingRulesError, NotSolvedError):
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
    new = csr_array(problem.moved.multiply(~chosen))
    new.eliminate_zeros()
    open_ = np.flatnonzero((new.sum(axis=1) > 0) & problem.book.admits(chosen, new))
    gains = problem.by_move(np.flatnonzero(chosen).tolist())[open_]
    for at in np.argsort(-gains / (new[open_] @ problem.works.cost), kind="stable"):
        move = problem.mask(problem.moves[open_[at]])
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
        left = chosen & ~problem.mask([int(out)])
        others = np.flatnonzero(~chosen)
        others = others[problem.book.obeyed(left, single[others])]
        picked = np.flatnonzero(left).tolist()
        gains = problem.values.joint(picked) + problem.alone(picked)[others]
        if gains.max(initial=0) > delivered + NOTHING:
            chosen, delivered = left | problem.mask([int(others[gains.argmax()])]), float(gains.max())
    return chosen


def _exchanged(problem: Problem, chosen: Mask) -> Mask:
    """Choose by sums once more, of what each work adds to the chosen, and what these would lose without it."""
    picked = np.flatnonzero(chosen).tolist()
    adding = problem.alone(picked)
    delivered = problem.values.joint(picked)
    adding[picked] = [delivered - problem.values.joint([w for w in picked if w != out]) for out in picked]
    return problem.book.best(adding, np.zeros(len(chosen), bool))
