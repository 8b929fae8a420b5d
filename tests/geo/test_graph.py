"""Minutes from node to node: what is open for whom, which of parallel edges counts, and what is kept on disk."""

from dataclasses import fields
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.graph import Graph, connect, load, minutes_of_edges, save
from geo.network import build
from tests.geo.roads import EPSG, line, timed, town

TWO_WAYS = np.array(
    [line((0, 0), (0, 100), (100, 100)), line((0, 0), (100, 0), (100, 100)), line((100, 100), (200, 100))]
)


def cost(graph: Graph, a: int, b: int) -> float:
    return float(graph.matrix()[[a], [b]][0]) or np.inf


def test_of_parallel_edges_the_fastest_counts_and_they_are_not_added_up() -> None:
    network = build(TWO_WAYS, EPSG)
    minutes = np.where(network.owner == 0, 7.0, 5.0)
    graph = connect(network, minutes)
    assert sorted(graph.minutes.tolist()) == [5.0, 5.0, 5.0, 5.0]
    assert 0 not in network.owner[graph.edge]


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_each_arc_is_the_fastest_open_edge_between_its_ends(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    drawn = networkx.DiGraph()
    for edge in range(len(network.tail)):
        ends = (int(network.tail[edge]), int(network.head[edge]))
        for minutes, (a, b) in ((graph.forward[edge], ends), (graph.backward[edge], ends[::-1])):
            if np.isfinite(minutes) and minutes < drawn.get_edge_data(a, b, {"minutes": np.inf})["minutes"]:
                drawn.add_edge(a, b, minutes=float(minutes))
    tails = np.repeat(np.arange(len(network.nodes)), np.diff(graph.starts))
    found = dict(zip(zip(tails.tolist(), graph.ends.tolist(), strict=True), graph.minutes.tolist(), strict=True))
    assert found == {(a, b): minutes for a, b, minutes in drawn.edges(data="minutes")}


def test_a_one_way_road_binds_who_drives_but_not_who_walks() -> None:
    network = build(np.array([line((0, 0), (1_000, 0))]), EPSG, direction=np.array([1]))
    drive, walk = connect(network, np.array([2.0])), connect(network, np.array([15.0]), one_way=False)
    assert (len(drive.minutes), len(walk.minutes)) == (1, 2)
    assert np.isinf(drive.backward).all()


@pytest.mark.parametrize(("weight_t", "open_"), [(0.2, True), (3.0, True), (3.1, False)])
def test_a_bridge_carries_what_its_limit_allows(weight_t: float, open_: bool) -> None:
    network = build(np.array([line((0, 0), (1_000, 0))]), EPSG, limit_t=np.array([3.0]))
    assert bool(len(connect(network, np.array([2.0]), weight_t).minutes)) is open_


def test_minutes_follow_from_function_surface_and_condition_and_closed_is_endless() -> None:
    network = build(np.array([line((0, 0), (1_000, 0)), line((0, 50), (2_000, 50))]), EPSG)
    speeds = np.zeros((2, 2, 2))
    speeds[1, 0, 1] = 30
    at = network.owner
    minutes = minutes_of_edges(network, speeds, 1 - at, at * 0, 1 - at * 0)
    assert minutes[at == 0] == pytest.approx(2.0)
    assert np.isinf(minutes[at == 1]).all()


def test_a_saved_graph_comes_back_as_shared_memory_and_a_version_is_written_once(tmp_path: Path) -> None:
    network = town(3)
    graph = timed(network, 3)
    save(tmp_path / network.version, car_dry=graph)
    save(tmp_path / network.version, car_dry=timed(network, 4))
    back = load(tmp_path / network.version, "car_dry", Graph)
    for field in fields(Graph):
        held = getattr(back, field.name)
        assert isinstance(held, np.memmap)
        assert (np.asarray(held) == getattr(graph, field.name)).all()
    assert np.shares_memory(back.matrix().data, back.minutes)
    assert [path.name for path in tmp_path.iterdir()] == [network.version]


def test_a_graph_that_was_never_saved_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path, "car_dry", Graph)
