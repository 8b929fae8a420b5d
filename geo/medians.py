"""The p-median where no solver finishes: better answers by exchanging sites, and how good any answer can be at all."""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.sites import Mask, Numbers

PATIENCE = 30  # steps without a better bound before they are made half as long
SMALLEST_STEP = 1e-3
BETTER = 1 - 1e-9  # of a cost: anything less is rounding


@dataclass(frozen=True)
class Median:
    """Costs (n, m) of sites to be added, `base` (n,) of the existing ones, people (n,), and what limits the choice.

    At most `number` sites for at most `budget` by their `price` (m,), which leave at least `least_people` served.
    """

    costs: Numbers
    base: Numbers
    people: Numbers
    number: float
    price: Numbers
    budget: float
    least_people: float

    def cost(self, chosen: Mask) -> float:
        """Give people · cost once the chosen sites (m,) are open; who is not served counts for nothing."""
        return float(self._weighed(self._nearest(chosen)[:, None])[0])

    def exchanged(self, chosen: Mask) -> tuple[float, Mask]:
        """Give the least cost that one site more, or one in the place of another, makes, and the sites then open."""
        best, found = np.inf, chosen
        for out in (-1, *np.flatnonzero(chosen).tolist()):
            kept = chosen.copy()
            if out >= 0:
                kept[out] = False
            fits = ~chosen & (self.price + self.price[kept].sum() <= self.budget) & (kept.sum() + 1 <= self.number)
            costs = np.minimum(self._nearest(kept)[:, None], self.costs)
            fits &= self.people @ np.isfinite(costs) >= self.least_people
            cost = np.where(fits, self._weighed(costs), np.inf)
            at = int(cost.argmin()) if len(cost) else 0
            if len(cost) and cost[at] < best:
                best, found = float(cost[at]), kept
                found[at] = True
        return best, found

    def _nearest(self, chosen: Mask) -> Numbers:
        return np.asarray(np.minimum(self.base, self.costs[:, chosen].min(axis=1, initial=np.inf)))

    def _weighed(self, costs: Numbers) -> Numbers:
        return np.asarray(self.people @ np.where(np.isfinite(costs), costs, 0.0))


def climb(median: Median, chosen: Mask, seconds: float) -> Mask:
    """Add and exchange sites as long as that shortens ways, or until the time is over (Teitz and Bart 1968)."""
    until, cost = time.monotonic() + seconds, median.cost(chosen)
    while True:
        better, found = median.exchanged(chosen)
        if better >= cost * BETTER:
            return chosen
        cost, chosen = better, found
        if time.monotonic() > until:
            return chosen


def least_cost(median: Median, reached: float, seconds: float) -> float:
    """Give a cost below which no choice gets, by Lagrange multipliers on serving once and on serving enough.

    Subgradient steps towards `reached` (Held, Wolfe and Crowder 1974); any multipliers give a valid bound.
    """
    costs = np.column_stack([median.base, median.costs])
    near = np.isfinite(costs)
    costs = np.where(near, costs, 0.0)
    people = median.people
    farthest = float(costs.max(initial=0))
    for_more, for_once = farthest, people * (farthest - np.where(near, costs, farthest).min(axis=1, initial=farthest))
    best, step, waited, until = 0.0, 1.0, 0, time.monotonic() + seconds
    while step > SMALLEST_STEP and best < reached * BETTER:
        value = np.where(near, people[:, None] * (costs - for_more) + for_once[:, None], 0.0)
        taken = value < 0
        of_site = np.where(taken, value, 0.0).sum(axis=0)
        open_ = np.concatenate([[1.0], _cheapest(of_site[1:], median)])
        bound = for_more * median.least_people - for_once.sum() + float(of_site @ open_)
        waited = 0 if bound > best else waited + 1
        best = max(best, bound)
        if waited > PATIENCE:
            step, waited = step / 2, 0
        times = taken @ open_
        once, more = times - 1, median.least_people - float(people @ times)
        size = float(once @ once) + more * more / max(1.0, float(people @ people))
        if size == 0 or time.monotonic() > until:
            break
        length = step * max(reached - bound, 1e-9 * reached) / size
        for_once = np.maximum(0.0, for_once + length * once)
        for_more = max(0.0, for_more + length * more / max(1.0, float(people @ people)))
    return best


def _cheapest(value: Numbers, median: Median) -> NDArray[np.float64]:
    """Open what brings most (negative values) within number and budget, the last site in part: never too little."""
    chosen, useful = np.zeros(len(value)), np.flatnonzero((value < 0) & (median.price <= median.budget))
    if not len(useful):
        return chosen
    by_number = useful[np.argsort(value[useful])][: int(min(median.number, len(useful)))]
    chosen[by_number] = 1.0
    if median.price[by_number].sum() <= median.budget:
        return chosen
    with np.errstate(divide="ignore"):
        rate = value[useful] / median.price[useful]
    chosen[:] = 0.0
    left = median.budget
    for site in useful[np.argsort(rate)].tolist():
        chosen[site] = min(1.0, left / median.price[site]) if median.price[site] > 0 else 1.0
        left -= chosen[site] * median.price[site]
        if left <= 0:
            break
    return chosen
