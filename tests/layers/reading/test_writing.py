"""Writing many rows: where they lie, and which indexes the table has afterwards."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text

from layers.areas.queries import village_at
from layers.reading import indexes
from layers.reading.indexes import alone, set_aside, worth_it
from layers.reading.villages import Villages
from tests.layers.reading.files import SITES, Bring, csv

INDEXES = text("select indexname, indexdef from pg_indexes where tablename = :name order by 1")
CONSTRAINTS = text(
    "select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = cast(:name as regclass) order by 1"
)
INSERT = text(
    "insert into area (source, source_id, code, level, geom)"
    " values ('uji', :code, :code, 'desa', st_multi(st_geomfromtext(:wkt, 4326)))"
)


@pytest.mark.parametrize("table", ["waste_site", "complaint", "area", "office"])
def test_a_table_has_the_same_indexes_after_they_were_set_aside(connection: Connection, table: str) -> None:
    before = [connection.execute(q, {"name": table}).all() for q in (INDEXES, CONSTRAINTS)]
    with set_aside(connection, table):
        left = connection.execute(INDEXES, {"name": table}).all()
    assert [name for name, _ in left] == [f"pk_{table}"]
    assert [connection.execute(q, {"name": table}).all() for q in (INDEXES, CONSTRAINTS)] == before


def test_indexes_are_set_aside_only_for_many_rows_into_a_small_table() -> None:
    assert worth_it(1_000_000, 0)
    assert worth_it(100_000, 25_000)
    assert not worth_it(99_999, 0)
    assert not worth_it(1_000_000, 250_001)


def test_readers_go_on_reading_while_many_rows_come(
    home: Bring, import_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "MANY", 2)
    seen: list[tuple[str, object]] = []
    with import_engine.connect() as reader:
        reader.execute(text("set lock_timeout = '1s'"))
        reader.commit()

        def look(step: str, _done: int, _total: int) -> None:
            seen.append((step, reader.scalar(text("select count(*) from waste_site"))))
            reader.rollback()

        home("waste", csv(tmp_path, SITES), report=look)
    assert ("rapikan", 0) in seen


def test_indexes_are_set_aside_where_nobody_else_uses_the_database(database_url: str) -> None:
    server = create_engine(database_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    url = make_url(database_url).set(database="lonely")
    lonely = create_engine(url, poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text("create database lonely"))
    with lonely.connect() as connection:
        assert alone(connection)
        connection.rollback()
        with lonely.connect():
            assert not alone(connection)
    with server.connect() as connection:
        connection.execute(text("drop database lonely with (force)"))


def test_villages_found_before_writing_agree_with_the_point_question(connection: Connection) -> None:
    random = np.random.default_rng(5)
    connection.execute(text("delete from area"))
    for number, (x, y) in enumerate(random.uniform(0, 0.8, (40, 2))):
        shape = shapely.buffer(shapely.Point(104 + x, -5 + y), 0.12, quad_segs=4)
        connection.execute(INSERT, {"code": f"99.01.01.{2000 + number}", "wkt": shape.wkt})
    villages = Villages(connection)
    points = shapely.points(random.uniform((103.8, -5.2), (105, -4), (300, 2)))
    lines = np.array([shapely.LineString([(p.x - 0.001, p.y), (p.x, p.y), (p.x + 0.001, p.y)]) for p in points])
    asked = [village_at(connection, point.x, point.y) for point in points]
    inside = [bool(shapely.intersects_xy(shapely.union_all(villages._shapes), p.x, p.y)) for p in points]
    codes = [village.code if village and within else None for village, within in zip(asked, inside, strict=True)]
    assert villages.codes(points).to_pylist() == codes
    assert villages.codes(lines).to_pylist() == codes
    assert None in codes


def test_no_village_is_found_where_none_is_known(connection: Connection) -> None:
    connection.execute(text("delete from area"))
    assert Villages(connection).codes(shapely.points([[104.0, -5.0]])).to_pylist() == [None]
