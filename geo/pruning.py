"""Works about which there is nothing to decide: in every best choice, or in none, whatever the rest of it is."""

import numpy as np
from numpy.typing import NDArray

from geo.rules import Limits, Numbers

Mask = NDArray[np.bool_]
TOLERANCE = 1e-9


def settled(benefits: Numbers, cost: Numbers, limits: Limits, fixed: Mask) -> tuple[Mask, Mask]:
    """Mark the works (w,) that every best choice holds, and those that none holds, given those that are fixed.

    `cost` are shares of the budget. With a price p for its whole, no choice is worth more than p + Σ max(0, b - p·c); a
    work whose change by force takes that below a choice that is known is settled (Lagrangian pegging, Dembo & Hammer
    1980), and so is one that brings nothing where no rule asks for more. Without a known choice nothing is settled.
    """
    nothing = np.zeros(len(cost), bool)
    order = np.argsort(-benefits / cost, kind="stable")
    known = _greedy(order[benefits[order] > 0], limits, fixed)
    if known is None:
        return nothing, nothing
    at = min(int(np.searchsorted(np.cumsum(cost[order]), 1.0)), len(order) - 1)
    price = max(float(benefits[order[at]] / cost[order[at]]), 0.0)
    reduced = benefits - price * cost
    bound = price + reduced[fixed].sum() + reduced[~fixed].clip(min=0).sum()
    slack = bound - benefits[known].sum() + TOLERANCE * max(float(np.abs(benefits).max()), 1.0)
    worthless = (benefits <= 0) & (limits.rows @ fixed >= limits.low).all()
    return (reduced > slack) & ~fixed, ((reduced < -slack) | worthless) & ~fixed


def _greedy(order: NDArray[np.intp], limits: Limits, fixed: Mask) -> Mask | None:
    """Take works in an order while no upper limit is passed; None where a lower one is not reached."""
    columns = limits.rows.tocsc()
    chosen, room = fixed.copy(), limits.high - limits.rows @ fixed
    for work in order.tolist():
        at = slice(columns.indptr[work], columns.indptr[work + 1])
        rows, taken = columns.indices[at], columns.data[at]
        if not chosen[work] and (taken <= room[rows]).all():
            chosen[work] = True
            room[rows] -= taken
    return chosen if (room >= 0).all() and (limits.rows @ chosen >= limits.low).all() else None
