"""Where internet is looked for: the cells of the regency, the villages they lie in, and the people in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from sqlalchemy import Connection, Row

from geo.crs import DEGREES, Points, to_degrees, to_metres
from geo.hotspots import Squares, squares
from layers.access.ground import NO_REGENCY
from layers.access.people import Living, living
from layers.areas.queries import Regency, regency
from layers.computing import NothingToComputeError
from layers.db import sql

SIZE_M = 500.0  # a village of the country has some forty

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """The cells (n, 2: column and row) in metres of the regency's UTM zone; `living` None where nobody is known."""

    home: Regency
    cells: Squares
    villages: Sequence[Row[Any]]
    shapes: NDArray[Any]
    living: Living | None

    @cached_property
    def middles(self) -> Points:
        """Give the middle of each cell."""
        return (self.cells.astype(float) + 0.5) * SIZE_M

    @cached_property
    def village(self) -> Whole:
        """Find the village of each cell, by its position; the nearest one where its middle falls into a gap."""
        tree, middles = shapely.STRtree(self.shapes), shapely.points(self.middles)
        cell, village = tree.query(middles, predicate="intersects")
        found = np.full(len(self.cells), -1)
        found[cell[::-1]] = village[::-1]  # of overlapping slivers the first
        lost = found < 0
        found[lost] = tree.nearest(middles[lost])
        return found

    def cell_of(self, points: Points) -> Whole:
        """Find the cell of each place (m, 2) in metres; the nearest one for a place on the rim."""
        _, nearest = self._tree.query(np.floor(points / SIZE_M))
        return np.asarray(nearest, np.int64)

    @cached_property
    def _tree(self) -> Any:
        return cKDTree(self.cells)

    def metres(self, rows: Sequence[Row[Any]]) -> Points:
        """Give the places of rows with lon and lat in metres (m, 2)."""
        lonlat = np.array([(row.lon, row.lat) for row in rows], float).reshape(-1, 2)
        return to_metres(lonlat, self.home.utm)

    @cached_property
    def people_in_cells(self) -> Numbers:
        """Count the people of each cell; NaN where nobody knows."""
        if self.living is None:
            return np.full(len(self.cells), np.nan)
        settled = self.living.settled
        return np.bincount(self.cell_of(settled.points), settled.by_cell, len(self.cells)).astype(float)

    @cached_property
    def squares(self) -> NDArray[Any]:
        """Give the cells as polygons in metres."""
        return np.asarray(shapely.box(*(self.cells * SIZE_M).T, *((self.cells + 1) * SIZE_M).T), object)

    def written(self, shapes: NDArray[Any]) -> list[str]:
        """Write polygons in metres as the database reads them: multipolygons in degrees."""
        degrees = shapely.transform(shapes, lambda metres: to_degrees(metres, self.home.utm))
        parts, owner = shapely.get_parts(degrees, return_index=True)
        whole = shapely.set_srid(shapely.multipolygons(parts, indices=owner), DEGREES)
        return list(shapely.to_wkb(whole, hex=True, include_srid=True))


def ground(connection: Connection) -> Ground:
    """Read where internet is looked for; raises NothingToComputeError before the regency and its villages are known."""
    home = regency(connection)
    villages = home and connection.execute(sql("access/villages_of_regency.sql"), {"regency": home.code}).all()
    if not home or not villages:
        raise NothingToComputeError(NO_REGENCY)
    asked = {"codes": [village.code for village in villages]}
    settlements = connection.execute(sql("access/settlements_of_villages.sql"), asked).all()
    shapes, built_up = (_shapes(rows, home.utm) for rows in (villages, settlements))
    people = living(connection, home, villages, shapes, settlements, built_up, home.utm)
    return Ground(home, squares(shapely.union_all(shapes), SIZE_M), villages, shapes, people)


def _shapes(rows: Sequence[Row[Any]], epsg: int) -> NDArray[Any]:
    shapes = shapely.from_wkb([bytes(row.shape) for row in rows])
    return np.asarray(shapely.transform(shapes, lambda degrees: to_metres(degrees, epsg)), object)
