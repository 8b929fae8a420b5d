"""Sums within shapes, against laying a fine mesh over them and against the real population of Lampung Utara."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin

from geo.zonal import zonal
from tests.conftest import SHARED

EPSG = "EPSG:32748"
CELL_M = 100


def write(path: Path, cells: np.ndarray, west: float = 500_000) -> Path:
    profile = {"driver": "GTiff", "height": cells.shape[0], "width": cells.shape[1], "count": 1, "dtype": "float64"}
    transform = from_origin(west, 9_500_000, CELL_M, CELL_M)
    with rasterio.open(path, "w", **profile, crs=EPSG, transform=transform, nodata=-1) as raster:
        raster.write(cells, 1)
    return path


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_a_sum_counts_each_cell_by_its_share_inside(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    random = np.random.default_rng(seed)
    cells = np.where(random.random((8, 8)) < 0.2, -1, random.integers(0, 100, (8, 8)).astype(float))
    corners = random.uniform(0, 8 * CELL_M, (6, 2)) + np.array([500_000, 9_500_000 - 8 * CELL_M])
    shape = shapely.convex_hull(shapely.multipoints(corners))
    found = zonal(write(tmp_path_factory.mktemp("raster") / "x.tif", cells), np.array([shape]), EPSG)
    boxes = [
        (
            shapely.box(
                500_000 + x * CELL_M, 9_500_000 - (y + 1) * CELL_M, 500_000 + (x + 1) * CELL_M, 9_500_000 - y * CELL_M
            ),
            cells[y, x],
        )
        for y in range(8)
        for x in range(8)
        if cells[y, x] >= 0
    ]
    shares = [(box.intersection(shape).area / CELL_M**2, value) for box, value in boxes]
    assert found.count[0] == pytest.approx(sum(share for share, _ in shares), abs=1e-4)
    assert found.sum[0] == pytest.approx(sum(share * value for share, value in shares), abs=1e-2)


def test_tiles_add_up_by_sum_and_count(tmp_path: Path) -> None:
    cells = np.arange(32, dtype=float).reshape(4, 8)
    shape = np.array([shapely.box(500_150, 9_499_650, 500_750, 9_499_950)])
    whole = zonal(write(tmp_path / "whole.tif", cells), shape, EPSG)
    west = zonal(write(tmp_path / "west.tif", cells[:, :3]), shape, EPSG)
    east = zonal(write(tmp_path / "east.tif", cells[:, 3:], 500_300), shape, EPSG)
    assert (west + east).mean == pytest.approx(whole.mean)
    assert (west.mean + east.mean) / 2 != pytest.approx(whole.mean)


def test_a_shape_beside_the_raster_holds_nothing(tmp_path: Path) -> None:
    found = zonal(write(tmp_path / "x.tif", np.ones((4, 4))), np.array([shapely.box(0, 0, 10, 10)]), EPSG)
    assert (found.sum[0], found.count[0]) == (0, 0)
    assert np.isnan(found.mean[0])


def test_shapes_in_another_reference_system_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EPSG:32749"):
        zonal(write(tmp_path / "x.tif", np.ones((4, 4))), np.array([shapely.box(0, 0, 1, 1)]), "EPSG:32749")


@pytest.mark.real
@pytest.mark.skipif(not SHARED.exists(), reason="the real files of ../shared/data are not here")
def test_the_villages_of_lampung_utara_hold_its_people() -> None:
    villages = geopandas.read_file(SHARED / "admin_lampung_utara.gpkg", layer="desa_kelurahan").to_crs(EPSG)
    found = zonal(SHARED / "DERIVED_penduduk_100m_estimasi.tif", np.array(villages.geometry), EPSG)
    assert len(found.sum) == 247
    assert found.sum.sum() == pytest.approx(675_620, rel=0.001)
