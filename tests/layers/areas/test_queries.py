"""Which village a point belongs to, checked against shapely and pyproj."""

import numpy as np
import pytest
import shapely
from pyproj import Geod
from sqlalchemy import Connection, text

from layers.areas.queries import Village, asking, locate, regency, village_at
from layers.records.preferences import REGENCY, set_preference

INSERT = text(
    "insert into area (source, source_id, code, name, level, parent_code, geom) values"
    " ('uji', :code, :code, :name, :level, :parent, st_multi(st_geomfromtext(:wkt, 4326)))"
)


def add_area(connection: Connection, code: str, level: str, shape: shapely.Geometry) -> None:
    parent = code.rpartition(".")[0]
    row = {"code": code, "name": f"Nama {code}", "level": level, "parent": parent, "wkt": shape.wkt}
    connection.execute(INSERT, row)


@pytest.fixture
def regency_of_two(connection: Connection) -> Connection:
    """Two villages with a gap of 0.001° (about 110 m) between them, and a sliver where a third overlaps the first."""
    connection.execute(text("delete from area"))
    add_area(connection, "99.01", "kabupaten", shapely.box(104, -5, 104.301, -4.9))
    add_area(connection, "99.01.01", "kecamatan", shapely.box(104, -5, 104.301, -4.9))
    add_area(connection, "99.01.01.2001", "desa", shapely.box(104, -5, 104.1, -4.9))
    add_area(connection, "99.01.01.2002", "desa", shapely.box(104.101, -5, 104.2, -4.9))
    add_area(connection, "99.01.01.1003", "kelurahan", shapely.box(104.1999, -5, 104.301, -4.9))
    set_preference(connection, REGENCY, "99.01")
    return connection


def test_a_point_inside_a_village_knows_the_areas_above_it(regency_of_two: Connection) -> None:
    assert village_at(regency_of_two, 104.05, -4.95) == Village(
        "99.01.01.2001", "Nama 99.01.01.2001", "desa", "Nama 99.01.01", "Nama 99.01"
    )


def test_a_point_in_a_gap_belongs_to_the_nearest_village(regency_of_two: Connection) -> None:
    west, east = village_at(regency_of_two, 104.1004, -4.95), village_at(regency_of_two, 104.1006, -4.95)
    assert west and west.code == "99.01.01.2001"
    assert east and east.code == "99.01.01.2002"


def test_a_point_in_an_overlap_belongs_to_one_village_only(regency_of_two: Connection) -> None:
    found = village_at(regency_of_two, 104.19995, -4.95)
    assert found and found.code == "99.01.01.1003"


def test_a_point_farther_than_a_kilometre_has_no_village(regency_of_two: Connection) -> None:
    north = Geod(ellps="WGS84").fwd(104.05, -4.9, 0, 1)[1]
    just_inside = Geod(ellps="WGS84").fwd(104.05, -4.9, 0, 999)[1]
    too_far = Geod(ellps="WGS84").fwd(104.05, -4.9, 0, 1001)[1]
    assert village_at(regency_of_two, 104.05, north) is not None
    assert village_at(regency_of_two, 104.05, just_inside) is not None
    assert village_at(regency_of_two, 104.05, too_far) is None


def test_the_regency_at_home_comes_from_the_preference(regency_of_two: Connection) -> None:
    home = regency(regency_of_two)
    assert home is not None
    assert (home.code, home.name, home.utm) == ("99.01", "Nama 99.01", 32748)
    assert home.bounds == pytest.approx((104, -5, 104.301, -4.9))


def test_there_is_no_regency_before_its_boundary_is_known(connection: Connection) -> None:
    set_preference(connection, REGENCY, "98.76")
    assert regency(connection) is None


def test_located_points_agree_with_the_point_question(regency_of_two: Connection) -> None:
    random = np.random.default_rng(18)
    lon = random.uniform(103.98, 104.32, 400).tolist()
    lat = random.uniform(-5.02, -4.88, 400).tolist()
    regency_of_two.execute(
        text("create temporary table uji (id int, village_code text, geom geometry(point, 4326)) on commit drop")
    )
    insert = text("insert into uji values (:i, null, st_setsrid(st_makepoint(:lon, :lat), 4326))")
    regency_of_two.execute(insert, [{"i": i, "lon": lon[i], "lat": lat[i]} for i in range(400)])
    locate(regency_of_two, "uji")
    codes = regency_of_two.execute(text("select village_code from uji order by id")).scalars().all()
    asked = [village_at(regency_of_two, lon[i], lat[i]) for i in range(400)]
    assert codes == [village.code if village else None for village in asked]
    assert None in codes and len(set(codes)) == 4


def test_a_road_belongs_to_the_village_that_holds_a_point_on_it(regency_of_two: Connection) -> None:
    regency_of_two.execute(
        text(
            "insert into road (source, source_id, status, geom) values ('uji', '1', 'desa',"
            " st_multi(st_geomfromtext('linestring(104.12 -4.95, 104.15 -4.95, 104.19 -4.95)', 4326)))"
        )
    )
    locate(regency_of_two, "road")
    code = regency_of_two.execute(text("select village_code from road where source = 'uji'")).scalar_one()
    assert code == "99.01.01.2002"


def test_the_point_question_uses_the_index_among_many_areas(regency_of_two: Connection) -> None:
    regency_of_two.execute(
        text(
            "insert into area (source, source_id, code, level, geom)"
            " select 'banyak', i, 'x' || i, 'desa', st_multi(st_expand(st_point(i % 300, i / 300, 4326), 0.4))"
            " from generate_series(1, 20000) as i"
        )
    )
    regency_of_two.execute(text("analyze area"))
    question = text("explain " + asking("village_at").text)
    plan = "\n".join(regency_of_two.execute(question, {"lon": 104.05, "lat": -4.95, "reach": 1000}).scalars())
    assert "idx_area_geom" in plan
    assert "Seq Scan on area" not in plan
