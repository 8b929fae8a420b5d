"""What-if on a real kind of network agrees with the minutes that the access maps show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.access import minutes_of_places, to_nearest
from geo.graph import Graph, connect
from geo.network import Network
from geo.repairs import Service, value_each
from geo.scenario import Change, Opened, apply, minutes_to_nearest
from geo.snapping import Places, together
from geo.spreading import Spread, opened, spread
from tests.geo.roads import scattered, timed, town

seeds = st.integers(0, 100_000)


def shown(network: Network, graph: Graph, places: Places, facilities: Places) -> np.ndarray:
    """Minutes of the places as the access layer computes them."""
    known = to_nearest(network, graph, facilities)
    return minutes_of_places(network, graph, places, facilities, known).minutes


def told(joined: Spread, graph: Graph) -> np.ndarray:
    """Minutes from every node to the nearest facility that is joined."""
    return minutes_to_nearest(joined.roads(graph.forward, graph.backward), joined.facilities)


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_places_are_as_far_as_the_access_layer_says(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 12), scattered(network, graph, seed + 1, 5)
    joined = spread(network, facilities, places)
    found = told(joined, graph)
    assert found[joined.places] == pytest.approx(shown(network, graph, places, facilities))


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_a_repair_is_worth_what_the_access_layer_shows_afterwards(seed: int) -> None:
    """Works on two roads each, some of them closed before; people live beside the very roads that are repaired."""
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 12), scattered(network, graph, seed + 1, 3)
    people = np.random.default_rng(seed).integers(0, 100, 12).astype(float)
    minutes = np.minimum(graph.forward, graph.backward)
    edges = np.concatenate([places.edge[:5], np.random.default_rng(seed).choice(len(minutes), 5)])
    better = network.length_m[edges] / 1000  # at 60 km/h
    joined = spread(network, facilities, places)
    oneway = [
        np.where(closed, np.inf, better) for closed in (network.direction[edges] < 0, network.direction[edges] > 0)
    ]
    works = joined.repairs(np.arange(0, 11, 2), edges, *oneway)
    service = Service(joined.facilities, joined.people(people), 1.0, 90.0)
    gains = value_each(joined.roads(graph.forward, graph.backward), service, works)
    before = shown(network, graph, places, facilities)
    for i in range(5):
        done = minutes.copy()
        done[edges[2 * i : 2 * i + 2]] = better[2 * i : 2 * i + 2]
        after = shown(network, connect(network, done), places, facilities)
        change = Change(before, after, people, 90.0)
        assert gains.person_minutes[i] == pytest.approx(change.saved, abs=1e-6)
        assert gains.connected[i] == change.connected


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_a_flood_and_a_new_office_show_as_in_the_access_layer(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 12), scattered(network, graph, seed + 1, 4)
    joined = spread(network, facilities, places)
    flooded = np.random.default_rng(seed).choice(len(network.tail), 6, replace=False)
    closed = np.full(6, np.inf)
    edits = [joined.retimed(flooded, closed, closed), Opened(int(joined.facilities[3]))]
    roads, open_ = apply(edits, joined.roads(graph.forward, graph.backward), joined.facilities[:3])
    minutes = np.minimum(graph.forward, graph.backward)
    minutes[flooded] = np.inf
    found = minutes_to_nearest(roads, open_)[joined.places]
    assert found == pytest.approx(shown(network, connect(network, minutes), places, facilities))


def test_a_place_too_far_from_any_road_stays_unreachable() -> None:
    network = town(1)
    graph = timed(network, 1)
    away = Places(np.array([-1]), np.array([0.0]), np.array([np.inf]))
    joined = spread(network, scattered(network, graph, 2, 3), away)
    found = told(joined, graph)
    assert np.isinf(found[joined.places]).all()


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_offices_opened_at_points_count_as_if_they_had_always_stood_there(seed: int) -> None:
    """Some stand on an edge on which people live; one is too far from any road, and brings nobody nearer."""
    network = town(seed)
    graph = timed(network, seed)
    places, known = scattered(network, graph, seed, 12), scattered(network, graph, seed + 1, 3)
    there = together(scattered(network, graph, seed + 2, 3), places.take(np.arange(2)))
    there = together(there, Places(np.array([-1]), np.zeros(1), np.full(1, np.inf)))
    joined = spread(network, known, places)
    more = opened(joined, network, places, there)
    assert len(more.facilities) == 3 + 6
    found = told(more, graph)
    anew = spread(network, together(known, there), places)
    full = told(anew, graph)
    assert found[more.places] == pytest.approx(full[anew.places], abs=1e-9)
    before = told(joined, graph)
    without = minutes_to_nearest(more.roads(graph.forward, graph.backward), joined.facilities)
    assert (without[: len(before)] == before).all()
