"""The fastest way, against networkx: as fast, unbroken, and open in its direction."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.graph import connect
from geo.network import build
from geo.snapping import Places
from geo.ways import nearest_ways, way
from tests.geo.roads import EPSG, as_networkx, line, scattered, timed, town
from tests.geo.test_access import expected


def place(edge: int, along: float, walk: float = 0.0) -> Places:
    return Places(np.array([edge]), np.array([along]), np.array([walk]))


@settings(max_examples=60)
@given(st.integers(0, 100_000))
def test_a_way_is_as_fast_as_that_of_networkx_and_its_parts_add_up_and_join(seed: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    both = scattered(network, graph, seed, 2)
    start, end = both.take(np.array([0])), both.take(np.array([1]))
    found = way(network, graph, start, end)
    drawn = as_networkx(network, graph, both, leave=True)
    reached = networkx.single_source_dijkstra_path_length(drawn, ("place", 0)).get(("on", 1))
    if found is None:
        assert reached is None
        return
    assert found.minutes == pytest.approx(reached + float(end.walk[0]))
    rates = np.where(found.end >= found.start, graph.forward[found.edge], graph.backward[found.edge])
    moved = np.abs(found.end - found.start)
    assert np.isfinite(rates[moved > 0]).all()
    spent = np.where(moved > 0, rates, 0) * moved
    assert spent.sum() + float(both.walk.sum()) == pytest.approx(found.minutes)
    ends = [
        network.lines[e].interpolate([a, b], normalized=True)
        for e, a, b in zip(found.edge, found.start, found.end, strict=True)
    ]
    assert all(ends[i][1].distance(ends[i + 1][0]) < 0.02 for i in range(len(ends) - 1))
    drawn_m = sum(part.length for part in found.drawn(network.lines[found.edge]))
    assert drawn_m == pytest.approx(found.lengths_m(network).sum(), abs=0.01)


def test_on_one_road_one_goes_straight() -> None:
    network = build(np.array([line((0, 0), (1_000, 0))]), EPSG)
    found = way(network, connect(network, np.array([10.0])), place(0, 0.8, 1.0), place(0, 0.2, 2.0))
    assert found is not None
    assert (found.minutes, found.lengths_m(network).tolist()) == (pytest.approx(9.0), [pytest.approx(600)])


def test_against_a_one_way_road_there_is_no_way() -> None:
    network = build(np.array([line((0, 0), (1_000, 0))]), EPSG, direction=np.array([1]))
    assert way(network, connect(network, np.array([10.0])), place(0, 0.8), place(0, 0.2)) is None


def test_from_nowhere_leads_no_way() -> None:
    network = build(np.array([line((0, 0), (1_000, 0))]), EPSG)
    graph = connect(network, np.array([10.0]))
    assert way(network, graph, place(-1, 0), place(0, 0.2)) is None
    assert way(network, graph, place(0, 0.2), place(-1, 0)) is None


def test_a_way_far_beyond_the_first_look_ahead_is_found_all_the_same() -> None:
    network = build(np.array([line((0, 0), (0, 900)), line((0, 0), (900, 0)), line((0, 900), (0, 999))]), EPSG)
    graph = connect(network, np.where(network.owner == 0, 300.0, 3.0))
    from_, to = (
        place(int(np.flatnonzero(network.owner == 1)[0]), 0.5),
        place(int(np.flatnonzero(network.owner == 2)[0]), 0.5),
    )
    found = way(network, graph, from_, to)
    assert found is not None and found.minutes == pytest.approx(303)


@settings(max_examples=40)
@given(st.integers(0, 100_000), st.integers(1, 4))
def test_a_search_with_a_filter_finds_what_networkx_finds(seed: int, k: int) -> None:
    network = town(seed)
    graph = timed(network, seed)
    places, facilities = scattered(network, graph, seed, 4), scattered(network, graph, seed + 1, 7)
    wanted = np.random.default_rng(seed).random(7) < 0.6
    every = np.where(wanted, expected(network, graph, places, facilities), np.inf)
    for i in range(4):
        found = nearest_ways(network, graph, places.take(np.array([i])), facilities, wanted, k)
        nearest = np.sort(every[i])[: min(k, int(np.isfinite(every[i]).sum()))]
        assert [one.minutes for _, one in found] == pytest.approx(nearest.tolist())
        assert [every[i, facility] for facility, _ in found] == pytest.approx(nearest.tolist())
