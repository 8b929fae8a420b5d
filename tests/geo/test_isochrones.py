"""Ground that can be reached, against the minutes of networkx on the same roads."""

import networkx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.access import from_place
from geo.graph import connect
from geo.isochrones import BESIDE_M, isochrones, reached
from geo.network import build
from geo.snapping import Places
from tests.geo.roads import EPSG, as_networkx, line, scattered, timed, town

CROSS = build(np.array([line((-5_000, 0), (5_000, 0)), line((0, -5_000), (0, 5_000))]), EPSG)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([3.0, 12.0, 30.0]))
def test_a_point_of_a_road_is_reached_just_if_networkx_gets_there_in_time(seed: int, limit: float) -> None:
    network = town(seed)
    graph = timed(network, seed)
    place, there = scattered(network, graph, seed, 1), scattered(network, graph, seed + 1, 30)
    pieces = shapely.union_all(reached(network, graph, place, from_place(network, graph, place, limit), limit))
    both = Places(*(np.concatenate([getattr(p, name) for p in (place, there)]) for name in ("edge", "along", "walk")))
    minutes = networkx.single_source_dijkstra_path_length(as_networkx(network, graph, both, leave=True), ("place", 0))
    for i in range(1, 31):
        taken = minutes.get(("on", i), np.inf)
        if abs(taken - limit) > 0.01:
            point = network.lines[both.edge[i]].interpolate(both.along[i], normalized=True)
            assert (point.distance(pieces) < 0.01) is bool(taken <= limit)


def test_on_a_cross_of_roads_ten_minutes_reach_as_far_on_each_arm() -> None:
    graph = connect(CROSS, CROSS.length_m / 1000 / 15 * 60)
    middle = Places(np.array([0]), np.array([0.0 if CROSS.nodes[CROSS.tail[0]].any() == 0 else 1.0]), np.array([0.0]))
    ground = isochrones(CROSS, graph, middle, (10.0,))[10.0]
    assert ground.bounds == pytest.approx((-2_750, -2_750, 2_750, 2_750), abs=1)
    assert ground.area == pytest.approx(4 * 2_500 * 2 * BESIDE_M, rel=0.05)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_a_wider_isochrone_holds_every_narrower_one(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    found = isochrones(network, graph, scattered(network, graph, seed, 1), (5.0, 15.0, 30.0))
    assert all(shape.is_valid for shape in found.values())
    assert found[5.0].difference(found[15.0].buffer(1)).area == pytest.approx(0, abs=1)
    assert found[15.0].difference(found[30.0].buffer(1)).area == pytest.approx(0, abs=1)


def test_who_does_not_even_reach_the_road_reaches_nothing() -> None:
    graph = connect(CROSS, CROSS.length_m / 1000 / 15 * 60)
    far = Places(np.array([0]), np.array([0.5]), np.array([20.0]))
    assert isochrones(CROSS, graph, far, (10.0, 30.0))[10.0].is_empty
    nowhere = Places(np.array([-1]), np.array([0.0]), np.array([np.inf]))
    assert isochrones(CROSS, graph, nowhere, (10.0,))[10.0].is_empty
