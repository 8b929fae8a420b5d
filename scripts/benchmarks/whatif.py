"""How long it takes to value every single repair exactly, and to choose works for a budget, on made-up towns."""

import time
from collections.abc import Callable

import numpy as np

from geo.budget import Problem, choose, knapsack
from geo.repairs import Repairs, Service, value_each
from geo.rules import Works
from geo.scenario import Roads, minutes_to_nearest
from geo.worth import RepairValues
from scripts.benchmarks.importing import Row
from scripts.benchmarks.town import streets

TOWNS = ((158, 60, 5_000, 1), (708, 60, 20_000, 10), (708, 600, 20_000, 10))  # side, facilities, repairs, aim in s
QUICKER = 0.4  # the share of its minutes that an edge takes once it is repaired
LONGEST_MIN = 120.0
WORKS_PAID = 40


def measure() -> list[Row]:
    """Value 5,000 repairs on 50,000 edges and 20,000 on a million, then choose among the 5,000; times in s."""
    rows: list[Row] = []
    for side, facilities, count, aim in TOWNS:
        roads, service, repairs = _town(side, facilities, count)
        value_each(roads, service, repairs.together([[0]]))  # compiles, once a machine
        size = f"{len(roads.heads) // 2:,} edges, {facilities} facilities"
        rows += [
            (f"{count:,} repairs, {size} (under {aim})", *_timed(value_each, roads, service, repairs)),
            (f"one full run, {size}", *_timed(minutes_to_nearest, roads, service.facilities)),
        ]
    return rows + _chosen(*_town(*TOWNS[0][:3]))


def _chosen(roads: Roads, service: Service, repairs: Repairs) -> list[Row]:
    random = np.random.default_rng(4)
    count = len(repairs)
    names = tuple(f"{i}" for i in range(count))
    works = Works(names, random.uniform(50, 500, count), names, ("",) * count)
    values = RepairValues(roads, [service], repairs, connection=0.0)
    problem = Problem(works, values, float(works.cost.mean() * WORKS_PAID))
    by_sums = knapsack(problem)
    started = time.perf_counter()
    plan = choose(problem)
    return [
        (f"choosing among {count:,} works", round(time.perf_counter() - started, 2), "s"),
        ("claimed by a knapsack of single benefits", round(by_sums.claimed), "person-minutes"),
        ("delivered by that knapsack", round(by_sums.delivered), "person-minutes"),
        ("delivered by the choice", round(plan.delivered), "person-minutes"),
    ]


def _timed(work: Callable[..., object], *given: object) -> tuple[float, str]:
    started = time.perf_counter()
    work(*given)
    return round(time.perf_counter() - started, 3), "s"


def _town(side: int, facilities: int, count: int) -> tuple[Roads, Service, Repairs]:
    """Make a grid of crossings with people and facilities at random, and repairs of a road each, both ways."""
    random = np.random.default_rng(1)
    laid = streets(side)
    minutes = np.tile(random.uniform(0.2, 3, len(laid)), 2)
    ways = np.vstack([laid, laid[:, ::-1]])
    order = np.argsort(ways[:, 0], kind="stable")
    starts = np.searchsorted(ways[order, 0], np.arange(side * side + 1))
    roads = Roads(starts, ways[order, 1], minutes[order])
    arc = np.argsort(order).reshape(2, -1)
    arcs = arc[:, random.choice(len(laid), count, replace=False)].T.ravel()
    repairs = Repairs(np.arange(0, 2 * count + 1, 2), arcs, roads.minutes[arcs] * QUICKER)
    people = random.integers(0, 100, side * side).astype(float)
    return roads, Service(random.choice(side * side, facilities, replace=False), people, 1.0, LONGEST_MIN), repairs
