"""Minutes to the nearest facilities, against networkx on a network drawn without any of the shortcuts."""

import networkx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.access import Nearest, from_place, minutes_of_places, minutes_to_each, to_nearest
from geo.graph import Graph, connect
from geo.network import Network, build
from geo.snapping import Places, Snapper
from tests.geo.roads import EPSG, as_networkx, line, scattered, timed, town

seeds = st.integers(0, 100_000)
few = settings(max_examples=40)


def together(a: Places, b: Places) -> Places:
    return Places(*(np.concatenate([getattr(a, name), getattr(b, name)]) for name in ("edge", "along", "walk")))


def expected(network: Network, graph: Graph, places: Places, facilities: Places) -> np.ndarray:
    """Minutes from each place to each facility, as networkx finds them."""
    drawn = as_networkx(network, graph, together(places, facilities), leave=True)
    for i in range(len(places), len(places) + len(facilities)):
        drawn.add_edge(("on", i), ("facility", i), weight=float(facilities.walk[i - len(places)]))
    found = np.full((len(places), len(facilities)), np.inf)
    for i in range(len(places)):
        reached = networkx.single_source_dijkstra_path_length(drawn, ("place", i))
        for j in range(len(facilities)):
            found[i, j] = reached.get(("facility", len(places) + j), np.inf)
    return found


@few
@given(seeds)
def test_the_nearest_facility_of_each_place_is_that_of_networkx(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 8), scattered(network, graph, seed + 1, 5)
    known = to_nearest(network, graph, facilities)
    found = minutes_of_places(network, graph, places, facilities, known)
    every = expected(network, graph, places, facilities)
    assert found.minutes == pytest.approx(every.min(axis=1))
    reached = np.isfinite(found.minutes)
    assert every[reached, found.facility[reached]] == pytest.approx(every.min(axis=1)[reached])
    assert (found.facility[~reached] == -1).all()


@few
@given(seeds)
def test_the_minutes_to_each_facility_are_those_of_networkx(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 6), scattered(network, graph, seed + 1, 5)
    facilities.edge[0] = -1  # one that stands beside no road
    found = np.full((6, 5), np.inf)
    for some, minutes in minutes_to_each(network, graph, places, facilities):
        found[:, some] = minutes
    assert np.isinf(found[:, 0]).all()
    assert found[:, 1:] == pytest.approx(expected(network, graph, places, facilities.take(np.arange(1, 5))))


@few
@given(seeds)
def test_the_way_out_to_every_node_is_that_of_networkx(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    place = scattered(network, graph, seed, 1)
    drawn = as_networkx(network, graph, place, leave=True)
    reached = networkx.single_source_dijkstra_path_length(drawn, ("place", 0))
    every = [reached.get(node, np.inf) for node in range(len(network.nodes))]
    assert from_place(network, graph, place) == pytest.approx(every)


ISLANDS = build(np.array([line((0, 0), (1_000, 0)), line((0, 9_000), (1_000, 9_000))]), EPSG)
ONE_WAY = build(np.array([line((0, 0), (1_000, 0))]), EPSG, direction=np.array([1]))


def test_an_unreachable_place_is_reported_not_imputed() -> None:
    graph = connect(ISLANDS, np.array([2.0, 2.0]))
    snapper = Snapper(ISLANDS, graph)
    facilities, places = snapper.snap(np.array([[500.0, 0.0]])), snapper.snap(np.array([[0.0, 0.0], [0.0, 9_000.0]]))
    found = minutes_of_places(ISLANDS, graph, places, facilities, to_nearest(ISLANDS, graph, facilities))
    assert found.minutes.tolist() == [1.0, np.inf]
    assert found.facility.tolist() == [0, -1]


def test_a_one_way_road_leads_to_the_facility_and_not_back() -> None:
    graph = connect(ONE_WAY, np.array([2.0]))
    before, behind = (
        Places(*map(np.array, ([0, 0], [0.2, 0.8], [0.0, 0.0]))),
        Places(*map(np.array, ([0], [0.5], [3.0]))),
    )
    found = minutes_of_places(ONE_WAY, graph, before, behind, to_nearest(ONE_WAY, graph, behind))
    assert found.minutes == pytest.approx([0.6 + 3.0, np.inf])


def test_who_is_too_far_from_any_road_has_no_way() -> None:
    graph = connect(ISLANDS, np.array([2.0, 2.0]))
    places = Snapper(ISLANDS, graph).snap(np.array([[500.0, 300.0], [500.0, 100.0]]), farthest_m=200)
    facilities = Places(np.array([0]), np.array([0.5]), np.array([0.0]))
    found = minutes_of_places(ISLANDS, graph, places, facilities, to_nearest(ISLANDS, graph, facilities))
    assert places.edge.tolist() == [-1, 0]
    assert found.minutes == pytest.approx([np.inf, 0.1 / 4 * 60])


def test_people_snap_past_a_closed_road_to_the_next_open_one() -> None:
    network = build(np.array([line((0, 0), (1_000, 0)), line((0, 400), (1_000, 400))]), EPSG)
    closed = np.where(network.nodes[network.tail, 1] == 0, np.inf, 2.0)
    place = Snapper(network, connect(network, closed)).snap(np.array([[250.0, 100.0]]))
    assert network.nodes[network.tail[place.edge[0]], 1] == 400
    assert place.walk[0] == pytest.approx(0.3 / 4 * 60)


def test_without_facilities_nobody_reaches_any() -> None:
    graph = connect(ISLANDS, np.array([2.0, 2.0]))
    none = Places(*map(np.array, ([-1], [0.0], [np.inf])))
    assert np.isinf(to_nearest(ISLANDS, graph, none).minutes).all()
    assert isinstance(to_nearest(ISLANDS, graph, none), Nearest)


@few
@given(seeds)
def test_a_place_snaps_to_the_nearest_open_edge(seed: int) -> None:
    network = town(seed, 8)
    graph = timed(network, seed)
    points = np.random.default_rng(seed).uniform(-500, 5_500, (20, 2))
    found = Snapper(network, graph).snap(points)
    open_ = np.isfinite(graph.forward) | np.isfinite(graph.backward)
    shapes = shapely.points(points)
    away = shapely.distance(shapes[:, None], network.lines[None, :])
    nearest = np.where(open_, away, np.inf).min(axis=1)
    assert found.walk == pytest.approx(nearest / 4_000 * 60)
    on_edge = shapely.line_interpolate_point(network.lines[found.edge], found.along, normalized=True)
    assert shapely.distance(on_edge, shapes) == pytest.approx(nearest, abs=1e-6)
