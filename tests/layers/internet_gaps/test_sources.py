"""Rasters of heights and of signal, and statements that find what they ask for by an index."""

from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from sqlalchemy import Connection, text

from layers.db import sql
from layers.internet_gaps.queries import basis
from layers.internet_gaps.rules import LASTING
from layers.rasters.acts import Arrival, import_raster
from layers.records.actors import Actor
from tests.layers.access.world import SOUTH, SPAN_M, WEST, settle
from tests.layers.internet_gaps.world import cell, cells, compute, heights, put_tower

HOME = (104.9, -5.0, 105.2, -4.6)
BOX = {"west": 104.3, "south": -5.2, "east": 105.2, "north": -4.3}


@pytest.fixture
def world(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connection:
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    settle(connection)
    return connection


def bring(
    connection: Connection, tmp_path: Path, kind: str, values: np.ndarray, side_m: float = 100, **more: Any
) -> None:
    """Import a raster that begins 20 km north-west of the regency, or at its own corner."""
    corner = more.get("corner", (WEST - 20_000, SOUTH + SPAN_M + 20_000))
    profile = {"crs": "EPSG:32748", "transform": from_origin(*corner, side_m, side_m), "nodata": -9999, "count": 1}
    size = {"height": values.shape[0], "width": values.shape[1], "dtype": "float32"}
    path = tmp_path / f"{kind}.tif"
    with rasterio.open(path, "w", driver="GTiff", **profile, **size) as written:
        written.write(values.astype(np.float32), 1)
    import_raster(connection, Actor("uji"), Arrival(path, kind, kind, kind.title(), "uji"), HOME, tmp_path)


def test_behind_a_ridge_the_signal_is_lost_that_the_range_would_promise(world: Connection, tmp_path: Path) -> None:
    put_tower(world, 2_000, 5_000, 7_000)
    compute(world)
    before = {row.id: row for row in cells(world)}
    bring(world, tmp_path, "terrain", heights(rise=400))
    compute(world)
    told = basis(world)
    assert told is not None
    assert (told.terrain, told.coarse) == ("Terrain", False)
    for row in cells(world):
        if row.x < 4_900 and hypot(row.x - 2_000, row.y - 5_000) < 3_000:  # farther off, flat land takes a little too
            assert row.signal_dbm == before[row.id].signal_dbm, "before the ridge nothing stands in the way"
            assert row.terrain_db == 0
    shadow = cell(world, 7_100, 5_100)
    assert (before[shadow.id].kind, shadow.kind) == ("weak_modelled", "none_modelled")
    assert shadow.terrain_db == pytest.approx(before[shadow.id].signal_dbm - shadow.signal_dbm, abs=0.02)
    assert shadow.terrain_db > 20
    assert cell(world, 9_900, 200).kind == "unknown", "beyond the range nothing is known, ridge or not"


def test_over_flat_land_heights_change_nothing_near_the_tower(world: Connection, tmp_path: Path) -> None:
    put_tower(world, 5_000, 5_000, 3_000)
    compute(world)
    before = [row.kind for row in cells(world)]
    bring(world, tmp_path, "terrain", heights())
    compute(world)
    assert [row.kind for row in cells(world)] == before


def test_heights_too_coarse_for_hills_are_not_used_and_it_is_said(world: Connection, tmp_path: Path) -> None:
    put_tower(world, 2_000, 5_000, 7_000)
    bring(world, tmp_path, "terrain", np.array([[20, 900], [20, 900], [20, 20]]), side_m=10_000)
    compute(world)
    told = basis(world)
    assert told is not None
    assert (told.terrain, told.coarse) == (None, True)
    assert cell(world, 7_100, 5_100).kind == "weak_modelled"


def test_a_raster_of_signal_is_a_model_and_its_empty_cells_say_nothing(world: Connection, tmp_path: Path) -> None:
    """The western third -90, the next -110, the next -120 dBm; in the north no value, in the south none that is dBm."""
    dbm = np.repeat(np.array([[-90, -110, -120, -120]], float), 25, axis=1).repeat(100, axis=0)
    dbm[:10] = -9999
    dbm[90:] = 40
    bring(world, tmp_path, "signal", dbm, corner=(WEST, SOUTH + SPAN_M))
    compute(world)
    found = [cell(world, x, 5_100).kind for x in (1_100, 4_100, 9_100)]
    assert found == ["covered_modelled", "weak_modelled", "none_modelled"]
    assert cell(world, 1_100, 9_900).kind == "unknown"
    assert cell(world, 1_100, 100).kind == "unknown"


def plan(connection: Connection, path: str, asked: dict[str, Any]) -> str:
    return "\n".join(connection.execute(text("explain " + sql(path).text), asked).scalars())


def test_among_30_000_rows_an_index_finds_those_that_are_asked_for(connection: Connection) -> None:
    spot = "st_point(90 + (n % 997) / 40.0, -8 + (n % 991) / 90.0, 4326)"
    numbers = "from generate_series(cast(1 as bigint), 30000) as n"
    connection.execute(
        text(f"""
        insert into internet_measurement (says, via, down_mbps, hour, geom)
        select 'terukur', 'seluler', 1, now() - n * interval '1 hour', {spot} {numbers}""")
    )
    connection.execute(
        text(f"""
        insert into complaint (source, source_id, number, category, kind, state, reported_at, geom)
        select 'uji', n, n, 'lain', 'sinyal_hilang', 'received', now() - n * interval '1 hour', {spot} {numbers}""")
    )
    connection.execute(
        text(f"""
        insert into office (source, source_id, kind, village_code, geom)
        select 'uji', n, 'sd', '99.01.01.' || n, {spot} {numbers}""")
    )
    for table in ("internet_measurement", "complaint", "office"):
        connection.execute(text(f"analyze {table}"))
    lately = BOX | {"lasting": LASTING}
    assert "Seq Scan" not in plan(connection, "internet_gaps/phones.sql", lately)
    assert "Seq Scan" not in plan(connection, "internet_gaps/silent_reports.sql", lately)
    assert "Seq Scan" not in plan(connection, "internet_gaps/offices_of_villages.sql", {"codes": ["99.01.01.7"]})
