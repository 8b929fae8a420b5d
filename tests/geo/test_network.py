"""Networks hang together as the ground does, checked against hand-drawn cases and the real ones."""

from itertools import combinations

import geopandas
import networkx
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.network import Network, build, components
from geo.noding import cut_at_vertices, node
from tests.conftest import SHARED
from tests.geo.roads import EPSG, line

seeds = st.integers(0, 10_000)


def streets(seed: int, count: int = 12) -> np.ndarray:
    return shapely.linestrings(np.random.default_rng(seed).uniform(0, 1_000, (count, 3, 2)))


@settings(max_examples=40)
@given(seeds)
def test_pieces_meet_at_their_ends_alone_and_nothing_gets_lost(seed: int) -> None:
    lines = streets(seed)
    noded = node(lines, 0.5)
    for a, b in combinations(noded.lines, 2):
        if a.intersects(b):
            common = a.intersection(b)
            ends = [shapely.get_point(piece, i) for piece in (a, b) for i in (0, -1)]
            assert all(min(point.distance(end) for end in ends) < 0.02 for point in shapely.get_parts(common))
    assert shapely.length(noded.lines).sum() == pytest.approx(shapely.length(lines).sum(), rel=1e-3)


@settings(max_examples=40)
@given(seeds)
def test_each_piece_knows_from_where_to_where_on_its_road_it_runs(seed: int) -> None:
    lines = streets(seed)
    noded = node(lines, 0.5)
    for piece, owner, start, end in zip(noded.lines, noded.owner, noded.start_m, noded.end_m, strict=True):
        assert abs(end - start) == pytest.approx(piece.length, abs=0.5)
        middle = lines[owner].line_interpolate_point((start + end) / 2)
        assert middle.distance(piece) < 0.5


def test_streets_that_cross_without_a_vertex_are_joined() -> None:
    network = build(np.array([line((0, 0), (100, 0)), line((50, -50), (50, 50))]), EPSG)
    assert (len(network.nodes), len(network.tail)) == (5, 4)


def test_a_bridge_of_openstreetmap_is_not_a_crossing_but_a_shared_vertex_is() -> None:
    under, over = line((0, 0), (100, 0)), line((50, -50), (50, 50))
    joining = line((20, 0), (20, 30))
    with_vertex = line((0, 0), (20, 0), (100, 0))
    assert len(build(np.array([under, over]), EPSG, bridged=np.ones(2, bool)).tail) == 2
    cut = cut_at_vertices(np.array([with_vertex, over, joining]))
    assert sorted(zip(cut.owner.tolist(), cut.start_m.tolist(), cut.end_m.tolist(), strict=True)) == [
        (0, 0, 20),
        (0, 20, 100),
        (1, 0, 100),
        (2, 0, 30),
    ]


def test_openstreetmap_roads_pass_over_each_other_also_where_other_roads_join_them() -> None:
    """A flyover over a street, both of OpenStreetMap, and a lane of another map that crosses both."""
    street, flyover = line((0, 0), (100, 0)), line((50, -50), (50, 50))
    ramp = line((100, 0), (50, 50))  # shares a vertex with either
    lane = line((20, -20), (70, 30))  # crosses the street at 40, the flyover at 0
    network = build(np.array([street, flyover, ramp, lane]), EPSG, bridged=np.array([True, True, True, False]))
    places = [tuple(np.round(place)) for place in network.nodes]
    assert places.count((50, 0)) == 2, "the flyover and the street are not joined, where they cross"
    assert places.count((40, 0)) == places.count((50, 10)) == 1, "the lane is joined with both"
    assert places.count((100, 0)) == places.count((50, 50)) == 1


