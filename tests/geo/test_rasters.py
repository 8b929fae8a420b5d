"""Rasters come home whole, are drawn where they lie, and foreign or broken ones are refused with a reason."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import Transformer
from rasterio.transform import from_origin

from geo import ramps, rasters
from geo.ramps import Ramp, RasterError
from geo.view import WORLD_M
from tests.conftest import SHARED

LAMPUNG = (104.3, -5.1, 105.2, -4.4)
UTM = "EPSG:32748"
PEOPLE = SHARED / "DERIVED_penduduk_100m_estimasi.tif"
HEIGHT = SHARED / "topo_itu_p1511_lampung_5min.tif"
RAMP = Ramp((0, 10, 20, 30), ("#ff0000", "#00ff00", "#0000ff"))


def write(path: Path, values: np.ndarray, crs: str | None = UTM, nodata: float | None = -1, **also: object) -> Path:
    """Write a raster of 100 m cells whose upper left corner lies in Lampung Utara."""
    profile = {"driver": "GTiff", "height": values.shape[0], "width": values.shape[1], "count": 1} | also
    with rasterio.open(
        path,
        "w",
        dtype=values.dtype,
        crs=crs,
        nodata=nodata,
        transform=from_origin(480_000, 9_470_000, 100, 100),
        **profile,
    ) as written:
        written.write(values, 1)
    return path


@pytest.fixture
def checkered(tmp_path: Path) -> Path:
    """Values 5, 15 and 25 in columns of ten cells, and a corner without any."""
    values = np.repeat(np.array([[5, 15, 25]], dtype=np.float32), 10, axis=1).repeat(30, axis=0)
    values[:10, :10] = -1
    return write(tmp_path / "checkered.tif", values)


def test_a_raster_says_its_size_system_and_place(checkered: Path) -> None:
    found = rasters.examine(checkered, LAMPUNG)
    assert (found.width, found.height, found.crs, found.nodata) == (30, 30, UTM, -1)
    corner = Transformer.from_crs(UTM, 4326, always_xy=True).transform(480_000, 9_470_000)
    assert found.bounds[0] == pytest.approx(corner[0], abs=1e-4)
    assert found.bounds[3] == pytest.approx(corner[1], abs=1e-4)


def test_a_raster_without_a_reference_system_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "nowhere.tif", np.ones((4, 4), np.float32), crs=None)
    with pytest.raises(RasterError, match="no_crs"):
        rasters.examine(path, LAMPUNG)


def test_a_raster_in_a_system_that_is_tied_to_no_place_on_earth_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "site.tif", np.ones((4, 4), np.float32), crs='LOCAL_CS["bangunan",UNIT["metre",1]]')
    with pytest.raises(RasterError, match="no_crs"):
        rasters.examine(path, LAMPUNG)


def test_a_raster_of_another_place_is_refused(checkered: Path) -> None:
    with pytest.raises(RasterError, match="elsewhere"):
        rasters.examine(checkered, (112.0, -8.5, 113.0, -7.5))


def test_a_raster_of_50_000_by_50_000_cells_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    size = {"width": 50_000, "height": 50_000, "count": 1, "dtype": "uint8"}
    place = {"crs": UTM, "transform": from_origin(480_000, 9_470_000, 1, 1)}
    rasterio.open(path, "w", driver="GTiff", sparse_ok=True, tiled=True, compress="deflate", **size, **place).close()
    with pytest.raises(RasterError, match="too_large"):
        rasters.examine(path, LAMPUNG)


def test_a_photograph_of_three_bands_is_refused(tmp_path: Path) -> None:
    place = {"crs": UTM, "transform": from_origin(480_000, 9_470_000, 1, 1)}
    path = tmp_path / "photo.tif"
    with rasterio.open(path, "w", driver="GTiff", width=4, height=4, count=3, dtype="uint8", **place) as written:
        written.write(np.ones((3, 4, 4), np.uint8))
    with pytest.raises(RasterError, match="many_bands"):
        rasters.examine(path, LAMPUNG)


@pytest.mark.parametrize("kind", ["complex64", "complex_int16"])
def test_cells_that_hold_complex_numbers_are_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "complex.tif"
    place = {"crs": UTM, "transform": from_origin(480_000, 9_470_000, 1, 1), "dtype": kind}
    rasterio.open(path, "w", driver="GTiff", width=4, height=4, count=1, **place).close()
    with pytest.raises(RasterError, match="no_numbers"):
        rasters.examine(path, LAMPUNG)


def test_a_virtual_raster_that_would_read_another_file_is_refused(tmp_path: Path, checkered: Path) -> None:
    planted = tmp_path / "planted.tif"
    planted.write_text(
        '<VRTDataset rasterXSize="30" rasterYSize="30"><VRTRasterBand dataType="Float32" band="1"><SimpleSource>'
        f"<SourceFilename>{checkered}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    with rasterio.open(planted) as read_by_gdal:
        assert read_by_gdal.read(1)[20, 20] == 25, "the attack works where nobody minds the driver"
    with pytest.raises(RasterError, match="unreadable"):
        rasters.examine(planted, LAMPUNG)


def test_a_raster_whose_tags_lead_to_another_file_is_refused(tmp_path: Path, checkered: Path) -> None:
    planted = write(tmp_path / "planted.tif", np.zeros((60, 60), np.float32))
    with rasterio.open(planted, "r+") as target:
        target.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=str(checkered))
    with rasterio.open(planted, driver="GTiff") as read_by_gdal:
        assert read_by_gdal.read(1, out_shape=(30, 30)).max() == 25, "the attack works although it is a GeoTIFF"
    with pytest.raises(RasterError, match="unreadable"):
        rasters.examine(planted, LAMPUNG)


@given(st.binary(max_size=400))
def test_what_is_no_raster_is_refused(noise: bytes) -> None:
    with rasterio.MemoryFile(noise or b"?") as memory, pytest.raises(RasterError, match="unreadable"):
        rasters.examine(Path(memory.name), LAMPUNG)


def test_a_raster_that_ends_too_soon_leaves_nothing_behind(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).random((600, 600)).astype(np.float32)
    whole = write(tmp_path / "whole.tif", noise)
    broken, target = tmp_path / "broken.tif", tmp_path / "home.tif"
    broken.write_bytes(whole.read_bytes()[:300_000])
    with pytest.raises(RasterError, match="unreadable"):
        rasters.bring_home(broken, target, "average")
    assert not target.exists()


def test_a_raster_at_home_holds_the_same_values_and_overviews_of_their_means(tmp_path: Path) -> None:
    values = np.random.default_rng(2).random((1200, 900)).astype(np.float32)
    home = tmp_path / "home.tif"
    rasters.bring_home(write(tmp_path / "foreign.tif", values), home, "average")
    with rasterio.open(home) as kept:
        assert np.array_equal(kept.read(1), values)
        assert kept.overviews(1) == [2, 4]
        assert kept.profile["tiled"]
        assert kept.nodata == -1
    with rasterio.open(home, overview_level=0) as coarse:
        means = values.reshape(600, 2, 450, 2).mean(axis=(1, 3))
        assert np.allclose(coarse.read(1), means, atol=1e-5)


def test_each_pixel_of_a_tile_has_the_colour_of_the_cell_it_lies_in(checkered: Path) -> None:
    z = 14
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(481_500, 9_468_500)
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - np.arctanh(np.sin(np.radians(lat))) / np.pi) / 2 * 2**z)
    drawn = rasters.tile(checkered, z, x, y, RAMP, "nearest")
    assert drawn
    image = np.asarray(Image.open(BytesIO(drawn)).convert("RGBA"))
    colours = {5.0: (255, 0, 0, 255), 15.0: (0, 255, 0, 255), 25.0: (0, 0, 255, 255), None: (0, 0, 0, 0)}
    with rasterio.open(checkered) as source:
        values = source.read(1)
    side = WORLD_M / 2**z
    to_cells = Transformer.from_crs(3857, UTM, always_xy=True)
    compared = 0
    for row in range(3, 256, 16):
        for column in range(3, 256, 16):
            east, north = to_cells.transform(
                x * side - WORLD_M / 2 + (column + 0.5) * side / 256,
                WORLD_M / 2 - y * side - (row + 0.5) * side / 256,
            )
            across, down = (east - 480_000) / 100, (9_470_000 - north) / 100
            if min(across % 1, 1 - across % 1, down % 1, 1 - down % 1) < 0.1:
                continue  # so near an edge the cell on its other side may be drawn
            inside = 0 <= across < 30 and 0 <= down < 30
            value = float(values[int(down), int(across)]) if inside else -1.0
            assert tuple(image[row, column]) == colours[None if value < 0 else value]
            compared += 1
    assert compared > 100


def test_a_tile_where_nothing_lies_is_not_drawn(checkered: Path) -> None:
    assert rasters.tile(checkered, 14, 0, 0, RAMP, "nearest") is None


def test_classes_tell_of_the_area_alone_however_far_the_raster_reaches(tmp_path: Path) -> None:
    values = np.zeros((400, 400), np.float32)
    values[:20, :20] = 7  # the upper left 2 km
    path = write(tmp_path / "wide.tif", values)
    found = rasters.examine(path, LAMPUNG)
    corner = (found.bounds[0], found.bounds[3] - 0.01, found.bounds[0] + 0.01, found.bounds[3])
    assert set(rasters.sample(path, corner)) == {7.0}
    assert set(rasters.sample(path, LAMPUNG)) == {0.0, 7.0}


def test_a_raster_without_a_single_value_has_no_classes(tmp_path: Path) -> None:
    path = write(tmp_path / "empty.tif", np.full((9, 9), -1, np.float32))
    with pytest.raises(RasterError, match="empty"):
        ramps.quantiles(rasters.sample(path, LAMPUNG), 5)


@pytest.mark.real
@pytest.mark.skipif(not PEOPLE.exists(), reason=f"needs {PEOPLE.name}")
def test_the_population_of_lampung_utara_comes_home_without_losing_anybody(tmp_path: Path) -> None:
    home = tmp_path / "people.tif"
    found = rasters.examine(PEOPLE, LAMPUNG)
    rasters.bring_home(PEOPLE, home, "average")
    with rasterio.open(home) as kept:
        assert round(float(kept.read(1, masked=True).sum())) == 675_620
    assert (found.width * found.height, found.crs) == (649 * 704, UTM)


@pytest.mark.real
@pytest.mark.skipif(not HEIGHT.exists(), reason=f"needs {HEIGHT.name}")
def test_heights_on_a_grid_of_degrees_are_drawn_too(tmp_path: Path) -> None:
    home = tmp_path / "height.tif"
    rasters.examine(HEIGHT, LAMPUNG)
    rasters.bring_home(HEIGHT, home, "average")
    limits = ramps.quantiles(rasters.sample(home, LAMPUNG), 3)
    assert rasters.tile(home, 8, 202, 131, Ramp(limits, RAMP.colours[: len(limits) - 1]), "average")


def test_on_a_grid_of_metres_each_cell_has_the_value_that_lies_there(checkered: Path) -> None:
    """The same grid, one cell to the west: what lies beyond the raster and what holds no value is NaN."""
    box = (479_900, 9_467_000, 483_000, 9_470_000)
    found = rasters.grid(checkered, 32748, box, 100, "nearest")
    assert found.shape == (30, 31)
    assert np.isnan(found[:, 0]).all()
    assert np.isnan(found[:10, 1:11]).all()
    assert np.array_equal(np.unique(found[20, 1:]), [5, 15, 25])


def test_a_grid_of_another_system_holds_the_same_heights(tmp_path: Path) -> None:
    """A slope in degrees, asked for in metres: a height is that of its place, told by PROJ."""
    slope = np.tile(np.arange(100, dtype=np.float32), (100, 1))
    path = tmp_path / "degrees.tif"
    place = {"crs": "EPSG:4326", "transform": from_origin(104.8, -4.7, 0.001, 0.001), "nodata": -9999}
    with rasterio.open(path, "w", driver="GTiff", width=100, height=100, count=1, dtype="float32", **place) as written:
        written.write(slope, 1)
    box = (480_000, 9_472_000, 486_000, 9_478_000)
    found = rasters.grid(path, 32748, box, 200, "average")
    east = Transformer.from_crs(32748, 4326, always_xy=True).transform(483_100, 9_475_100)[0]
    assert found[14, 15] == pytest.approx((east - 104.8) / 0.001 - 0.5, abs=0.6)


def test_a_cell_is_as_wide_as_it_is_on_the_ground(checkered: Path) -> None:
    assert rasters.cell_m(checkered) == pytest.approx(100, rel=0.01)


def test_beyond_a_raster_that_names_no_empty_value_nothing_is_drawn(tmp_path: Path) -> None:
    """Its own cells are, whatever their values; the ground around it is not a cell of zero."""
    path = write(tmp_path / "whole.tif", np.full((30, 30), 5, np.float32), nodata=None)
    west, south, east, north = rasters.examine(path, LAMPUNG).bounds
    there = Transformer.from_crs(4326, 3857, always_xy=True)
    left, bottom = there.transform(west - (east - west), south)
    right, top = there.transform(east, north)
    drawn = rasters.draw(path, (left, bottom, right, top), (200, 100), RAMP, "average")
    assert drawn is not None
    seen = np.asarray(Image.open(BytesIO(drawn)).convert("RGBA"))[..., 3] > 0
    assert not seen[:, :98].any()
    assert seen[5:95, 105:195].all()
