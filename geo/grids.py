"""Rasters made here: numbers of cells in their places, written as a GeoTIFF that says what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from geo.rasters import open_raster

Numbers = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]
NODATA = -1.0  # neither people nor minutes are ever below 0


@dataclass(frozen=True)
class Grid:
    """Numbers of cells (rows from the north), NaN where there is none, with their place in a reference system."""

    values: Numbers
    transform: Affine
    crs: str

    @property
    def digest(self) -> str:
        """Name the numbers and their place; others have another name."""
        told = repr((self.values.shape, str(self.values.dtype), tuple(self.transform), self.crs)).encode()
        return sha256(told + np.ascontiguousarray(self.values).tobytes()).hexdigest()


class Cells:
    """Some cells of a raster, counted row by row, within the smallest box that holds them all; one at least."""

    def __init__(self, raster: Path, cells: Whole) -> None:
        with open_raster(raster) as source:
            row, column = np.divmod(cells, source.width)
            self.crs = source.crs.to_string()
            self.at = row - row.min(), column - column.min()
            self.transform = source.transform @ Affine.translation(int(column.min()), int(row.min()))
        self.shape = tuple(int(axis.max()) + 1 for axis in self.at)

    def grid(self, numbers: Numbers) -> Grid:
        """Put the numbers of the cells (k,) in their places, at the precision that 4 bytes hold."""
        values = np.full(self.shape, np.nan, np.float32)
        values[self.at] = numbers
        return Grid(values, self.transform, self.crs)


def write(grid: Grid, target: Path, unit: str, tags: Mapping[str, str]) -> None:
    """Write a grid as a compressed, tiled GeoTIFF with its unit and with tags; NaN becomes its mark for no value."""
    values = np.where(np.isnan(grid.values), np.asarray(NODATA, grid.values.dtype), grid.values)
    profile = {
        "driver": "GTiff",
        "height": values.shape[0],
        "width": values.shape[1],
        "count": 1,
        "dtype": values.dtype,
        "crs": grid.crs,
        "transform": grid.transform,
        "nodata": NODATA,
        "tiled": True,
        "compress": "deflate",
    }
    with rasterio.open(target, "w", **profile) as raster:
        raster.write(values, 1)
        raster.set_band_unit(1, unit)
        raster.update_tags(**tags)


def without_infinite(path: Path) -> bytes:
    """Copy a GeoTIFF of one band so that what is infinite has no value, since few programs know what to do with it."""
    with open_raster(path) as source, MemoryFile() as memory:
        values = source.read(1)
        with memory.open(**source.profile) as copy:
            copy.write(np.where(np.isinf(values), np.asarray(source.nodata, values.dtype), values), 1)
            copy.set_band_unit(1, source.units[0] or "")
            copy.update_tags(**source.tags())
        return bytes(memory.read())
