"""Lengths on the ellipsoid that checks compare with what a file claims."""

import numpy as np
import shapely
from pyproj import Geod

GEOD = Geod(ellps="WGS84")


def straight_km(shapes: np.ndarray) -> np.ndarray:
    """Measure from the first to the last vertex of each line in EPSG:4326, in km along the geodesic; 0 for no line."""
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    km = np.zeros(len(shapes))
    present, first = np.unique(owners, return_index=True)
    last = np.append(first[1:], len(owners)) - 1
    (x0, y0), (x1, y1) = coordinates[first].T, coordinates[last].T
    km[present] = GEOD.inv(x0, y0, x1, y1)[2] / 1000
    return km
