"""What the waste service is computed from: sites, roads, rivers, villages with their settlements and people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sqlalchemy import Connection, Row

from geo.crs import Points, to_metres
from geo.settled import Settled
from layers.access.ground import NO_REGENCY, around, network
from layers.access.people import Living, living
from layers.areas.queries import regency
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.provenance import SAMPLE
from layers.roads.edges import RoadEdges

DROP_OFF = ("tps", "tps3r")  # where households bring their waste; a bank sampah takes what can be sold alone
NO_SITES = Text(
    "TPS belum ada; masukkan lapisan Sarana persampahan.", "there are no collection points; import the layer Waste."
)


@dataclass(frozen=True)
class Ground:
    """All that the waste service is computed from, in metres of the network.

    `living` is None where nobody knows how many people there are; `rivers` is empty where no river is in the data.
    """

    edges: RoadEdges
    villages: Sequence[Row[Any]]
    sites: Sequence[Row[Any]]
    village_shapes: NDArray[Any]
    settlement_shapes: NDArray[Any]
    rivers: NDArray[Any]
    living: Living | None

    @cached_property
    def middles(self) -> Points:
        """Give a point in each village."""
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(self.village_shapes)), np.float64)

    @property
    def settled(self) -> Settled:
        """Tell where people live; nowhere, where nobody knows."""
        nowhere = Settled(np.empty((0, 2)), csr_array((len(self.villages), 0)))
        return self.living.settled if self.living else nowhere

    @cached_property
    def site_points(self) -> Points:
        """Give the sites (n, 2)."""
        lonlat = np.array([(site.lon, site.lat) for site in self.sites], float).reshape(-1, 2)
        return to_metres(lonlat, self.edges.network.epsg)

    @cached_property
    def drop_offs(self) -> NDArray[np.int64]:
        """Find the positions of the sites where households bring their waste."""
        return np.flatnonzero(np.isin([site.kind for site in self.sites], DROP_OFF))

    @property
    def sampled(self) -> bool:
        """Say whether made-up sites or villages are among it."""
        return any(row.source == SAMPLE for row in (*self.sites, *self.villages))


def ground(connection: Connection) -> Ground:
    """Read it all; raises NothingToComputeError where borders, roads or every TPS are missing."""
    home = regency(connection)
    villages = home and connection.execute(sql("access/villages_of_regency.sql"), {"regency": home.code}).all()
    if not home or not villages:
        raise NothingToComputeError(NO_REGENCY)
    box = around(home)
    asked = dict(zip(("west", "south", "east", "north"), box, strict=True))
    sites = connection.execute(sql("waste_service/sites_around.sql"), asked).all()
    if not any(site.kind in DROP_OFF for site in sites):
        raise NothingToComputeError(NO_SITES)
    edges = network(connection, box)
    epsg = edges.network.epsg
    codes = [village.code for village in villages]
    settlements = connection.execute(sql("access/settlements_of_villages.sql"), {"codes": codes}).all()
    rivers = connection.execute(sql("waste_service/rivers_around.sql"), asked).all()
    shapes, built_up, water = (_shapes(rows, epsg) for rows in (villages, settlements, rivers))
    people = living(connection, home, villages, shapes, settlements, built_up, epsg)
    return Ground(edges, villages, sites, shapes, built_up, water, people)


def _shapes(rows: Sequence[Row[Any]], epsg: int) -> NDArray[Any]:
    shapes = np.array(shapely.from_wkb([bytes(row.shape) for row in rows]), object)
    return np.asarray(shapely.transform(shapes, lambda degrees: to_metres(degrees, epsg)), object)
