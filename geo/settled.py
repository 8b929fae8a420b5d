"""Where people live within zones: cells of 100 m, from a raster or by spreading totals over what is built up."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.features import rasterize
from rasterio.transform import Affine
from rasterio.transform import xy as centres
from scipy.sparse import csr_array

from geo.crs import Points
from geo.rasters import open_raster
from geo.zonal import shares

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

CELL_M = 100.0


@dataclass(frozen=True)
class Settled:
    """Middles of k cells (k, 2) in metres, and how many people of each zone live in each (zones, k)."""

    points: Points
    people: csr_array

    @property
    def by_zone(self) -> Numbers:
        """Add up the people of each zone."""
        return np.asarray(self.people.sum(axis=1), np.float64)

    @property
    def by_cell(self) -> Numbers:
        """Add up the people of each cell."""
        return np.asarray(self.people.sum(axis=0), np.float64)


def counted(raster: Path, zones: NDArray[Any], epsg: int) -> Settled:
    """Read the people of zones (in metres of `epsg`) from a raster; a cell on a border counts by its share."""
    with open_raster(raster) as source:
        held = source.read(1, masked=True).filled(0).astype(float).ravel()
        crs, transform, width = source.crs, source.transform, source.width
    there = Transformer.from_crs(epsg, crs, always_xy=True)
    inside = shares(raster, shapely.transform(zones, lambda xy: np.column_stack(there.transform(*xy.T))), crs.to_wkt())
    people = np.where(np.isfinite(held) & (held > 0), held, 0.0)
    weighed = csr_array(inside.multiply(people[None, :]))
    weighed.eliminate_zeros()
    cells = np.unique(weighed.indices)
    x, y = centres(transform, cells // width, cells % width)
    back = Transformer.from_crs(crs, epsg, always_xy=True)
    return Settled(np.column_stack(back.transform(np.asarray(x), np.asarray(y))), csr_array(weighed[:, cells]))


def estimated(totals: Numbers, middles: Points, zone: Whole, built_up: NDArray[Any]) -> Settled:
    """Spread the people of each zone evenly over the cells of its settlements, given with the zone of each.

    In metres. A settlement smaller than a cell has the one it lies in; a zone without any keeps its people in its
    middle (zones, 2). No one is lost: each zone's cells add up to its total.
    """
    at, of = _cells(built_up)
    empty = np.setdiff1d(np.arange(len(totals)), zone)
    points = np.vstack([at, middles[empty]])
    owner = np.concatenate([zone[of], empty])
    each = totals[owner] / np.bincount(owner, minlength=len(totals))[owner]
    people = csr_array((each, (owner, np.arange(len(owner)))), shape=(len(totals), len(owner)))
    return Settled(points, people)


def _cells(shapes: NDArray[Any]) -> tuple[Points, Whole]:
    """Find the middles of the cells of each shape, and whose each is."""
    if not len(shapes):
        return np.empty((0, 2)), np.empty(0, np.int64)
    west, south, east, north = shapely.total_bounds(shapes)
    west, north = np.floor(west / CELL_M) * CELL_M, np.ceil(north / CELL_M) * CELL_M
    size = int(np.ceil((north - south) / CELL_M)) + 1, int(np.ceil((east - west) / CELL_M)) + 1
    drawn = rasterize(
        ((shape, i + 1) for i, shape in enumerate(shapes)),
        size,
        transform=Affine(CELL_M, 0, west, 0, -CELL_M, north),
        dtype="int32",
    )
    row, column = np.nonzero(drawn)
    middles = np.column_stack([west + (column + 0.5) * CELL_M, north - (row + 0.5) * CELL_M])
    of = drawn[row, column].astype(np.int64) - 1
    small = np.setdiff1d(np.arange(len(shapes)), of)
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes[small]))
    return np.vstack([middles, spots]), np.concatenate([of, small])
