"""Closed stretches, held against full runs over the network without them."""

import numpy as np
import pytest
from hypothesis import given, settings

from geo.closures import Stretches, close_each
from geo.repairs import Service
from geo.scenario import Change, Roads, minutes_to_nearest
from tests.geo.networks import cases, roads
from tests.geo.test_repairs import town


@settings(deadline=None)
@given(cases())
def test_each_closure_costs_what_a_full_run_without_the_stretch_says(case) -> None:
    network, service, works = case
    losses = close_each(network, service, Stretches(works.starts, works.arcs))
    before = minutes_to_nearest(network, service.facilities)
    for i in range(len(works)):
        closed = works.arcs[works.starts[i] : works.starts[i + 1]]
        after = minutes_to_nearest(without(network, closed), service.facilities)
        change = Change(before, after, service.people, service.longest)
        assert losses.person_minutes[i] == pytest.approx(change.lost, abs=1e-6)
        assert losses.cut_off[i] == change.cut_off


def test_in_a_town_closures_equal_full_runs_too() -> None:
    network, service, works = town(40)
    losses = close_each(network, service, Stretches(works.starts, works.arcs))
    before = minutes_to_nearest(network, service.facilities)
    assert (losses.person_minutes > 0).sum() > 50
    for i in range(0, len(works), 10):
        closed = works.arcs[works.starts[i] : works.starts[i + 1]]
        change = Change(before, minutes_to_nearest(without(network, closed), service.facilities), service.people, 90.0)
        assert losses.person_minutes[i] == pytest.approx(change.lost, rel=1e-9)


def test_on_a_road_to_one_puskesmas_everybody_behind_passes_and_is_cut_off() -> None:
    """Node 0 is the puskesmas; 10 and 20 people live at the ends of a road of two stretches."""
    network = roads(3, [(0, 1, 5.0), (1, 2, 7.0)])
    service = Service(np.array([0]), np.array([0.0, 10.0, 20.0]), 1.0, 120.0)
    losses = close_each(network, service, Stretches(np.array([0, 1, 2]), np.array([0, 1])))
    assert losses.passing.tolist() == [30, 20]
    assert losses.cut_off.tolist() == [30, 20]
    assert losses.person_minutes.tolist() == [0, 0]


def without(network: Roads, arcs: np.ndarray) -> Roads:
    minutes = network.minutes.copy()
    minutes[arcs] = np.inf
    return Roads(network.starts, network.heads, minutes)
