"""Lines as plain arrays, which lie in files and are shared as memory; shapes are made of those that are asked for."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points


@dataclass(frozen=True)
class Polylines:
    """Lines whose vertices (v, 2) lie one after another: line i has those from `first[i]` up to `first[i + 1]`."""

    vertices: Points
    first: NDArray[np.int64]

    @classmethod
    def of(cls, lines: NDArray[Any]) -> "Polylines":
        """Take the vertices of shapes (LineString)."""
        vertices, owner = shapely.get_coordinates(lines, return_index=True)
        return cls(vertices, np.searchsorted(owner, np.arange(len(lines) + 1)))

    def take(self, which: NDArray[np.int64]) -> NDArray[Any]:
        """Make the shapes of some lines, in the order asked for."""
        return np.array([shapely.LineString(self.vertices[self.first[i] : self.first[i + 1]]) for i in which])

    def shapes(self) -> NDArray[Any]:
        """Make the shapes of all lines."""
        owner = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        return np.asarray(shapely.linestrings(self.vertices, indices=owner))
