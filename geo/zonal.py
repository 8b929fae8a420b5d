"""Sums of raster cells within shapes: a cell on a border counts by the share of it that lies inside."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from numpy.typing import NDArray
from rasterio.crs import CRS
from scipy.sparse import csr_array

from geo.rasters import open_raster

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Zonal:
    """For each shape the sum of the cells within it and how many cells with a value those are, in fractions.

    Tiles of one raster are put together by adding sums and counts, never by averaging means.
    """

    sum: Numbers
    count: Numbers

    def __add__(self, other: "Zonal") -> "Zonal":
        return Zonal(self.sum + other.sum, self.count + other.count)

    @property
    def mean(self) -> Numbers:
        """Give the mean cell of each shape; NaN where no cell lies inside."""
        nothing = np.full(len(self.sum), np.nan)
        return np.asarray(np.divide(self.sum, self.count, out=nothing, where=self.count > 0))


def zonal(raster: Path, shapes: NDArray[Any], crs: str) -> Zonal:
    """Sum the cells of a raster within shapes that are in the raster's own reference system.

    Raises ValueError where `crs`, that of the shapes, is another: the cells would be summed in the wrong place.
    """
    features = _features(raster, shapes, crs)
    asked = {"include_cols": ["at"], "strategy": "raster-sequential"}  # each cell is read once, for all shapes
    found = exact_extract(str(raster), features, ["sum", "count"], **asked)
    rows = {one["properties"]["at"]: one["properties"] for one in found}
    total, count = (np.array([rows[i][name] or 0.0 for i in range(len(shapes))], float) for name in ("sum", "count"))
    return Zonal(np.nan_to_num(total), count)


def shares(raster: Path, shapes: NDArray[Any], crs: str) -> csr_array:
    """Give the share (0 to 1) of each cell, counted row by row, that lies within each shape (shapes, cells).

    Any number of sums is then one product. Raises ValueError as `zonal`.
    """
    features = _features(raster, shapes, crs)
    with open_raster(raster) as source:
        cells = source.width * source.height
    found = [
        one["properties"] for one in exact_extract(str(raster), features, ["cell_id", "coverage"], include_cols=["at"])
    ]
    row = np.repeat([one["at"] for one in found], [len(one["cell_id"]) for one in found])
    column, share = (np.concatenate([one[name] for one in found]) for name in ("cell_id", "coverage"))
    return csr_array((share.astype(float), (row, column)), shape=(len(shapes), cells))


def _features(raster: Path, shapes: NDArray[Any], crs: str) -> JSONFeatureSource:
    with open_raster(raster) as source:
        if source.crs is None or source.crs != CRS.from_user_input(crs):
            raise ValueError(f"The raster is in {source.crs}, the shapes are in {crs}: bring them together first.")
    return JSONFeatureSource(
        [
            {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": {"at": i}}
            for i, shape in enumerate(shapes)
        ],
        srs_wkt=CRS.from_user_input(crs).to_wkt(),
    )
