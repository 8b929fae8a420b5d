"""The nearest few facilities of nodes and places, with length and damage, against networkx."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.closest import closest_few
from geo.graph import Graph, connect
from geo.labels import labels_of_place
from geo.network import Network, build
from geo.snapping import Places
from tests.geo.roads import EPSG, as_networkx, line, scattered, timed, town
from tests.geo.test_access import together

K = 5


def every_minute(network: Network, graph: Graph, places: Places, facilities: Places) -> np.ndarray:
    drawn = as_networkx(network, graph, together(places, facilities), leave=True)
    found = np.full((len(places), len(facilities)), np.inf)
    for i in range(len(places)):
        reached = networkx.single_source_dijkstra_path_length(drawn, ("place", i))
        for j in range(len(facilities)):
            found[i, j] = reached.get(("on", len(places) + j), np.inf) + facilities.walk[j]
    return found


@settings(max_examples=40)
@given(st.integers(0, 100_000), st.integers(1, K))
def test_the_nearest_few_of_a_place_are_those_of_networkx(seed: int, k: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 6), scattered(network, graph, seed + 1, 7)
    wanted = np.random.default_rng(seed).random(7) < 0.7
    intact = np.zeros(len(network.tail), bool)
    known = closest_few(network, graph, facilities, intact, k, wanted)
    asked = Places(np.where(wanted, facilities.edge, -1), facilities.along, facilities.walk)
    every = np.where(wanted, every_minute(network, graph, places, facilities), np.inf)
    for i in range(len(places)):
        found = labels_of_place(network, graph, places.take(np.array([i])), asked, intact, known)
        nearest = np.sort(every[i])[:k]
        assert found["minutes"] == pytest.approx(nearest[np.isfinite(nearest)], rel=1e-5)
        assert every[i, found["facility"]] == pytest.approx(found["minutes"], rel=1e-5)
        assert len(set(found["facility"].tolist())) == len(found)


@settings(max_examples=20)
@given(st.integers(0, 100_000), st.sampled_from([4.0, 5.5]))
def test_at_one_speed_everywhere_length_and_damage_follow_the_minutes(seed: int, kmh: float) -> None:
    """Where all go at walking pace, metres are minutes; where every road is damaged, all but the walks is."""
    network = town(seed)
    metres_a_minute = kmh * 1000 / 60
    graph = connect(network, network.length_m / metres_a_minute)
    places, facilities = scattered(network, graph, seed, 6), scattered(network, graph, seed + 1, 7)
    bad = np.ones(len(network.tail), bool)
    known = closest_few(network, graph, facilities, bad, K, np.ones(7, bool), kmh)
    for i in range(len(places)):
        found = labels_of_place(network, graph, places.take(np.array([i])), facilities, bad, known, kmh)
        walks = (places.walk[i] + facilities.walk[found["facility"]]) * metres_a_minute
        assert found["length_m"] == pytest.approx(found["minutes"] * metres_a_minute, rel=1e-4)
        assert found["damaged_m"] == pytest.approx(found["length_m"] - walks, rel=1e-3, abs=0.1)


def test_only_the_damaged_part_of_a_way_counts_as_damaged() -> None:
    roads = [line((0, 0), (1_000, 0)), line((1_000, 0), (1_000, 400))]
    network = build(np.array(roads), EPSG)
    graph = connect(network, network.length_m / 500)
    bad = network.length_m < 500
    side, main = int(np.flatnonzero(bad)[0]), int(np.flatnonzero(~bad)[0])
    facility = Places(np.array([side]), np.array([0.5]), np.array([3.0]))
    place = Places(np.array([main]), np.array([0.25]), np.array([1.5]))
    known = closest_few(network, graph, facility, bad, K, np.array([True]))
    (found,) = labels_of_place(network, graph, place, facility, bad, known)
    assert found["minutes"] == pytest.approx(1.5 + 1.5 + 0.4 + 3.0)
    assert found["length_m"] == pytest.approx(100 + 750 + 200 + 200)
    assert found["damaged_m"] == pytest.approx(200)


def test_no_way_is_no_label() -> None:
    network = build(np.array([line((0, 0), (1_000, 0)), line((0, 9_000), (1_000, 9_000))]), EPSG)
    graph = connect(network, np.array([2.0, 2.0]))
    intact, here, there = np.zeros(2, bool), *(Places(*map(np.array, ([e], [0.5], [0.0]))) for e in (0, 1))
    known = closest_few(network, graph, there, intact, K, np.array([True]))
    assert len(labels_of_place(network, graph, here, there, intact, known)) == 0
    nowhere = Places(*map(np.array, ([-1], [0.0], [np.inf])))
    assert len(labels_of_place(network, graph, nowhere, there, intact, known)) == 0