@settings(max_examples=40)
@given(seeds)
def test_one_road_of_another_map_far_away_changes_nothing_about_those_of_openstreetmap(seed: int) -> None:
    random = np.random.default_rng(seed)
    cells = random.permutation(36)[:10]  # none nearer to another than a gap that would be closed
    corners = np.column_stack([cells % 6, cells // 6]) * 150 + random.uniform(0, 100, (10, 2))
    ends = random.choice(len(corners), (14, 2))
    lines = np.array([line(corners[a], corners[b]) for a, b in {(min(e), max(e)) for e in ends.tolist()} if a != b])
    near = shapely.dwithin(shapely.points(corners)[:, None], lines, 3.0)
    assume((near.sum(axis=1) == shapely.intersects(shapely.points(corners)[:, None], lines).sum(axis=1)).all())
    elsewhere = line((9_000, 9_000), (9_100, 9_000))
    osm = np.ones(len(lines), bool)
    alone = build(lines, EPSG, bridged=osm)
    mixed = build(np.append(lines, elsewhere), EPSG, bridged=np.append(osm, False))
    assert reached(mixed, lines) == reached(alone, lines)


def reached(network: Network, lines: np.ndarray) -> set[tuple[int, int]]:
    """Which lines lead to which: pairs of those that hang together."""
    part = components(network).of_node[network.tail]
    of_line = {int(owner): int(number) for owner, number in zip(network.owner, part, strict=True)}
    return {(a, b) for a, b in combinations(range(len(lines)), 2) if of_line.get(a) == of_line.get(b)}


@pytest.mark.parametrize(("gap_m", "parts"), [(0.4, 1), (0.9, 1), (1.5, 2)])
@pytest.mark.parametrize("towards", [(0.0, 0.0), (50.0, 0.0)], ids=["an end", "the middle"])
def test_a_gap_up_to_the_tolerance_is_closed(gap_m: float, parts: int, towards: tuple[float, float]) -> None:
    x, y = towards
    short = line((x, y + gap_m), (x, y + 80))
    network = build(np.array([line((0, 0), (100, 0)), short]), EPSG)
    assert len(components(network).sizes) == parts


def test_a_ring_is_cut_and_keeps_its_whole_length() -> None:
    ring = line((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
    noded = node(np.array([ring, line((100, 50), (300, 50))]), 0.5)
    assert np.abs(noded.end_m - noded.start_m)[noded.owner == 0].sum() == pytest.approx(400, abs=0.1)


def test_direction_and_weight_limit_follow_the_road_however_its_pieces_are_drawn() -> None:
    lines = np.array([line((0, 0), (100, 0)), line((100, 0), (200, 0)), line((150, -9), (150, 9))])
    network = build(lines, EPSG, direction=np.array([1, -1, 0]), limit_t=np.array([np.inf, 3.0, 8.0]))
    for edge in range(len(network.tail)):
        x = network.nodes[[network.tail[edge], network.head[edge]], 0]
        onward = network.direction[edge] * np.sign(x[1] - x[0])
        assert onward == {0: 1, 1: -1, 2: 0}[int(network.owner[edge])]
        assert network.limit_t[edge] == {0: np.inf, 1: 3.0, 2: 8.0}[int(network.owner[edge])]


@settings(max_examples=25)
@given(seeds)
def test_components_are_those_of_networkx(seed: int) -> None:
    network = build(streets(seed, 6), EPSG)
    drawn = networkx.Graph(zip(network.tail.tolist(), network.head.tolist(), strict=True))
    expected = sorted(map(len, networkx.connected_components(drawn)), reverse=True)
    found = components(network)
    assert found.sizes.tolist() == expected
    assert all(len(set(found.of_node[list(part)])) == 1 for part in networkx.connected_components(drawn))


def test_the_version_changes_with_anything_that_counts_and_with_nothing_else() -> None:
    lines = streets(1)
    same, other = build(lines, EPSG), build(lines[::-1], EPSG)
    assert build(lines, EPSG).version == same.version != other.version
    one_way = build(lines, EPSG, direction=np.ones(len(lines)))
    limited = build(lines, EPSG, limit_t=np.full(len(lines), 5.0))
    assert len({same.version, one_way.version, limited.version}) == 3


def test_without_roads_there_is_no_network() -> None:
    with pytest.raises(ValueError, match="at least one road"):
        build(np.array([]), EPSG)


REAL = pytest.mark.skipif(not SHARED.exists(), reason="the real files of ../shared/data are not here")


def real_lines(name: str, epsg: int, layer: str | None = None) -> np.ndarray:
    frame = geopandas.read_file(SHARED / name, layer=layer).to_crs(epsg)
    return shapely.get_parts(shapely.force_2d(np.array(frame.geometry)))


def share_by_ends(lines: np.ndarray) -> float:
    ends = np.stack([shapely.get_coordinates(shapely.get_point(lines, i)).round(2) for i in (0, -1)], axis=1)
    drawn = networkx.Graph([tuple(map(tuple, pair)) for pair in ends.tolist()])
    return max(map(len, networkx.connected_components(drawn))) / len(drawn)


def largest_share(network: Network) -> float:
    sizes = components(network).sizes
    return float(sizes[0] / sizes.sum())


@pytest.mark.real
@REAL
def test_tulang_bawang_barat_hangs_together_once_its_lines_are_cut_at_crossings() -> None:
    edges = real_lines("rbi50k_tulang_bawang_barat_noded.gpkg", 32748)
    assert largest_share(build(edges, 32748)) == pytest.approx(0.955, abs=0.002)
    province = real_lines("rbi50k_lampung.gpkg", 32748, "jalan")
    drawn = province[shapely.dwithin(province, shapely.union_all(edges), 1)]
    assert share_by_ends(drawn) < 0.4
    assert largest_share(build(drawn, 32748)) > 0.95


@pytest.mark.real
@REAL
def test_coquimbo_hangs_together_as_it_is_drawn() -> None:
    links = real_lines("osm_coquimbo_network.gpkg", 32719, "links")
    network = build(links, 32719, bridged=np.ones(len(links), bool))
    assert len(network.tail) == len(links)
    assert largest_share(network) == pytest.approx(0.999, abs=0.0005)
