"""Road networks between places, checked against plain definitions."""

from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

from geo import roadnet

seeds = st.integers(0, 10_000)


def places(seed: int, count: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 10_000, (count, 2))


def matrix(points: np.ndarray, edges: np.ndarray) -> csr_array:
    return csr_array((roadnet.lengths(points, edges), edges.T), shape=(len(points),) * 2)


@given(seeds)
def test_neighbours_have_nobody_between_them(seed: int) -> None:
    points = places(seed)
    apart = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    expected = {
        (a, b)
        for a, b in combinations(range(len(points)), 2)
        if not any(max(apart[a, c], apart[b, c]) < apart[a, b] for c in range(len(points)) if c not in (a, b))
    }
    assert set(map(tuple, roadnet.relative_neighbours(points).tolist())) == expected


@given(seeds)
def test_everybody_can_be_reached(seed: int) -> None:
    points = places(seed)
    assert connected_components(matrix(points, roadnet.relative_neighbours(points)))[0] == 1


@settings(max_examples=30)
@given(seeds)
def test_after_shortcuts_no_near_places_have_a_long_way_round(seed: int) -> None:
    points = places(seed)
    edges = roadnet.add_shortcuts(points, roadnet.relative_neighbours(points), 2.0)
    ways = shortest_path(matrix(points, edges), directed=False)
    links = roadnet.triangulation(points)
    assert (ways[links[:, 0], links[:, 1]] <= 2.0 * roadnet.lengths(points, links) + 1e-6).all()


@settings(max_examples=30)
@given(seeds)
def test_a_route_is_the_cheapest_way_and_hangs_together(seed: int) -> None:
    points = places(seed)
    edges = roadnet.triangulation(points)
    costs = np.random.default_rng(seed).uniform(1, 5, len(edges))
    way = roadnet.route(points, edges, 0, len(points) - 1, costs)
    cheapest = shortest_path(csr_array((costs, edges.T), shape=(len(points),) * 2), directed=False, indices=0)
    assert costs[way].sum() == pytest.approx(cheapest[-1])
    assert {roadnet.walk(edges, way)[0], roadnet.walk(edges, way)[-1]} == {0, len(points) - 1}


def test_no_way_is_said_to_be_none() -> None:
    points = np.array([(0, 0), (1, 0), (5, 5), (6, 5)], dtype=float)
    with pytest.raises(ValueError, match="No way leads"):
        roadnet.route(points, np.array([(0, 1), (2, 3)]), 0, 3, np.ones(2))


@settings(max_examples=20)
@given(seeds)
def test_traffic_adds_up_over_all_shortest_ways(seed: int) -> None:
    points = places(seed, 14)
    edges = roadnet.relative_neighbours(points)
    people = np.random.default_rng(seed).uniform(100, 900, len(points))
    distance = shortest_path(matrix(points, edges), directed=False)
    trips = people[:, None] * people / (1 + (distance / np.median(distance)) ** 2)
    expected = np.zeros(len(edges))
    for a in range(len(points)):
        for b in range(len(points)):
            if a != b:
                expected[roadnet.route(points, edges, a, b, roadnet.lengths(points, edges))] += trips[a, b]
    assert roadnet.traffic(points, edges, people) == pytest.approx(expected)


CROSS = np.array([(0, 0), (-100, 5), (100, -5), (10, 90)], dtype=float)
ARMS = np.array([(0, 1), (0, 2), (0, 3)])


def test_at_a_junction_the_straightest_pair_runs_on() -> None:
    onward = roadnet.continuations(CROSS, ARMS, np.zeros(3, dtype=int))
    assert onward == {(0, 0): 1, (1, 0): 0}


def test_a_through_road_is_smooth_where_it_meets_its_next_part() -> None:
    bend = np.array([(0, 0), (-100, 0), (70, 70)], dtype=float)
    edges = np.array([(0, 1), (0, 2)])
    onward = roadnet.continuations(bend, edges, np.zeros(2, dtype=int))
    one, other = roadnet.curves(bend, edges, onward, 1.0)
    leaving, arriving = one[1] - one[0], other[1] - other[0]
    turn = np.degrees(np.arccos(leaving @ -arriving / np.hypot(*leaving) / np.hypot(*arriving)))
    assert turn < 3
    assert one[0].tolist() == other[0].tolist() == [0, 0]


def test_roads_are_strung_from_their_links_and_end_at_stops() -> None:
    points = np.column_stack([np.arange(6) * 100.0, np.zeros(6)])
    edges = np.column_stack([np.arange(5), np.arange(1, 6)])
    rank = np.array([0, 0, 0, 0, 1])
    onward = roadnet.continuations(points, edges, rank)
    roads = roadnet.chains(edges, onward, rank, stops=[2])
    assert sorted(sorted(road) for road in roads) == [[0, 1], [2, 3], [4]]
    assert [roadnet.walk(edges, road) for road in roads if len(road) == 2] == [[0, 1, 2], [2, 3, 4]]


@settings(max_examples=20)
@given(seeds)
def test_every_link_belongs_to_one_road_whose_links_follow_each_other(seed: int) -> None:
    points = places(seed)
    edges = roadnet.relative_neighbours(points)
    rank = np.random.default_rng(seed).integers(3, size=len(edges))
    onward = roadnet.continuations(points, edges, rank)
    roads = roadnet.chains(edges, onward, rank, stops=[0, 1])
    assert sorted(edge for road in roads for edge in road) == list(range(len(edges)))
    for road in roads:
        walked = roadnet.walk(edges, road)
        assert [set(pair) for pair in pairwise(walked)] == [set(edges[e].tolist()) for e in road]
        assert len({rank[e] for e in road}) == 1


def test_a_curve_keeps_near_its_straight_line() -> None:
    points = places(7)
    edges = roadnet.relative_neighbours(points)
    onward = roadnet.continuations(points, edges, np.zeros(len(edges), dtype=int))
    for edge, line in zip(edges, roadnet.curves(points, edges, onward, 50.0), strict=True):
        straight = shapely.LineString(points[edge])
        assert shapely.hausdorff_distance(shapely.LineString(line), straight) < 0.35 * straight.length
