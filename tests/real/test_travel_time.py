"""Minutes on the real networks are those of networkx and of pgRouting, from a thousand places each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import geopandas
import networkx
import numpy as np
import pytest
import shapely
from sqlalchemy import Connection, text

from geo.access import minutes_of_places, to_nearest
from geo.closest import closest_few
from geo.graph import Graph, connect
from geo.labels import labels_of_place
from geo.network import Network, build
from geo.polylines import Polylines
from geo.snapping import Places, Snapper
from geo.squares import squares
from geo.ways import nearest_ways
from tests.conftest import SHARED
from tests.real.conftest import real

pytestmark = [pytest.mark.real, real]

KMH = {"Jalan Kolektor": 40, "Jalan Lokal": 32, "Jalan Lain": 20, "Jalan Setapak": 8}
SECOND = 1 / 60
PLACES, FACILITIES = 1_000, 40


@dataclass(frozen=True)
class Case:
    network: Network
    graph: Graph
    points: np.ndarray
    places: Places
    facilities: Places


def read(name: str, epsg: int, layer: str | None = None) -> geopandas.GeoDataFrame:
    return geopandas.read_file(SHARED / name, layer=layer).to_crs(epsg)


def tulang_bawang_barat() -> tuple[Network, np.ndarray]:
    roads = read("rbi50k_tulang_bawang_barat_noded.gpkg", 32748)
    network = build(shapely.get_parts(np.array(roads.geometry)), 32748)
    return network, roads.kelas.map(KMH).fillna(20).to_numpy(float)[network.owner]


def coquimbo() -> tuple[Network, np.ndarray]:
    links = read("osm_coquimbo_network.gpkg", 32719, "links")
    lines = shapely.get_parts(np.array(links.geometry))
    network = build(lines, 32719, direction=links.direction.to_numpy(), bridged=np.ones(len(lines), bool))
    fast = links.link_type.isin(["motorway", "trunk", "primary", "secondary"]).to_numpy()
    return network, np.where(fast, 50.0, 25.0)[network.owner]


@pytest.fixture(scope="module", params=[tulang_bawang_barat, coquimbo], ids=lambda make: make.__name__)
def case(request: pytest.FixtureRequest) -> Case:
    network, kmh = request.param()
    graph = connect(network, network.length_m / 1000 / kmh * 60)
    random = np.random.default_rng(4)
    west, south, east, north = shapely.total_bounds(network.lines)
    points = random.uniform((west, south), (east, north), (PLACES + FACILITIES, 2))
    snapped = Snapper(network, graph).snap(points)
    return Case(
        network,
        graph,
        points[:PLACES],
        snapped.take(np.arange(PLACES)),
        snapped.take(np.arange(PLACES, PLACES + FACILITIES)),
    )


@dataclass(frozen=True)
class Edges:
    """The network cut at every place and facility: who drives from where to where, and how long; numbers of nodes."""

    tail: np.ndarray
    head: np.ndarray
    minutes: np.ndarray
    place: np.ndarray
    facility: np.ndarray


@pytest.fixture(scope="module")
def cut(case: Case) -> Edges:
    """Cut each edge where something lies on it, and tie what lies there to a node of its own by the walk."""
    network, graph, n = case.network, case.graph, len(case.network.nodes)
    edge = np.concatenate([case.places.edge, case.facilities.edge])
    along = np.concatenate([case.places.along, case.facilities.along])
    count = len(edge)
    on, own = n + np.arange(count), n + count + np.arange(count)
    rows = [(own[i], on[i], case.places.walk[i]) for i in range(PLACES)]
    rows += [(on[PLACES + j], own[PLACES + j], case.facilities.walk[j]) for j in range(FACILITIES)]
    by_edge: dict[int, list[tuple[float, int]]] = {}
    for i in range(count):
        by_edge.setdefault(int(edge[i]), []).append((float(along[i]), int(on[i])))
    for e in range(len(network.tail)):
        stops = [(0.0, network.tail[e]), *sorted(by_edge.get(e, [])), (1.0, network.head[e])]
        for (start, a), (end, b) in pairwise(stops):
            both = ((a, b, graph.forward[e]), (b, a, graph.backward[e]))
            rows += [(*way, minutes * (end - start)) for *way, minutes in both if np.isfinite(minutes)]
    tail, head, minutes = map(np.array, zip(*rows, strict=True))
    return Edges(tail, head, minutes, own[:PLACES], own[PLACES:])


def test_the_nearest_facility_is_that_of_networkx(case: Case, cut: Edges) -> None:
    drawn = networkx.DiGraph()
    for a, b, minutes in sorted(
        zip(cut.head.tolist(), cut.tail.tolist(), cut.minutes.tolist(), strict=True), key=lambda e: -e[2]
    ):
        drawn.add_edge(a, b, weight=minutes)  # turned round; of parallel edges the fastest comes last and stays
    reached = networkx.multi_source_dijkstra_path_length(drawn, set(cut.facility.tolist()))
    expected = np.array([reached.get(int(node), np.inf) for node in cut.place])
    known = to_nearest(case.network, case.graph, case.facilities)
    found = minutes_of_places(case.network, case.graph, case.places, case.facilities, known).minutes
    assert np.isfinite(expected).sum() > PLACES / 2
    assert found == pytest.approx(expected, abs=SECOND)


def test_every_place_meets_the_road_where_a_tree_of_shapes_finds_it(case: Case) -> None:
    grid = squares(Polylines.of(case.network.lines), case.network.length_m)
    found = [grid.snap(case.graph, point[None], farthest_m=1e6) for point in case.points]
    assert [place.walk[0] for place in found] == pytest.approx(case.places.walk, abs=1e-6)
    assert np.mean([place.edge[0] == edge for place, edge in zip(found, case.places.edge, strict=True)]) > 0.95


@pytest.fixture
def routing(connection: Connection, cut: Edges) -> Iterator[Connection]:
    """The cut network as pgRouting wants it, in a transaction that is rolled back."""
    connection.execute(text("create extension pgrouting"))
    connection.execute(
        text("create table street (id int generated always as identity, source int, target int, cost double precision)")
    )
    values = {"a": cut.tail.tolist(), "b": cut.head.tolist(), "minutes": cut.minutes.tolist()}
    filled = "insert into street (source, target, cost) select * from unnest(cast(:a as int[]), cast(:b as int[]), "
    connection.execute(text(f"{filled}cast(:minutes as double precision[]))"), values)
    return connection


def test_the_nearest_five_and_a_filtered_search_are_those_of_pgrouting(
    case: Case, cut: Edges, routing: Connection
) -> None:
    asked = text(
        "select start_vid, end_vid, agg_cost from pgr_dijkstracost('select id, source, target, cost from street',"
        " cast(:places as int[]), cast(:facilities as int[]), true)"
    )
    rows = routing.execute(asked, {"places": cut.place.tolist(), "facilities": cut.facility.tolist()}).all()
    every = np.full((PLACES, FACILITIES), np.inf)
    for start, end, minutes in rows:
        every[start - cut.place[0], end - cut.facility[0]] = minutes
    intact, all_ = np.zeros(len(case.network.tail), bool), np.ones(FACILITIES, bool)
    known = closest_few(case.network, case.graph, case.facilities, intact, 5, all_)
    for i in range(PLACES):
        place = case.places.take(np.array([i]))
        found = labels_of_place(case.network, case.graph, place, case.facilities, intact, known)["minutes"]
        nearest = np.sort(every[i])[:5]
        assert found == pytest.approx(nearest[np.isfinite(nearest)], abs=SECOND)
    wanted = np.arange(FACILITIES) % 3 == 0
    for i in range(0, PLACES, 20):
        few = nearest_ways(case.network, case.graph, case.places.take(np.array([i])), case.facilities, wanted, 3)
        nearest = np.sort(every[i, wanted])[:3]
        assert [way.minutes for _, way in few] == pytest.approx(nearest[np.isfinite(nearest)].tolist(), abs=SECOND)
