"""Where internet is looked for: the cells of the regency, the villages they lie in, and the people in them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from sqlalchemy import Connection

from geo.crs import Points
from geo.hotspots import Squares, squares
from layers.access.land import Land, land

SIZE_M = 500.0  # a village of the country has some forty

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Ground(Land):
    """The land with its cells (n, 2: column and row) in metres of the regency's UTM zone."""

    cells: Squares

    @cached_property
    def middles(self) -> Points:
        """Give the middle of each cell."""
        return (self.cells.astype(float) + 0.5) * SIZE_M

    @cached_property
    def village(self) -> Whole:
        """Find the village of each cell, by its position; the nearest one where its middle falls into a gap."""
        tree, middles = shapely.STRtree(self.village_shapes), shapely.points(self.middles)
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


def ground(connection: Connection) -> Ground:
    """Read where internet is looked for; raises NothingToComputeError before the regency and its villages are known."""
    found = land(connection)
    return Ground(**vars(found), cells=squares(shapely.union_all(found.village_shapes), SIZE_M))
