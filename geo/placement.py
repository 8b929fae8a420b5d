"""Which sites to open, as a mixed-integer programme for HiGHS."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.compact import SLACK, Compact
from geo.sites import Mask, NoAnswerInTimeError, NoNewSiteError, Numbers, Question


@dataclass(frozen=True)
class Solution:
    """Sites open (m,), how far that may be from the best, and the share of each near pair's people (pairs,).

    Where capacities do not bind there are no shares: everybody goes to the nearest.
    """

    is_open: Mask
    gap: float
    shares: Numbers | None = None


@dataclass(frozen=True)
class Model:
    """Sites to open (binary) and, for each near pair of place and site, the share of the place's people it serves."""

    question: Question
    near: Mask

    @cached_property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """List the place and the site of each near pair."""
        place, site = np.nonzero(self.near)
        return place, site

    @cached_property
    def demand(self) -> Numbers:
        """Give the people of each pair's place."""
        return self.question.demand[self.pairs[0]]

    @cached_property
    def addable(self) -> Mask:
        """Mark the sites (m,) that may be open; raises NoNewSiteError if none may be added."""
        price = self.question.by_site(self.question.price, 0.0)
        affordable = ~self.question.is_open & (price <= self.question.budget)
        if not affordable.any() or self.question.new < 1:
            raise NoNewSiteError
        return affordable | self.question.is_open

    def people(self, solution: Solution) -> float:
        """Count the people served."""
        return float(self.demand @ self.shares(solution))

    def shares(self, solution: Solution) -> Numbers:
        """Give the shares as solved, or, where no capacity binds, everyone to the nearest open site."""
        if solution.shares is not None and self.question.capacity is not None:
            return solution.shares
        place, site = self.pairs
        open_costs = np.where(self.near & solution.is_open, self.question.costs, np.inf)
        first = open_costs.argmin(axis=1)
        return np.asarray((first[place] == site) & np.isfinite(open_costs[place, site]), np.float64)

    def serve_most(self, allowed: Mask, seconds: float) -> Solution:
        """Open sites among the allowed (m,) that serve the most people; raises NoAnswerInTimeError."""
        compact = Compact(self.question, self.near, allowed)
        if self.question.capacity is None:
            return Solution(*compact.most(seconds))
        try:
            return self._solve(-self.demand, allowed, 0.0, seconds)
        except NoAnswerInTimeError:
            roomy, _ = compact.most(seconds)
            found = self._solve(-self.demand, roomy, 0.0, seconds)
            people, most = self.people(found), float(self.question.demand @ self.near[:, roomy].any(axis=1))
            return replace(found, gap=(most - people) / max(people, 1.0))

    def shorten(self, most: Solution, seconds: float) -> Solution:
        """Open sites that make people · cost least while they serve as many people as `most` does.

        Where capacities bind and no answer is found in time, the sites of `most` stay, each with those nearest to it.
        """
        people, compact = self.people(most), Compact(self.question, self.near, self.addable)
        if self.question.capacity is None:
            return Solution(*compact.shortest(most.is_open, people, seconds))
        weight = self.demand * self.question.costs[self.pairs]
        least = people * (1 - SLACK)
        try:
            return self._solve(weight, self.addable, least, seconds)
        except NoAnswerInTimeError:
            found = self._solve(weight, most.is_open, least, seconds)
            cost = float(weight @ self.shares(found))
            return replace(found, gap=compact.gap(cost, people, seconds))

    def _solve(self, objective: Numbers, allowed: Mask, least_people: float, seconds: float) -> Solution:
        sites = self.near.shape[1]
        found = milp(
            np.concatenate([np.zeros(sites), objective / max(1.0, float(np.abs(objective).max(initial=0)))]),
            constraints=[self._limits(), LinearConstraint(self._row(self.demand), least_people, np.inf)],
            integrality=np.concatenate([np.ones(sites), np.zeros(len(objective))]),
            bounds=Bounds(
                np.concatenate([self.question.is_open, np.zeros(len(objective))]),
                np.concatenate([allowed, np.ones(len(objective))]),
            ),
            options={"mip_rel_gap": 0, "time_limit": seconds},
        )
        if found.x is None:
            raise NoAnswerInTimeError(seconds)
        return Solution(found.x[:sites] > 0.5, float(found.mip_gap or 0), found.x[sites:])

    def _row(self, of_pairs: Numbers) -> csr_array:
        return csr_array(np.concatenate([np.zeros(self.near.shape[1]), of_pairs])[None, :])

    def _limits(self) -> LinearConstraint:
        """Nobody twice; only by open sites; within capacities, the number of new sites and the budget."""
        question, (place, site) = self.question, self.pairs
        pair = np.arange(len(place))
        n, m = self.near.shape
        once = csr_array((np.ones(len(pair)), (place, pair)), shape=(n, len(pair)))
        opened = csr_array((-np.ones(len(pair)), (pair, site)), shape=(len(pair), m))
        new = (~question.is_open).astype(float)
        spent = csr_array(np.vstack([new, new * question.by_site(question.price, 0.0)]))
        blocks = [
            (hstack([csr_array((n, m)), once]), np.ones(n)),
            (hstack([opened, csr_array(eye_array(len(pair)))]), np.zeros(len(pair))),
            (hstack([spent, csr_array((2, len(pair)))]), np.array([question.new, question.budget])),
        ]
        if question.capacity is not None:
            used = csr_array((self.demand, (site, pair)), shape=(m, len(pair)))
            blocks.append((hstack([csr_array((m, m)), used]), question.by_site(question.capacity, np.inf)))
        rows, highs = zip(*blocks, strict=True)
        return LinearConstraint(csr_array(vstack(rows)), -np.inf, np.concatenate(highs))
