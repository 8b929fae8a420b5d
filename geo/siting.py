"""Where to build: the fewest sites that reach all, the most people reached, the shortest ways on average."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.placement import Model, Solution
from geo.sites import Answer, Question


def cover_all(question: Question, reach: float) -> Answer:
    """Add the fewest sites that reach every place some site can reach at all (LSCP, Toregas et al. 1971).

    Capacities, number and budget do not bind: the answer tells what it takes. A place on the limit is reached.
    """
    near = question.costs <= reach
    need = near.any(axis=1) & ~near[:, question.is_open].any(axis=1)
    found = milp(
        np.ones(near.shape[1]),
        constraints=LinearConstraint(near[need].astype(float), 1, np.inf) if need.any() else (),
        integrality=np.ones(near.shape[1]),
        bounds=Bounds(question.is_open.astype(float), 1),
        options={"mip_rel_gap": 0},
    )
    without_limits = replace(question, capacity=None)
    return _answer(Model(without_limits, near), Solution(found.x > 0.5, None, float(found.mip_gap or 0)))


def cover_most(question: Question, reach: float, seconds: float = 60.0) -> Answer:
    """Add sites that serve the most people within reach (MCLP, Church & ReVelle 1974), capacities kept.

    Raises NoNewSiteError, NoAnswerInTimeError.
    """
    model = Model(question, question.costs <= reach)
    return _answer(model, model.serve_most(model.addable, seconds))


def shorten_most(question: Question, seconds: float = 60.0) -> Answer:
    """Add sites that make people · cost least (p-median, Hakimi 1964), after serving as many people as can be.

    Who can reach no site is left out and named: nobody is given a cost that was not measured. Raises as `cover_most`.
    """
    model = Model(question, np.isfinite(question.costs))
    most = model.serve_most(model.addable, seconds)
    return _answer(model, model.shorten(model.addable, model.people(most), seconds))


def _answer(model: Model, solution: Solution) -> Answer:
    question, (place, _) = model.question, model.pairs
    shares = model.shares(solution)
    before = model.serve_most(question.is_open, np.inf) if question.is_open.any() else None
    new = question.cost.columns[solution.is_open & ~question.is_open]
    return Answer(
        tuple(new),
        pd.Series(np.bincount(place, shares, minlength=len(question.demand)), index=question.cost.index),
        model.people(before) if before else 0.0,
        model.people(solution),
        float(model.demand * shares @ question.costs[model.pairs]),
        solution.gap,
    )
