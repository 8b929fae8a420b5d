"""The names on the map: of the regency's areas alone, each written inside its area."""

import pytest
from shapely import Point, wkt
from sqlalchemy import Connection, text

from layers.areas.labels import labels
from layers.db import sql
from layers.records.preferences import REGENCY, set_preference

CRESCENT = "MULTIPOLYGON(((104 -5, 105 -5, 105 -4, 104 -4, 104 -4.1, 104.9 -4.1, 104.9 -4.9, 104 -4.9, 104 -5)))"
AREAS = (
    ("91.01", "Kabupaten", "kabupaten", "91"),
    ("91.01.01", "Kecamatan", "kecamatan", "91.01"),
    ("91.01.01.2001", "Desa", "desa", "91.01.01"),
    ("91.02.01", "Tetangga", "kecamatan", "91.02"),
)


@pytest.fixture
def regency(connection: Connection) -> Connection:
    add = """insert into area (source, source_id, name, level, code, parent_code, geom)
        values ('ujian', :code, :name, :level, :code, :parent, st_geomfromtext(:shape, 4326))"""
    for code, name, level, parent in AREAS:
        values = {"code": code, "name": name, "level": level, "parent": parent, "shape": CRESCENT}
        connection.execute(text(add), values)
    set_preference(connection, REGENCY, "91.01")
    return connection


def test_only_the_areas_of_the_regency_at_home_are_named(regency: Connection) -> None:
    assert {(row.name, row.level) for row in labels(regency)} == {("Kecamatan", "kecamatan"), ("Desa", "desa")}


def test_a_name_stands_inside_its_area_even_in_a_crescent(regency: Connection) -> None:
    shape = wkt.loads(CRESCENT)
    assert all(shape.contains(Point(row.lon, row.lat)) for row in labels(regency))


def test_among_all_villages_of_the_country_the_index_finds_ours(connection: Connection) -> None:
    connection.execute(
        text("""insert into area (source, source_id, level, code, parent_code, geom)
        select 'ujian', n, 'desa', '92.' || n, '92.' || n / 12, st_geomfromtext(:shape, 4326)
        from generate_series(1, 80000) as n"""),
        {"shape": "MULTIPOLYGON(((104 -5, 105 -5, 105 -4, 104 -5)))"},
    )
    connection.execute(text("analyze area (code, parent_code)"))
    explained = connection.execute(text(f"explain {sql('areas/labels.sql').text}"), {"code": "91.01"})
    plan = "\n".join(line for (line,) in explained)
    assert plan.count("ix_area_parent_code") == 2
    assert "Seq Scan" not in plan
