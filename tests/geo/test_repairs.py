"""Single repairs by incremental relaxation, held against full runs of networkx and scipy."""

import numpy as np
import pytest
from hypothesis import given, settings

from geo.repairs import Repairs, Service, value_each
from geo.scenario import Change, Roads, minutes_to_nearest
from tests.geo.networks import by_networkx, cases, repairs, roads

INF = np.inf


@settings(deadline=None)
@given(cases())
def test_each_repair_is_worth_what_a_full_run_of_networkx_says(case) -> None:
    network, service, works = case
    gains = value_each(network, service, works)
    before = by_networkx(network, service.facilities.tolist())
    for i in range(len(works)):
        after = by_networkx(works.done_on(network, [i]), service.facilities.tolist())
        change = Change(before, after, service.people, service.longest)
        assert gains.person_minutes[i] == pytest.approx(change.saved, abs=1e-6)
        assert gains.connected[i] == change.connected
        assert change.lost == change.cut_off == 0


def town(side: int) -> tuple[Roads, Service, Repairs]:
    """A grid of side by side crossings, a tenth of its roads to be repaired."""
    random = np.random.default_rng(5)
    crossing = np.arange(side * side).reshape(side, side)
    ends = np.vstack(
        [np.c_[crossing[:, :-1].ravel(), crossing[:, 1:].ravel()], np.c_[crossing[:-1].ravel(), crossing[1:].ravel()]]
    )
    minutes = random.uniform(0.2, 3, len(ends))
    network = roads(
        side * side,
        [(a, b, m) for (a, b), m in zip(np.vstack([ends, ends[:, ::-1]]).tolist(), np.tile(minutes, 2), strict=True)],
    )
    arcs = random.choice(len(network.heads), len(ends) // 10, replace=False)
    works = repairs([[(arc, network.minutes[arc] * 0.4)] for arc in arcs.tolist()])
    people = random.integers(0, 100, side * side).astype(float)
    return network, Service(random.choice(side * side, 20, replace=False), people, 1.0, 90.0), works


def test_a_sample_of_a_towns_repairs_equals_a_full_run_within_a_millionth() -> None:
    network, service, works = town(60)
    gains = value_each(network, service, works)
    assert (gains.person_minutes > 0).sum() > 100
    before = minutes_to_nearest(network, service.facilities)
    for i in range(0, len(works), 7):
        after = minutes_to_nearest(works.done_on(network, [i]), service.facilities)
        assert gains.person_minutes[i] == pytest.approx(Change(before, after, service.people, 90.0).saved, abs=1e-6)


def test_a_repair_that_makes_the_slower_of_two_parallel_roads_the_faster_counts() -> None:
    network = roads(2, [(0, 1, 10.0), (0, 1, 25.0)])
    service = Service(np.array([0]), np.array([0.0, 3.0]), 1.0, 60.0)
    assert value_each(network, service, repairs([[(1, 20.0)], [(1, 4.0)]])).person_minutes.tolist() == [0, 18]


def test_a_repair_slows_nobody() -> None:
    network = roads(2, [(0, 1, 10.0)])
    service = Service(np.array([0]), np.array([0.0, 3.0]), 1.0, 60.0)
    works = repairs([[(0, 30.0)]])
    assert value_each(network, service, works).person_minutes.tolist() == [0]
    assert works.done_on(network, [0]).minutes.tolist() == [10]
