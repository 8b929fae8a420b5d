"""The regency as computed layers meet it: its villages with their settlements, and where people live."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.crs import DEGREES, Points, to_degrees, to_metres
from geo.settled import Settled
from layers.access.people import Living, living
from layers.areas.queries import Regency, regency
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text

AROUND_DEG = 0.1  # 11 km beyond the border: people go to an office of the next regency, and hear its towers
NO_REGENCY = Text(
    "batas kabupaten dan desa belum ada; masukkan lapisan Wilayah.",
    "there are no borders of the regency and its villages; import the layer Areas.",
)


@dataclass(frozen=True)
class Land:
    """Villages and settlements in metres of the regency's UTM zone; `living` is None where nobody is known to live."""

    home: Regency
    villages: Sequence[Row[Any]]
    settlements: Sequence[Row[Any]]
    village_shapes: NDArray[Any]
    settlement_shapes: NDArray[Any]
    living: Living | None

    @property
    def settled(self) -> Settled:
        """Tell where people live; nowhere, where nobody knows."""
        return self.living.settled if self.living else Settled.nowhere(len(self.villages))

    @property
    def box(self) -> dict[str, float]:
        """Give the box (west, south, east, north in degrees) within which people of the regency go and hear."""
        return box_around(self.home)

    @cached_property
    def village_points(self) -> Points:
        """Give a point in each village (n, 2)."""
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(self.village_shapes)), np.float64)

    def points(self, rows: Sequence[Row[Any]]) -> Points:
        """Give the places of rows with lon and lat in metres (n, 2)."""
        return points(rows, self.home.utm)

    def shapes(self, rows: Sequence[Row[Any]]) -> NDArray[Any]:
        """Give the shapes of rows in metres."""
        return in_metres(rows, self.home.utm)

    def written(self, shapes: NDArray[Any]) -> list[str]:
        """Write polygons in metres as the database reads them: multipolygons in degrees."""
        degrees = shapely.transform(shapes, lambda metres: to_degrees(metres, self.home.utm))
        parts, owner = shapely.get_parts(degrees, return_index=True)
        whole = shapely.set_srid(shapely.multipolygons(parts, indices=owner), DEGREES)
        return list(shapely.to_wkb(whole, hex=True, include_srid=True))


def land(connection: Connection) -> Land:
    """Read it; raises NothingToComputeError before the regency and its villages are known."""
    home = regency(connection)
    villages = home and connection.execute(sql("access/villages_of_regency.sql"), {"regency": home.code}).all()
    if not home or not villages:
        raise NothingToComputeError(NO_REGENCY)
    codes = [village.code for village in villages]
    settlements = connection.execute(sql("access/settlements_of_villages.sql"), {"codes": codes}).all()
    shapes, built_up = (in_metres(rows, home.utm) for rows in (villages, settlements))
    people = living(connection, home, villages, shapes, settlements, built_up)
    return Land(home, villages, settlements, shapes, built_up, people)


def box_around(home: Regency) -> dict[str, float]:
    """Give the box (degrees) within which people of a regency go to an office, and hear a tower."""
    west, south, east, north = home.bounds
    return {
        "west": west - AROUND_DEG,
        "south": south - AROUND_DEG,
        "east": east + AROUND_DEG,
        "north": north + AROUND_DEG,
    }


def points(rows: Sequence[Row[Any]], epsg: int) -> Points:
    """Give the places of rows with lon and lat in metres of a system (n, 2)."""
    lonlat = np.array([(row.lon, row.lat) for row in rows], float).reshape(-1, 2)
    return to_metres(lonlat, epsg)


def in_metres(rows: Sequence[Row[Any]], epsg: int) -> NDArray[Any]:
    """Give the shapes of rows in metres of a system."""
    shapes = np.array(shapely.from_wkb([bytes(row.shape) for row in rows]), object)
    return np.asarray(shapely.transform(shapes, lambda degrees: to_metres(degrees, epsg)), object)
