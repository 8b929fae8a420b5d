"""Works for a budget of several years, each year on top of those before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.budget import Plan, Problem, Values, choose
from geo.rules import Must, MustNot, NotBoth, Numbers, WorksError


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

    def marginals(self, chosen: Sequence[int], moves: Sequence[Sequence[int]]) -> Numbers:
        """Value each move on top of what is done and chosen."""
        return self.values.marginals((*self.done, *chosen), moves)


def plan_years(problem: Problem, budgets: Sequence[float]) -> list[Plan]:
    """Choose year by year, each on top of the years before; money left over at the end of a year lapses.

    What must be done is done in the first year with room for it; shares hold for each year's budget. Raises as `choose`
    does, and NoRoomForMustError.
    """
    due = _due(problem, budgets)
    done: tuple[int, ...] = ()
    plans = []
    for year, budget in enumerate(budgets):
        later = {name for name, other in due.items() if other != year}
        rules = [rule for rule in problem.rules if not isinstance(rule, Must) or due[rule.work] == year]
        rules += [MustNot(name) for name in sorted(later | _excluded(problem, done))]
        here = replace(problem, values=OnTop(problem.values, done), budget=budget, rules=tuple(rules))
        plans.append(choose(here))
        done += plans[-1].chosen
    return plans


def _excluded(problem: Problem, done: Sequence[int]) -> set[str]:
    """Name the works that those done leave no room for: on the same roads, or not both by a rule."""
    names, roads = ({of[work] for work in done} for of in (problem.works.names, problem.works.roads))
    pairs = [{rule.first, rule.second} for rule in problem.rules if isinstance(rule, NotBoth)]
    partners = {name for pair in pairs if pair & names for name in pair}
    return partners | {n for n, road in zip(problem.works.names, problem.works.roads, strict=True) if road in roads}


def _due(problem: Problem, budgets: Sequence[float]) -> dict[str, int]:
    room, due = list(budgets), {}
    for rule in problem.rules:
        if isinstance(rule, Must):
            cost = float(problem.works.cost @ problem.works.only(rule.work))
            year = next((year for year, left in enumerate(room) if left >= cost), None)
            if year is None:
                raise NoRoomForMustError(rule.work)
            room[year] -= cost
            due[rule.work] = year
    return due
