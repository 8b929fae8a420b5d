"""Where to build: the fewest sites that reach all, the most people reached, the shortest ways on average."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.placement import Model, Solution
from geo.sites import Answer, NoAnswerInTimeError, Question

SECONDS = 8.0  # that a solver gets for each step of a question


def cover_all(question: Question, reach: float, seconds: float = SECONDS) -> Answer:
    """Add the fewest sites that reach every place some site can reach at all (LSCP, Toregas et al. 1971).

    Capacities, number and budget do not bind: the answer tells what it takes. A place on the limit is reached. Raises
    NoAnswerInTimeError.
    """
    near = question.costs <= reach
    new = np.flatnonzero(~question.is_open)
    need = near.any(axis=1) & ~near[:, question.is_open].any(axis=1)
    is_open, gap = question.is_open.copy(), 0.0
    if need.any():
        asking = np.unique(near[need][:, new], axis=0).astype(float)
        solved = {"mip_rel_gap": 0, "time_limit": seconds}
        each = np.ones(len(new))
        found = milp(
            each, constraints=LinearConstraint(asking, 1, np.inf), integrality=each, bounds=Bounds(0, 1), options=solved
        )
        if found.x is None:
            raise NoAnswerInTimeError(seconds)
        is_open[new[found.x > 0.5]] = True
        gap = 0.0 if found.status == 0 else float(found.mip_gap)
    without_limits = replace(question, capacity=None)
    return _answer(Model(without_limits, near), Solution(is_open, gap))


def cover_most(question: Question, reach: float, seconds: float = SECONDS) -> Answer:
    """Add sites that serve the most people within reach (MCLP, Church & ReVelle 1974), capacities kept.

    Raises NoNewSiteError, NoAnswerInTimeError.
    """
    model = Model(question, question.costs <= reach)
    return _answer(model, model.serve_most(model.addable, seconds))


def shorten_most(question: Question, seconds: float = SECONDS) -> Answer:
    """Add sites that make people · cost least (p-median, Hakimi 1964), after serving as many people as can be.

    Who can reach no site is left out and named: nobody is given a cost that was not measured. Raises as `cover_most`.
    """
    model = Model(question, np.isfinite(question.costs))
    most = model.serve_most(model.addable, seconds)
    return _answer(model, model.shorten(most, seconds))


def _answer(model: Model, solution: Solution) -> Answer:
    question, (place, _) = model.question, model.pairs
    shares = model.shares(solution)
    before = model.serve_most(question.is_open, np.inf) if question.is_open.any() else None
    shares_before = model.shares(before) if before else np.zeros(len(place))
    new = question.cost.columns[solution.is_open & ~question.is_open]
    served, served_before = (
        pd.Series(np.bincount(place, each, minlength=len(question.demand)), index=question.cost.index)
        for each in (shares, shares_before)
    )
    return Answer(
        tuple(new),
        served,
        served_before,
        float(model.demand @ shares_before),
        model.people(solution),
        float(model.demand * shares @ question.costs[model.pairs]),
        solution.gap,
    )
