"""What the small map draws, asked of a real database."""

from collections.abc import Iterator

import pytest
import shapely
from sqlalchemy import Connection, text

from geo.view import View
from layers import db
from layers.db import sql
from layers.overview.queries import ground, overview, shapes, state
from layers.records.versions import states
from layers.registry import layers

MANY = 100_000
SQUARE = "st_multi(st_makeenvelope({}, {}, {}, {}, 4326))"
VIEW = View(104.5, -4.5, 10)
BOX = dict(zip(("west", "south", "east", "north"), VIEW.box(), strict=True))


@pytest.fixture
def villages(connection: Connection) -> Connection:
    """Two villages side by side, each in a kecamatan of its own, and a trunk road across both."""
    for code, district, west, east in (
        ("99.01.01.2001", "99.01.01", 104.3, 104.5),
        ("99.01.02.2001", "99.01.02", 104.5, 104.7),
    ):
        area(connection, district, "99.01", "kecamatan", (west, -4.7, east, -4.3))
        area(connection, code, district, "desa", (west, -4.7, east, -4.3))
    road(connection, "nasional", "LINESTRING(104.3 -4.5, 104.7 -4.5)")
    return connection


def area(connection: Connection, code: str, parent: str, level: str, bounds: tuple[float, ...]) -> None:
    statement = (
        "insert into area (source, source_id, name, level, code, parent_code, area_km2, geom) "
        f"values ('uji', :code, :name, :level, :code, :parent, 100, {SQUARE.format(*bounds)})"
    )
    name = f"{level} {code}"
    connection.execute(text(statement), {"code": code, "parent": parent, "level": level, "name": name})


def road(connection: Connection, status: str, line: str) -> None:
    statement = (
        "insert into road (source, source_id, status, geom) "
        "values ('uji', :line, :status, st_multi(cast(:line as geometry)))"
    )
    connection.execute(text(statement), {"line": f"SRID=4326;{line}", "status": status})


def test_the_border_between_two_kecamatan_runs_where_they_meet(villages: Connection):
    found = ground(villages, VIEW)
    meeting = [VIEW.pixel(104.5, lat) for lat in (-4.7, -4.3)]
    left, _, _, top = VIEW.box()
    xy = shapely.get_coordinates(found.borders.between_groups)
    assert (xy[:, 0] - left) / VIEW.metres == pytest.approx(meeting[0][0], abs=0.5)
    assert sorted((top - xy[:, 1]) / VIEW.metres) == pytest.approx(sorted(y for _, y in meeting), abs=0.5)


def test_far_off_only_kecamatan_are_named_and_near_by_villages_too(villages: Connection):
    assert [name.text for name in ground(villages, VIEW).names] == ["kecamatan 99.01.01", "kecamatan 99.01.02"]
    near = {name.text for name in ground(villages, VIEW.zoomed(2)).names}
    assert {"desa 99.01.01.2001", "desa 99.01.02.2001"} <= near


def test_trunk_roads_are_drawn_from_afar_and_village_roads_only_near_by(villages: Connection):
    road(villages, "desa", "LINESTRING(104.48 -4.6, 104.48 -4.4)")
    far, near = ground(villages, VIEW), ground(villages, VIEW.zoomed(3))
    assert [not line.is_empty for line in far.roads] == [True, False, False]
    assert [not line.is_empty for line in near.roads] == [True, False, True]


def test_a_map_is_drawn_anew_once_its_areas_have_changed(villages: Connection):
    before, drawn = state(states(villages)), overview(villages, VIEW)
    assert overview(villages, VIEW) is drawn
    area(villages, "99.01.03", "99.01", "kecamatan", (104.2, -4.7, 104.3, -4.3))
    assert state(states(villages)) != before
    assert overview(villages, VIEW) != drawn


def test_a_kecamatan_without_villages_is_still_land(connection: Connection):
    area(connection, "99.01.01", "99.01", "kecamatan", (104.3, -4.7, 104.5, -4.3))
    assert ground(connection, VIEW).borders.land.area > 0


def test_the_shape_of_a_feature_is_cut_to_the_view(villages: Connection):
    number = villages.execute(text("select id from road where source = 'uji'")).scalar_one()
    near = VIEW.zoomed(3)
    line = shapes(villages, layers()["roads"], [number], near)[number]
    assert line.bounds[0] == pytest.approx(-20, abs=1) and line.bounds[2] == pytest.approx(740, abs=1)
    assert shapes(villages, layers()["roads"], [number], View(100.0, 3.0, 12)) == {}


@pytest.fixture(scope="module")
def crowded(database_url: str) -> Iterator[Connection]:
    """100,000 areas and roads over a country, in a transaction that is rolled back."""
    engine = db.connect(database_url)
    with engine.connect() as connection:
        outer = connection.begin()
        spot = "st_makepoint(95 + 45 * random(), -10 + 15 * random())"
        connection.execute(
            text(
                "insert into area (source, source_id, name, level, code, geom) "
                "select 'uji', n, 'Desa ' || n, 'desa', n, st_multi(st_expand(st_setsrid("
                f"{spot}, 4326), 0.01)) from generate_series(1, {MANY}) as n"
            )
        )
        connection.execute(
            text(
                "insert into road (source, source_id, status, geom) select 'uji', n, 'desa', "
                f"st_multi(st_makeline(st_setsrid(at, 4326), st_setsrid(st_translate(at, 0.01, 0.01), 4326))) "
                f"from (select n, {spot} as at from generate_series(1, {MANY}) as n) as spots"
            )
        )
        connection.execute(text("analyze area; analyze road"))
        yield connection
        outer.rollback()
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "index", "asked"),
    [
        ("overview/areas.sql", "idx_area_geom", {}),
        ("overview/names.sql", "idx_area_geom", {"levels": ["desa"]}),
        ("overview/roads.sql", "idx_road_geom", {"metres": 10, "lowest": 3}),
        ("areas/named.sql", "uq_area_code", {"codes": ["5", "6"]}),
    ],
)
def test_a_question_of_the_map_uses_its_index(crowded: Connection, question: str, index: str, asked: dict[str, object]):
    box = {} if question.startswith("areas") else BOX
    plan = crowded.execute(text("explain " + sql(question).text), {**box, **asked}).scalars()
    assert index in "\n".join(plan)
