"""Where people live within zones: the cells of a raster, or of one made by spreading totals over what is built up."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.enums import MergeAlg
from rasterio.features import rasterize
from rasterio.transform import Affine
from rasterio.transform import xy as centres
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geo.crs import Points
from geo.grids import Grid
from geo.rasters import open_raster
from geo.zonal import shares

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

CELL_M = 100.0


@dataclass(frozen=True)
class Settled:
    """Middles of k cells (k, 2) in metres, how many people of each zone live in each (zones, k), and which cells of a
    raster they are, counted row by row (k,).
    """

    points: Points
    people: csr_array
    cells: Whole

    @classmethod
    def nowhere(cls, zones: int) -> "Settled":
        """Tell of zones where nobody is known to live."""
        return cls(np.empty((0, 2)), csr_array((zones, 0)), np.empty(0, np.int64))

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
    points = np.column_stack(back.transform(np.asarray(x), np.asarray(y)))
    return Settled(points, csr_array(weighed[:, cells]), cells.astype(np.int64))


def spread(totals: Numbers, zones: NDArray[Any], epsg: int, zone: Whole, built_up: NDArray[Any]) -> Grid:
    """Spread the people of each zone evenly over the cells of its settlements, given with the zone of each.

    All shapes in metres of `epsg`. A settlement smaller than a cell has the one it lies in; a zone without any keeps
    its people in its middle. Nobody is put into a cell that reaches into another zone, but into the nearest that lies
    in his own as a whole, so that the cells of each zone add up to its total; only where none does, as in a zone
    narrower than two cells, people stay where they are and are shared with the neighbours.
    """
    west, south, east, north = shapely.total_bounds(zones)
    west, north = np.floor(west / CELL_M) * CELL_M, np.ceil(north / CELL_M) * CELL_M
    size = int(np.ceil((north - south) / CELL_M)), int(np.ceil((east - west) / CELL_M))
    transform = Affine(CELL_M, 0, west, 0, -CELL_M, north)
    row, column, owner = _wanted(zones, zone, built_up, size, transform)
    row, column = _moved(row, column, owner, _own(zones, size, transform))
    people = np.full(size, np.nan)
    people[row, column] = 0.0
    np.add.at(people, (row, column), totals[owner] / np.bincount(owner, minlength=len(totals))[owner])
    return Grid(people, transform, f"EPSG:{epsg}")


def _wanted(
    zones: NDArray[Any], zone: Whole, built_up: NDArray[Any], size: tuple[int, int], transform: Affine
) -> tuple[Whole, Whole, Whole]:
    """Find the cells where people live, by row and column, and whose each is."""
    drawn = _drawn(built_up, size, transform)
    row, column = np.nonzero(drawn)
    of = drawn[row, column].astype(np.int64) - 1
    small = np.setdiff1d(np.arange(len(built_up)), of)
    empty = np.setdiff1d(np.arange(len(zones)), zone)
    spots = shapely.get_coordinates(shapely.point_on_surface(np.concatenate([built_up[small], zones[empty]])))
    x, y = ~transform @ (spots[:, 0], spots[:, 1])
    row = np.concatenate([row, np.clip(np.floor(y), 0, size[0] - 1).astype(np.int64)])
    column = np.concatenate([column, np.clip(np.floor(x), 0, size[1] - 1).astype(np.int64)])
    return row, column, np.concatenate([zone[of], zone[small], empty])


def _own(zones: NDArray[Any], size: tuple[int, int], transform: Affine) -> Whole:
    """Name for each cell the zone (from 1) in which it lies as a whole, 0 where borders cross it or zones overlap."""
    asked = {"out_shape": size, "transform": transform}
    inside = _drawn(zones, size, transform)
    number = rasterize(((shape, 1) for shape in zones), merge_alg=MergeAlg.add, dtype="int32", **asked)
    crossed = rasterize(((shape, 1) for shape in shapely.boundary(zones)), all_touched=True, dtype="uint8", **asked)
    return np.where((crossed == 0) & (number == 1), inside, 0).astype(np.int64)


def _drawn(shapes: NDArray[Any], size: tuple[int, int], transform: Affine) -> Whole:
    """Name for each cell the shape (from 1) that its middle lies in, 0 where it lies in none."""
    if not len(shapes):
        return np.zeros(size, np.int64)
    numbered = ((shape, i + 1) for i, shape in enumerate(shapes))
    return np.asarray(rasterize(numbered, size, transform=transform, dtype="int32"), np.int64)


def _moved(row: Whole, column: Whole, owner: Whole, own: Whole) -> tuple[Whole, Whole]:
    """Move what lies in no cell of its owner to the nearest one that is wholly his; where he has none, it stays."""
    row, column = row.copy(), column.copy()
    astray = own[row, column] != owner + 1
    for zone in np.unique(owner[astray]).tolist():
        held = np.argwhere(own == zone + 1)
        if len(held):
            which = astray & (owner == zone)
            _, nearest = cKDTree(held).query(np.column_stack([row, column])[which])
            row[which], column[which] = held[nearest].T
    return row, column
