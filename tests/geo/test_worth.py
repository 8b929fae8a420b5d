"""Sets of repairs, held against full runs and against being valued anew each time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.repairs import Service
from geo.scenario import Change, minutes_to_nearest
from geo.worth import RepairValues
from tests.geo.networks import cases, repairs, roads
from tests.geo.test_repairs import town

INF = np.inf


@settings(deadline=None)
@given(cases(), st.data())
def test_marginals_one_after_the_other_sum_to_the_joint_value(case, data) -> None:
    network, service, works = case
    values = RepairValues(network, [service], works, connection=60.0)
    order = data.draw(st.permutations(range(len(works))))
    steps = [values.over([[work]])(order[:i])[0] for i, work in enumerate(order)]
    assert sum(steps) == pytest.approx(values.joint(order), abs=1e-6)
    before = minutes_to_nearest(network, service.facilities)
    after = minutes_to_nearest(works.done_on(network, order), service.facilities)
    change = Change(before, after, service.people, service.longest)
    assert values.joint(order) == pytest.approx(change.saved + 60 * change.connected, abs=1e-6)


@settings(deadline=None)
@given(cases(), st.data())
def test_what_is_kept_of_moves_is_what_valuing_them_anew_gives_whatever_is_chosen_or_given_up(case, data) -> None:
    network, service, works = case
    if not len(works):
        return
    values = RepairValues(network, [service], works, connection=60.0)
    some = st.lists(st.integers(0, len(works) - 1), max_size=4)
    moves = data.draw(st.lists(some, min_size=1, max_size=6))
    kept = values.over(moves)
    for chosen in data.draw(st.lists(some, max_size=4)):
        assert kept(chosen) == pytest.approx(values.over(moves)(chosen), abs=1e-9)


def test_in_a_town_only_few_of_the_moves_are_valued_anew_and_all_as_by_a_full_run() -> None:
    network, service, works = town(40)
    values = RepairValues(network, [service], works, connection=0.0)
    moves = [(i,) for i in range(len(works))]
    kept = values.over(moves)
    order = [int(kept(()).argmax())]
    order += [int(kept(order).argmax())]
    for chosen in (order, order[1:], [*order[1:], 7]):
        found = kept(chosen)
        before = minutes_to_nearest(works.done_on(network, chosen), service.facilities)
        for i in range(0, len(works), 5):
            after = minutes_to_nearest(works.done_on(network, [*chosen, i]), service.facilities)
            assert found[i] == pytest.approx(Change(before, after, service.people, 90.0).saved, abs=1e-6)


def test_who_is_connected_first_and_brought_nearer_later_is_counted_once() -> None:
    network = roads(2, [(0, 1, INF), (0, 1, INF)])
    values = RepairValues(
        network, [Service(np.array([0]), np.array([0.0, 8.0]), 1.0, 60.0)], repairs([[(0, 50.0)], [(1, 5.0)]]), 100.0
    )
    assert values.over([[0], [1], [0, 1]])([]).tolist() == [800, 800, 800]
    assert values.over([[1]])([0]).tolist() == [0]
    assert values.joint([0, 1]) == 800


def test_services_add_up_by_their_weights() -> None:
    network = roads(3, [(0, 1, 10.0), (1, 2, 10.0), (2, 1, 10.0)])
    clinic = Service(np.array([0]), np.array([0.0, 1.0, 1.0]), 2.0, 60.0)
    school = Service(np.array([2]), np.array([0.0, 100.0, 0.0]), 0.5, 60.0)
    values = RepairValues(network, [clinic, school], repairs([[(0, 4.0)], [(2, 4.0)]]), 0.0)
    assert values.over([[0], [1]])([]).tolist() == [2 * 12, 0.5 * 600]


def test_a_corridor_is_worth_more_than_its_parts() -> None:
    """Two roads in a row beat the old way only when both are built."""
    network = roads(3, [(0, 1, INF), (1, 2, INF), (0, 2, 30.0)])
    service = Service(np.array([0]), np.array([0.0, 0.0, 10.0]), 1.0, 60.0)
    values = RepairValues(network, [service], repairs([[(0, 5.0)], [(2, 5.0)]]), 0.0)
    assert values.over([[0], [1], [0, 1]])([]).tolist() == [0, 0, 200]
