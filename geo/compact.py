"""Where to build while no capacity binds: everybody goes to the nearest open site, so that few pairs need weighing.

A new site matters to a place alone where it is nearer than all existing ones: of 90,000 pairs of a regency 10,000 stay.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.medians import Median, climb, least_cost
from geo.sites import Mask, NoAnswerInTimeError, Numbers, Question

SLACK = 1e-9  # of the people served, which shorter ways may not cost


@dataclass(frozen=True)
class Compact:
    """A question without capacities: which of the allowed sites (m,) to add, where `near` (n, m) may serve."""

    question: Question
    near: Mask
    allowed: Mask

    @cached_property
    def new(self) -> NDArray[np.intp]:
        """Number the sites that may be added."""
        return np.flatnonzero(self.allowed & ~self.question.is_open)

    @cached_property
    def base(self) -> Numbers:
        """Give the cost from each place to the nearest existing site; infinite where none serves it."""
        open_costs = np.where(self.near & self.question.is_open, self.question.costs, np.inf)
        return np.asarray(open_costs.min(axis=1, initial=np.inf))

    @cached_property
    def costs(self) -> Numbers:
        """Give the costs from the places to the sites that may be added."""
        return np.where(self.near[:, self.new], self.question.costs[:, self.new], np.inf)

    def most(self, seconds: float) -> tuple[Mask, float]:
        """Mark the open sites (m,) that serve the most people, with the gap; raises NoAnswerInTimeError."""
        asking = np.flatnonzero(np.isinf(self.base) & np.isfinite(self.costs).any(axis=1))
        sites, k = len(self.new), len(asking)
        if not k:
            return self.question.is_open, 0.0
        served = hstack([csr_array(-np.isfinite(self.costs[asking]).astype(float)), eye_array(k)])
        people = self.question.demand[asking]
        found = self._solve(
            -people / max(people.max(), 1.0), [LinearConstraint(csr_array(served), -np.inf, 0)], seconds
        )
        if found.x is None:
            raise NoAnswerInTimeError(seconds)
        return self._open(found.x[:sites] > 0.5), float(found.mip_gap or 0)

    def shortest(self, start: Mask, people: float, seconds: float) -> tuple[Mask, float]:
        """Mark the open sites (m,) that make people · cost least while so many are served, with the gap.

        Where the solver does not prove its answer in time, the better of its own and of what exchanging sites makes of
        `start`, which serves so many, with the gap to a bound by Lagrange multipliers.
        """
        place, site = np.nonzero(self.costs < self.base[:, None])
        if not len(place):
            return self.question.is_open, 0.0
        found = self._solve(*self._of_pairs(place, site, people), seconds)
        if found.status == 0:
            return self._open(found.x[: len(self.new)] > 0.5), 0.0
        median = self._median(people)
        tried = [start[self.new]] + ([found.x[: len(self.new)] > 0.5] if found.x is not None else [])
        best = min((climb(median, chosen, seconds) for chosen in tried), key=median.cost)
        return self._open(best), self.gap(median.cost(best), people, seconds)

    def gap(self, cost: float, people: float, seconds: float) -> float:
        """Tell by what share of itself a cost may be above the least that serves so many people."""
        return max(0.0, 1 - least_cost(self._median(people), cost, seconds) / cost) if cost > 0 else 0.0

    def _median(self, people: float) -> Median:
        return Median(self.costs, self.base, self.question.demand, *self._limits, people * (1 - SLACK))

    @property
    def _limits(self) -> tuple[float, Numbers, float]:
        """Give how many sites may be added, what each costs, and for how much."""
        return self.question.new, self.question.by_site(self.question.price, 0.0)[self.new], self.question.budget

    def _of_pairs(
        self, place: NDArray[np.intp], site: NDArray[np.intp], people: float
    ) -> tuple[Numbers, list[LinearConstraint]]:
        """Weigh each pair of a place and a site that is nearer to it than all existing ones."""
        n, m, count = len(self.base), len(self.new), len(place)
        pair, without = np.arange(count), np.isinf(self.base[place])
        demand, cost = self.question.demand[place], self.costs[place, site]
        weight = demand * np.where(without, cost, cost - np.where(without, 0.0, self.base[place]))
        once = csr_array((np.ones(count), (place, pair)), shape=(n, count))
        opened = csr_array((-np.ones(count), (pair, site)), shape=(count, m))
        rows = vstack([hstack([csr_array((n, m)), once]), hstack([opened, eye_array(count)])])
        highs = np.concatenate([np.ones(n), np.zeros(count)])
        limits = [LinearConstraint(csr_array(rows), -np.inf, highs)]
        already = float(self.question.demand[np.isfinite(self.base)].sum())
        gained = csr_array(np.concatenate([np.zeros(m), np.where(without, demand, 0.0)])[None])
        limits.append(LinearConstraint(gained, people * (1 - SLACK) - already, np.inf))
        return weight / max(1.0, float(np.abs(weight).max())), limits

    def _solve(self, objective: Numbers, limits: list[LinearConstraint], seconds: float) -> OptimizeResult:
        """Solve for the sites (binary) and what follows of them (0 to 1, at no cost of its own for the sites)."""
        sites, rest = len(self.new), len(objective)
        number, price, budget = self._limits
        spent = csr_array(np.hstack([np.vstack([np.ones(sites), price]), np.zeros((2, rest))]))
        return milp(
            np.concatenate([np.zeros(sites), objective]),
            constraints=[*limits, LinearConstraint(spent, -np.inf, [number, budget])],
            integrality=np.concatenate([np.ones(sites), np.zeros(rest)]),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "time_limit": seconds},
        )

    def _open(self, chosen: Mask) -> Mask:
        marked = self.question.is_open.copy()
        marked[self.new[chosen]] = True
        return marked
