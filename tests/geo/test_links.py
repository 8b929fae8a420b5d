"""Links that a network lacks: found by the rule, and worth nothing before they are built."""

import networkx
import numpy as np
import pytest
import shapely

from geo.graph import connect
from geo.links import Links, joined, missing
from geo.network import Network, build
from tests.geo.roads import EPSG, line


def network(*lines: shapely.LineString) -> Network:
    return build(np.array(lines, dtype=object), EPSG)


def found(drawn: Network) -> Links:
    return missing(drawn, np.ones(len(drawn.tail), bool))


def ends(links: Links) -> list[list[tuple[float, float]]]:
    return [[(round(x), round(y)) for x, y in shapely.get_coordinates(one).tolist()] for one in links.lines]


def round_trip(height: float) -> Network:
    """A road that ends 100 m from another, and a way round over a loop of some height."""
    return network(
        line((0, 0), (1000, 0)),
        line((1100, 0), (2000, 0)),
        line((0, 0), (0, height)),
        line((0, height), (2000, height)),
        line((2000, height), (2000, 0)),
    )


def test_roads_that_nothing_joins_are_joined_where_they_are_nearest() -> None:
    links = found(network(line((0, 0), (1000, 0)), line((500, 120), (500, 900))))
    assert ends(links) == [[(500, 120), (500, 0)]]
    assert np.isinf(links.round_m).all()


def test_a_gap_with_a_long_way_round_is_a_link_and_one_with_a_short_way_is_none() -> None:
    links = found(round_trip(1500))
    assert ends(links) in ([[(1000, 0), (1100, 0)]], [[(1100, 0), (1000, 0)]])
    assert links.round_m.tolist() == pytest.approx([1000 + 1500 + 2000 + 1500 + 900])
    short = network(
        line((0, 0), (1000, 0)), line((1100, 0), (2000, 0)), line((900, 0), (900, 90), (1200, 90), (1200, 0))
    )
    assert len(found(short)) == 0


def test_a_gap_that_is_too_wide_or_lies_behind_another_road_is_none() -> None:
    assert len(found(network(line((0, 0), (1000, 0)), line((500, 301), (500, 900))))) == 0
    between = line((400, 60), (600, 60))
    behind = network(line((0, 0), (1000, 0)), line((500, 120), (500, 900)), between)
    assert [(500, 120), (500, 0)] not in ends(found(behind))


def test_who_may_not_use_a_road_finds_no_link_to_it() -> None:
    drawn = network(line((0, 0), (1000, 0)), line((500, 120), (500, 900)))
    assert len(missing(drawn, drawn.owner == 0)) == 0


def lengths(drawn: Network, nobody: bool) -> dict[tuple[float, float], dict[tuple[float, float], float]]:
    graph = networkx.Graph()
    for tail, head, metres, limit in zip(drawn.tail, drawn.head, drawn.length_m, drawn.limit_t, strict=True):
        ends = (tuple(np.round(drawn.nodes[node], 1)) for node in (tail, head))
        if limit > 0 or not nobody:
            graph.add_edge(*ends, weight=metres)
    return dict(networkx.all_pairs_dijkstra_path_length(graph))


@pytest.mark.parametrize("seed", range(4))
def test_links_change_no_way_before_they_are_built_and_then_are_roads_like_others(seed: int) -> None:
    """Held against networkx, over the network as it was and over one drawn anew with the links as roads."""
    random = np.random.default_rng(seed)
    starts = random.uniform(0, 3_000, (30, 2))
    lines = shapely.linestrings(np.stack([starts, starts + random.uniform(-900, 900, (30, 2))], axis=1))
    drawn = build(lines, EPSG)
    links = found(drawn)
    assert len(links)
    wider, of = joined(drawn, links)
    assert (of < 0).sum() == len(links)
    assert wider.length_m[of >= 0].sum() == pytest.approx(drawn.length_m.sum())
    before, closed, opened = lengths(drawn, nobody=True), lengths(wider, nobody=True), lengths(wider, nobody=False)
    anew = lengths(build(np.concatenate([lines, links.lines]), EPSG), nobody=True)
    for here in before:
        for there in before:
            assert closed[here].get(there) == pytest.approx(before[here].get(there))
            assert opened[here].get(there) == pytest.approx(anew[here].get(there), abs=0.5)


def test_a_cut_edge_keeps_its_road_its_direction_and_where_it_runs() -> None:
    drawn = build(np.array([line((0, 0), (1000, 0)), line((500, 120), (500, 900))]), EPSG, direction=np.array([1, 0]))
    wider, of = joined(drawn, found(drawn))
    parts = np.flatnonzero(of == 0)
    assert wider.direction[parts].tolist() == [1, 1]
    assert sorted(zip(wider.start_m[parts], wider.end_m[parts], strict=True)) == [(0, 500), (500, 1000)]
    assert not np.isfinite(connect(wider, wider.length_m, weight_t=0.1).forward[of < 0]).any()
