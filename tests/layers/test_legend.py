"""The legend's counts agree with the tables, before and after changes are folded, and come from an index."""

import pytest
from sqlalchemy import Connection, text

from layers.db import sql
from layers.legend import counts
from layers.records.versions import fold
from layers.registry import layers

OFFICE = """insert into office (source, source_id, kind, geom)
    select 'ujian', kind || n, kind, st_setsrid(st_makepoint(104 + n / 1000.0, -5), 4326)
    from (values ('sd', 40), ('pos', 3)) as wanted (kind, number), generate_series(1, number) as n"""
ROAD = """insert into road (source, source_id, status, geom)
    select 'ujian', n, 'desa', st_geomfromtext('MULTILINESTRING((104 -5, 104.1 -5))', 4326)
    from generate_series(1, 5) as n"""


@pytest.mark.parametrize("folded", [False, True])
def test_points_are_counted_by_kind_before_and_after_folding(connection: Connection, folded: bool) -> None:
    before = counts(connection, layers()["offices"])
    connection.execute(text(OFFICE))
    if folded:
        fold(connection)
    after = counts(connection, layers()["offices"])
    assert after["sd"] - before.get("sd", 0) == 40
    assert after["pos"] - before.get("pos", 0) == 3


def test_a_removed_point_leaves_the_count(connection: Connection) -> None:
    connection.execute(text(OFFICE))
    fold(connection)
    before = counts(connection, layers()["offices"])
    connection.execute(text("delete from office where source = 'ujian' and source_id = 'pos1'"))
    assert counts(connection, layers()["offices"])["pos"] == before["pos"] - 1


def test_lines_are_counted_by_their_status(connection: Connection) -> None:
    before = counts(connection, layers()["roads"]).get("desa", 0)
    connection.execute(text(ROAD))
    assert counts(connection, layers()["roads"])["desa"] == before + 5


def test_counting_points_reads_the_coarsest_cells_alone(connection: Connection) -> None:
    connection.execute(
        text("""insert into tile_cell (layer, z, x, y, kind, n)
        select 'complaints', 20, n / 300, n % 300, 'sampah', 1 from generate_series(1, 100000) as n""")
    )
    connection.execute(text("analyze tile_cell"))
    explained = connection.execute(text(f"explain {sql('legend.sql').text}"), {"layer": "complaints"})
    plan = "\n".join(line for (line,) in explained)
    assert "pk_tile_cell" in plan
    assert "Seq Scan on tile_cell" not in plan
