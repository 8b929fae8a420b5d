"""Rasters: check a foreign one, bring it home as a cloud-optimised GeoTIFF, cut tiles and sums out of it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image
from rasterio._err import CPLE_BaseError
from rasterio.enums import Resampling
from rasterio.errors import CRSError, RasterioIOError
from rasterio.io import DatasetReader
from rasterio.shutil import copy
from rasterio.transform import from_bounds
from rasterio.vrt import WarpedVRT
from rasterio.warp import reproject, transform_bounds

from geo.ramps import Bounds, Ramp, RasterError, Resampler
from geo.view import TILE_PX, WORLD_M

MOST_CELLS = 400_000_000  # a regency at 3 m, or Sumatra at 30 m
DEGREE_M = 111_320.0  # of latitude
SAMPLE_PX = 1024  # enough to find the classes of a legend
LEADING_ELSEWHERE = {"OVERVIEWS", "GEOLOCATION"}  # domains of tags that have GDAL open other files, by any driver


@dataclass(frozen=True)
class Raster:
    """What is known of a raster: size in cells, reference system, bounds (west, south, east, north in EPSG:4326)."""

    width: int
    height: int
    crs: str
    bounds: Bounds
    nodata: float | None


def open_raster(path: Path) -> DatasetReader:
    """Open a GeoTIFF and nothing else, whatever a file pretends to be; raises RasterError."""
    try:
        with rasterio.Env(CPL_VSIL_CURL_ALLOWED_FILENAME="none"):  # a path may not be an address
            return rasterio.open(path, driver="GTiff")
    except RasterioIOError:
        raise RasterError("unreadable") from None


def examine(path: Path, area: Bounds) -> Raster:
    """Read what a raster says of itself; raises RasterError where it cannot be used over an area (EPSG:4326)."""
    with open_raster(path) as source:
        if LEADING_ELSEWHERE & {domain.upper() for domain in source.tag_namespaces()}:
            raise RasterError("unreadable")
        if source.crs is None:
            raise RasterError("no_crs")
        if source.width * source.height > MOST_CELLS:
            raise RasterError("too_large")
        if source.count != 1:
            raise RasterError("many_bands")
        if not source.dtypes[0].startswith(("int", "uint", "float")):
            raise RasterError("no_numbers")
        bounds = _bounds(source)
        if bounds[0] >= area[2] or bounds[2] <= area[0] or bounds[1] >= area[3] or bounds[3] <= area[1]:
            raise RasterError("elsewhere")
        return Raster(source.width, source.height, source.crs.to_string(), bounds, source.nodata)


def bring_home(source: Path, target: Path, resampling: Resampler) -> None:
    """Write a raster as a compressed, tiled GeoTIFF with overviews; raises RasterError where a cell cannot be read."""
    with open_raster(source) as raster:
        _read_all(raster)
        options = {"compress": "deflate", "predictor": "yes", "resampling": resampling, "bigtiff": "if_safer"}
        copy(raster, target, driver="COG", **options)


def sample(path: Path, area: Bounds) -> NDArray[np.float64]:
    """Give the values over an area (EPSG:4326), thinned and flat, without the cells that hold none."""
    with open_raster(path) as source:
        window = source.window(*transform_bounds("EPSG:4326", source.crs, *area)).intersection(
            source.window(*source.bounds)
        )
        scale = max(1.0, max(window.width, window.height) / SAMPLE_PX)
        shape = max(1, round(window.height / scale)), max(1, round(window.width / scale))
        values = source.read(1, window=window, out_shape=shape, masked=True, resampling=Resampling.nearest)
    found: NDArray[np.float64] = values.astype(np.float64).compressed()
    return found[np.isfinite(found)]


def cell_m(path: Path) -> float:
    """Give the longer side of a cell in metres, where the raster's middle lies."""
    with open_raster(path) as source:
        west, south, east, north = _bounds(source)
        columns, rows = source.width, source.height
    across = (east - west) * DEGREE_M * np.cos(np.radians((south + north) / 2)) / columns
    return float(max(across, (north - south) * DEGREE_M / rows))


def grid(path: Path, epsg: int, box: Bounds, side_m: float, resampling: Resampler) -> NDArray[np.float64]:
    """Bring the cells of a box (metres of `epsg`) onto a square grid, rows from the north; NaN where there is none."""
    west, south, east, north = box
    values = np.full((round((north - south) / side_m), round((east - west) / side_m)), np.nan)
    place = {"dst_crs": f"EPSG:{epsg}", "dst_transform": from_bounds(*box, values.shape[1], values.shape[0])}
    with open_raster(path) as source:
        asked = {"src_nodata": source.nodata, "dst_nodata": np.nan, "resampling": Resampling[resampling]}
        reproject(rasterio.band(source, 1), values, **place, **asked)
    return values


def tile(path: Path, z: int, x: int, y: int, ramp: Ramp, resampling: Resampler) -> bytes | None:
    """Draw a tile of the web map's grid as PNG, 256 px; None where it holds no value."""
    side = WORLD_M / 2**z
    west, north = x * side - WORLD_M / 2, WORLD_M / 2 - y * side
    return draw(path, (west, north - side, west + side, north), (TILE_PX, TILE_PX), ramp, resampling)


def draw(path: Path, box: Bounds, size: tuple[int, int], ramp: Ramp, resampling: Resampler) -> bytes | None:
    """Draw what lies in a box (EPSG:3857) as PNG, width by height px, clear where there is no value; None without any.

    Values beyond the ramp's ends take the colour of the nearer end; infinite ones are drawn where the ramp ends so.
    """
    values = _window(path, box, size, resampling)
    seen = ~np.ma.getmaskarray(values) & (np.isfinite(values.data) | (values.data == ramp.limits[-1]))
    if not seen.any():
        return None
    classes = np.searchsorted(np.asarray(ramp.limits[1:-1]), values.data, side="right") + 1
    image = Image.fromarray(np.where(seen, classes, 0).astype(np.uint8))
    image.putpalette(b"\0\0\0" + b"".join(bytes.fromhex(colour.removeprefix("#")) for colour in ramp.colours))
    drawn = BytesIO()
    image.save(drawn, "PNG", transparency=0, optimize=True)
    return drawn.getvalue()


def _read_all(source: DatasetReader) -> None:
    """Read every block once, since copying would stop half way at a broken one."""
    try:
        for _, window in source.block_windows(1):
            source.read(1, window=window)
    except RasterioIOError:
        raise RasterError("unreadable") from None


def _window(path: Path, box: Bounds, size: tuple[int, int], resampling: Resampler) -> np.ma.MaskedArray[Any, Any]:
    width, height = size
    grid = {"crs": "EPSG:3857", "transform": from_bounds(*box, width, height), "width": width, "height": height}
    with open_raster(path) as source:
        unnamed = source.nodata is None  # then a band of its own says where the raster ends
        with WarpedVRT(source, resampling=Resampling[resampling], add_alpha=unnamed, **grid) as warped:
            values: np.ma.MaskedArray[Any, Any] = warped.read(1, masked=True)
            return np.ma.masked_array(values, warped.read(2) == 0) if unnamed else values


def _bounds(source: DatasetReader) -> Bounds:
    try:
        west, south, east, north = transform_bounds(source.crs, "EPSG:4326", *source.bounds)
    except (CRSError, CPLE_BaseError):  # a system of its own, such as that of a building site
        raise RasterError("no_crs") from None
    return west, south, east, north
