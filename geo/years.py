"""Works for a budget of several years, each year on top of those before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.budget import Plan, Problem, Values, choose, knapsack
from geo.rulebook import ClashingRulesError, NotSolvedError, RuleBook
from geo.rules import BudgetTooSmallError, Must, MustNot, NotBoth, Numbers, Rule, Share, WorksError

Whole = NDArray[np.int64]
NEVER = -1  # the year of a work that is due in none


class NoRoomForMustError(WorksError):
    """A work that must be done, and that no year's budget pays for."""

    def __init__(self, work: str) -> None:
        self.work = work
        super().__init__(f"No year has room for {work}, which must be done; raise a year's budget or lift the rule.")


@dataclass(frozen=True)
class OnTop:
    """What works are worth on top of others that are done."""

    values: Values
    done: tuple[int, ...]

    def joint(self, chosen: Sequence[int]) -> float:
        """Value some works together, beyond what is done."""
        return self.values.joint((*self.done, *chosen)) - self.values.joint(self.done)

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each move on top of what is done and chosen."""
        valued = self.values.over(moves)
        return lambda chosen: valued((*self.done, *chosen))


def plan_years(problem: Problem, budgets: Sequence[float]) -> list[Plan]:
    """Choose year by year, each on top of the years before; money left over at the end of a year lapses.

    A year's best may spoil a later one, so the best by sums, year by year, is tried as well, and taken where it brings
    more. Raises as `year_by_year` does.
    """
    best = year_by_year(problem, budgets, choose)
    if len(budgets) == 1:
        return best
    try:
        return max((best, year_by_year(problem, budgets, knapsack)), key=delivered)
    except NotSolvedError:
        return best


def year_by_year(problem: Problem, budgets: Sequence[float], choosing: Callable[[Problem], Plan]) -> list[Plan]:
    """Choose for each year as `choosing` does for one; shares hold for each year's budget.

    What must be done is done in the first year with room for it. Where a year would take what the rules of a later one
    ask for, that is held back. Raises as `choosing` does, ClashingRulesError only where no plan obeys every rule, and
    NoRoomForMustError where there are several years.
    """
    if len(budgets) == 1:
        return [choosing(replace(problem, budget=budgets[0]))]
    try:
        return _in_turn(problem, budgets, choosing, _due(problem, budgets))
    except ClashingRulesError:
        return _in_turn(problem, budgets, choosing, _placed(problem, budgets))
    except NoRoomForMustError as refused:
        try:
            due = _placed(problem, budgets)
        except (BudgetTooSmallError, ClashingRulesError):
            raise refused from None
        return _in_turn(problem, budgets, choosing, due)


def _in_turn(problem: Problem, budgets: Sequence[float], choosing: Callable[[Problem], Plan], due: Whole) -> list[Plan]:
    """Choose year by year, and leave what is due (w,) in a later year, with all that excludes it, to that year."""
    done: tuple[int, ...] = ()
    plans = []
    for year, budget in enumerate(budgets):
        kept = (*done, *np.flatnonzero(due > year).tolist())
        rules = [rule for rule in problem.rules if not isinstance(rule, Must) or _year(problem, due, rule) == year]
        rules += [MustNot(name) for name in sorted(_excluded(problem, kept))]
        here = replace(problem, values=OnTop(problem.values, done), budget=budget, rules=tuple(rules))
        plans.append(choosing(here))
        done += plans[-1].chosen
    return plans


def curve(problem: Problem, years: Sequence[Sequence[float]]) -> list[list[Plan] | None]:
    """Plan for ever larger budgets (each a budget a year), None where the rules and the money allow none, or in time
    none was found.

    A larger one never brings less while the rules allow what the smaller one chose.
    """
    found: list[list[Plan] | None] = []
    for budgets in years:
        last = found[-1] if found else None
        try:
            plans = plan_years(problem, budgets)
        except WorksError:
            found.append(None)
            continue
        keeps = last is not None and delivered(last) > delivered(plans) and _obeyed(problem, budgets, last)
        found.append(last if keeps else plans)
    return found


def cost_of_rules(problem: Problem, budgets: Sequence[float], with_all: float) -> dict[Rule, float | None]:
    """Tell what each rule costs: how much more than `with_all` could be delivered without it, None where no choice
    without it was found.
    """
    return {rule: _cost(problem, budgets, with_all, rule) for rule in problem.rules}


def _cost(problem: Problem, budgets: Sequence[float], with_all: float, rule: Rule) -> float | None:
    without = replace(problem, rules=tuple(other for other in problem.rules if other != rule))
    try:
        return max(0.0, delivered(plan_years(without, budgets)) - with_all)
    except WorksError:
        return None


def delivered(plans: Sequence[Plan]) -> float:
    """Sum what the years deliver, each on top of those before."""
    return sum(plan.delivered for plan in plans)


def _obeyed(problem: Problem, budgets: Sequence[float], plans: Sequence[Plan]) -> bool:
    """Tell whether plans for smaller budgets obey the rules that ask for shares of these."""
    shares = tuple(rule for rule in problem.rules if isinstance(rule, Share))
    here = [replace(problem, rules=shares, budget=budget) for budget in budgets]
    return not any(one.book.broken(one.mask(plan.chosen)) for one, plan in zip(here, plans, strict=True))


def _excluded(problem: Problem, done: Sequence[int]) -> set[str]:
    """Name the works that those done leave no room for: on the same roads, or not both by a rule."""
    names, roads = ({of[work] for work in done} for of in (problem.works.names, problem.works.roads))
    pairs = [{rule.first, rule.second} for rule in problem.rules if isinstance(rule, NotBoth)]
    partners = {name for pair in pairs if pair & names for name in pair}
    return partners | {n for n, road in zip(problem.works.names, problem.works.roads, strict=True) if road in roads}


def _due(problem: Problem, budgets: Sequence[float]) -> Whole:
    """Tell the first year with room for each work (w,) that must be done, NEVER for all others."""
    room, due = list(budgets), np.full(len(problem.works), NEVER)
    for rule in problem.rules:
        if isinstance(rule, Must) and _year(problem, due, rule) == NEVER:
            mark = problem.works.only(rule.work)
            cost = float(problem.works.cost @ mark)
            year = next((year for year, left in enumerate(room) if left >= cost), None)
            if year is None:
                raise NoRoomForMustError(rule.work)
            room[year] -= cost
            due[mark > 0] = year
    return due


def _placed(problem: Problem, budgets: Sequence[float]) -> Whole:
    """Place works (w,) in years so that every year obeys every rule, NEVER where they need not be done.

    Later years get what is worth and costs least, since earlier ones go without it. Raises BudgetTooSmallError,
    ClashingRulesError, NotSolvedError.
    """
    every = RuleBook.over_years([replace(problem, budget=budget).book for budget in budgets])
    worth = problem.singles / max(float(problem.singles.max()), 1.0)
    later = worth + problem.works.cost / problem.works.cost.sum()
    weights = np.concatenate([np.zeros(len(later)), *[later] * (len(budgets) - 1)])
    placed = every.lightest(weights).reshape(len(budgets), -1)
    return np.where(placed.any(axis=0), placed.argmax(axis=0), NEVER)


def _year(problem: Problem, due: Whole, rule: Must) -> int:
    return int(due @ (problem.works.only(rule.work) > 0))
