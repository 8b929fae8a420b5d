"""From the roads layer to minutes: edges know their road, their condition, their direction and their limit."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import osmium
import pytest
from sqlalchemy import Connection, text

from geo.crs import to_metres
from geo.network import components
from layers.db import sql
from layers.reading.importing import Order, take_in, unwatched
from layers.registry import layers
from layers.roads.edges import RoadEdges, road_edges
from layers.roads.rules import FUNCTIONS, Rules
from layers.roads.speeds import CONDITIONS, SURFACES_OR_UNKNOWN
from layers.roads.survey_import import unreported
from tests.layers.roads.conftest import METRES_A_DEGREE
from tests.layers.roads.test_queries import MANY

Make = Callable[..., int]
BOX = (104.8, -0.1, 105.1, 0.1)


def lengths(edges: RoadEdges) -> dict[str, float]:
    return {
        CONDITIONS[code]: float(edges.network.length_m[edges.condition == code].sum())
        for code in np.unique(edges.condition)
    }


def test_a_road_is_cut_where_its_condition_changes(connection: Connection, lay: Make, see: Make) -> None:
    road = lay(1000)
    see(road, "baik", from_m=0, to_m=300)
    see(road, "rusak_berat", from_m=600, to_m=1000)
    edges = road_edges(connection, BOX)
    assert lengths(edges) == pytest.approx({"baik": 300, "belum_disurvei": 300, "rusak_berat": 400}, abs=2)
    assert set(edges.road) == {road}
    assert len(edges.network.nodes) == 4


def test_positions_run_on_over_the_parts_of_a_road(connection: Connection, lay: Make, see: Make) -> None:
    road = lay(1000)
    parts = "st_geomfromtext('MULTILINESTRING((104.9 0, 104.902 0), (104.905 0, 104.908 0))', 4326)"
    connection.execute(text(f"update road set geom = {parts}"))
    see(road, "baik", from_m=0, to_m=300)
    found = lengths(road_edges(connection, BOX))
    assert found == pytest.approx({"baik": 300, "belum_disurvei": 256.6}, abs=2)


def test_a_survey_without_positions_speaks_of_the_whole_road(connection: Connection, lay: Make, see: Make) -> None:
    road = lay(1000)
    see(road, "sedang")
    connection.execute(text("update road_stretch set from_m = null, to_m = null"))
    see(road, "baik", from_m=5, to_m=305, day=date(2026, 1, 1))
    assert set(lengths(road_edges(connection, BOX))) <= {"baik", "sedang"}


def test_edges_take_function_and_surface_of_their_road_and_unknown_where_it_says_nothing(
    connection: Connection, lay: Make
) -> None:
    named, silent = lay(1000, "tanah", name="1"), lay(500, None, name="2")
    connection.execute(text("update road set function = 'kolektor' where source_id = '1'"))
    connection.execute(text("update road set geom = st_translate(geom, 0, 0.01) where source_id = '2'"))
    edges = road_edges(connection, BOX)
    found = {
        int(road): (FUNCTIONS[f], SURFACES_OR_UNKNOWN[s])
        for road, f, s in zip(edges.road, edges.function, edges.surface, strict=True)
    }
    assert found == {named: ("kolektor", "tanah"), silent: ("tidak_diketahui", "tidak_diketahui")}


def test_minutes_follow_condition_season_and_mode(connection: Connection, lay: Make, see: Make, rules: Rules) -> None:
    road = lay(1000, "tanah")
    see(road, "rusak_berat")
    edges = road_edges(connection, BOX)

    def minutes(mode: str, season: str) -> float:
        return float(edges.graph(rules, mode, season).forward[0])  # type: ignore[arg-type]

    km = edges.network.length_m[0] / 1000
    assert minutes("mobil", "kering") == pytest.approx(km / 6 * 60)
    assert minutes("mobil", "hujan") == np.inf
    assert minutes("motor", "hujan") == minutes("jalan_kaki", "hujan") == pytest.approx(km / 4 * 60)


def test_a_one_way_road_with_a_weak_bridge_lets_motorcycles_through_one_way(
    connection: Connection, lay: Make, rules: Rules
) -> None:
    lay(1000)
    connection.execute(text("update road set direction = 'lawan_arah', load_limit_t = 1"))
    edges = road_edges(connection, BOX)
    open_ = {
        mode: [bool(np.isfinite(way[0])) for way in (graph.forward, graph.backward)]
        for mode in ("mobil", "motor", "jalan_kaki")
        for graph in [edges.graph(rules, mode, "kering")]  # type: ignore[arg-type]
    }
    assert open_ == {"mobil": [False, False], "motor": [False, True], "jalan_kaki": [True, True]}


def test_where_there_are_no_roads_there_is_no_network(connection: Connection, lay: Make) -> None:
    lay(1000)
    with pytest.raises(ValueError, match="at least one road"):
        road_edges(connection, (10.0, 10.0, 11.0, 11.0))


def test_the_roads_of_a_box_are_found_by_the_index(connection: Connection) -> None:
    connection.execute(text(MANY))
    connection.execute(text("analyze road; analyze road_stretch"))
    west, south, east, north = 104.95, -5.2, 104.96, -5.1
    asked = {"west": west, "south": south, "east": east, "north": north}
    plan = "\n".join(connection.scalars(text(f"explain {sql('roads/roads_of_network.sql').text}"), asked))
    assert "idx_road_geom" in plan
    assert "Seq Scan on road " not in plan


CROSSES = text("""insert into road (source, source_id, status, geom)
    values ('uji', 'melintang', 'kabupaten', st_geomfromtext('MULTILINESTRING((104.905 -.01,104.905 .01))', 4326))""")


def parts(connection: Connection) -> int:
    """How many parts the network falls into."""
    return len(components(road_edges(connection, BOX).network).sizes)


def test_roads_of_a_map_without_shared_vertices_meet_where_they_cross(connection: Connection, lay: Make) -> None:
    lay(1000)
    connection.execute(CROSSES)
    assert parts(connection) == 1


def test_the_roads_of_the_sample_cross_without_a_common_vertex_and_hang_together(sampled: Connection) -> None:
    crossing = """select st_x(p) as lon, st_y(p) as lat
        from road as a join road as b on a.id < b.id and st_crosses(a.geom, b.geom),
             lateral (select (st_dump(st_intersection(a.geom, b.geom))).geom as p) as met
        where st_dimension(p) = 0
          and not exists (select from st_dumppoints(a.geom) as v where st_dwithin(v.geom, p, 1e-6)) limit 1"""
    met = sampled.execute(text(crossing)).one()
    edges = road_edges(sampled, (met.lon - 0.001, met.lat - 0.001, met.lon + 0.001, met.lat + 0.001)).network
    place = to_metres(np.array([[met.lon, met.lat]]), edges.epsg)[0]
    at = int(np.argmin(np.hypot(*(edges.nodes - place).T)))
    assert np.hypot(*(edges.nodes[at] - place)) < 0.1
    roads = {int(edges.owner[i]) for i in np.flatnonzero((edges.tail == at) | (edges.head == at))}
    assert len(roads) >= 2


def test_a_flyover_of_an_openstreetmap_extract_does_not_become_a_crossroads(
    connection: Connection, lay: Make, tmp_path: Path
) -> None:
    """A street and a flyover cross without a common node, a lane meets the street in one."""
    lay(1000)
    connection.execute(text("delete from road"))
    places = {1: (104.90, 0.0), 2: (104.91, 0.0), 3: (104.905, -0.01), 4: (104.905, 0.01), 5: (104.91, 0.01)}
    path = tmp_path / "jalan.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in places.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, tags={}))
        ways = {1: ([1, 2], "primary"), 2: ([3, 4], "trunk"), 3: ([2, 5], "residential")}
        for number, (nodes, kind) in ways.items():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags={"highway": kind}))
    order = Order(layers()["roads"], path, tmp_path, area=("all",))
    assert take_in(connection, order, unreported, unwatched).written.added == 3
    assert parts(connection) == 2
    connection.execute(text("update road set meets = 'silang'"))
    assert parts(connection) == 1, "so it would be, were it a topographic map"
    connection.execute(text("update road set meets = 'simpul'"))
    connection.execute(text(str(CROSSES).replace("104.905", "104.902")))
    assert parts(connection) == 2, "a road of another map joins the street that it crosses, not the flyover beyond"


def test_roads_of_openstreetmap_still_meet_where_surveys_end_just_beside_their_crossings(
    connection: Connection, lay: Make, see: Make
) -> None:
    """Lanes leave a road between two surveys that are 0.4 m apart, and at its end, 0.4 m after the last one."""
    road = lay(1000)
    middle, end = (104.9 + metres / METRES_A_DEGREE for metres in (600.2, 1000))
    draw = text("update road set meets = 'simpul', geom = st_geomfromtext(:line, 4326)")
    connection.execute(draw, {"line": f"MULTILINESTRING((104.9 0,{middle} 0,{end} 0))"})
    lane = text("""insert into road (source, source_id, status, meets, geom)
        select 'uji', :name, 'kabupaten', 'simpul', st_multi(st_setsrid(line, 4326))
        from st_makeline(st_makepoint(:lon, 0), st_makepoint(:lon, 0.01)) as line""")
    connection.execute(lane, [{"name": "tengah", "lon": middle}, {"name": "ujung", "lon": end}])
    see(road, "baik", from_m=0, to_m=600)
    see(road, "rusak_berat", from_m=600.4, to_m=999.6)
    assert parts(connection) == 1
    assert lengths(road_edges(connection, BOX)) == pytest.approx(
        {"baik": 600, "rusak_berat": 400, "belum_disurvei": 2 * 0.01 * 110_574}, abs=3
    )
    connection.execute(text(str(CROSSES).replace("104.905", "104.99")))
    assert parts(connection) == 2, "a road of another map, far away, changes nothing but that it is a part of its own"
