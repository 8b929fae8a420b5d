"""The nearest edge found among squares is the one that shapely's tree finds."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.graph import connect
from geo.network import Network, build
from geo.polylines import Polylines
from geo.snapping import Places, Snapper
from geo.squares import squares
from tests.geo.roads import EPSG, line, timed, town

seeds = st.integers(0, 100_000)


@given(seeds)
def test_places_in_and_around_a_town_snap_as_by_a_tree_of_shapes(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    points = np.random.default_rng(seed + 1).uniform(-4_000, 9_000, (20, 2))
    tree = Snapper(network, graph, 5.0).snap(points, farthest_m=3_000)
    grid = squares(Polylines.of(network.lines), network.length_m)
    for i, point in enumerate(points):
        found = grid.snap(graph, point[None], farthest_m=3_000, walking_kmh=5.0)
        assert found.walk[0] == pytest.approx(tree.walk[i])
        if found.edge[0] == tree.edge[i]:
            assert found.along[0] == pytest.approx(tree.along[i], abs=1e-6)
        else:  # where two edges meet, the last bit of a distance decides which of them is the nearer one
            assert shapely.distance(meeting(network, found, 0), meeting(network, tree, i)) < 1e-6


def meeting(network: Network, places: Places, i: int) -> shapely.Geometry:
    """Find the point at which a place meets a network."""
    return shapely.line_interpolate_point(network.lines[places.edge[i]], places.along[i], normalized=True)


def test_a_bent_road_knows_how_far_along_it_a_place_lies() -> None:
    network = build(np.array([line((0, 0), (1_000, 0), (1_000, 1_000))]), EPSG)
    graph = connect(network, np.array([2.0]))
    found = squares(Polylines.of(network.lines), network.length_m).snap(graph, np.array([[1_090.0, 500.0]]))
    assert found.along[0] == pytest.approx(0.75)
    assert found.walk[0] == pytest.approx(0.09 / 4 * 60)


def test_closed_roads_are_passed_over_and_far_ones_are_none() -> None:
    network = build(np.array([line((0, 0), (1_000, 0)), line((0, 400), (1_000, 400))]), EPSG)
    closed = np.where(network.nodes[network.tail, 1] == 0, np.inf, 2.0)
    grid, graph = squares(Polylines.of(network.lines), network.length_m), connect(network, closed)
    assert network.nodes[network.tail[grid.snap(graph, np.array([[250.0, 100.0]])).edge[0]], 1] == 400
    assert grid.snap(graph, np.array([[250.0, 5_500.0]])).edge[0] == -1
    assert grid.snap(graph, np.array([[9e6, -9e6]])).edge[0] == -1
