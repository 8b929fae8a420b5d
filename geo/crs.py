"""Coordinate systems: degrees for keeping, the UTM zone of a place for measuring."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

Points = NDArray[np.float64]

DEGREES = 4326


def utm(lon: float, lat: float) -> int:
    """Give the EPSG code of the UTM zone (WGS 84) in which a place lies; raises ValueError off the globe."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"No place on earth has longitude {lon} and latitude {lat}.")
    zone = min(int((lon + 180) // 6) + 1, 60)
    return (32600 if lat >= 0 else 32700) + zone


def to_metres(degrees: Points, epsg: int) -> Points:
    """Turn longitudes and latitudes (n, 2) into eastings and northings of a metric system."""
    return _convert(degrees, DEGREES, epsg)


def to_degrees(metres: Points, epsg: int) -> Points:
    """Turn eastings and northings (n, 2) of a metric system into longitudes and latitudes."""
    return _convert(metres, epsg, DEGREES)


def _convert(points: Points, source: int, target: int) -> Points:
    x, y = _transformer(source, target).transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
