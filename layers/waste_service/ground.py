"""What the waste service is computed from: the land and its people, roads, waste sites and rivers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.crs import Points
from layers.access.ground import network
from layers.access.land import Land, land
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.roads.edges import RoadEdges

DROP_OFF = ("tps", "tps3r")  # where households bring their waste; a bank sampah takes what can be sold alone
NO_SITES = Text(
    "TPS belum ada; masukkan lapisan Sarana persampahan.", "there are no collection points; import the layer Waste."
)


@dataclass(frozen=True)
class Ground(Land):
    """All that the waste service is computed from, in metres of the network; `rivers` is empty where none is known."""

    edges: RoadEdges
    sites: Sequence[Row[Any]]
    rivers: NDArray[Any]

    @cached_property
    def site_points(self) -> Points:
        """Give the sites (n, 2)."""
        return self.points(self.sites)

    @cached_property
    def drop_offs(self) -> NDArray[np.int64]:
        """Find the positions of the sites where households bring their waste."""
        return np.flatnonzero(np.isin([site.kind for site in self.sites], DROP_OFF))


def ground(connection: Connection) -> Ground:
    """Read it all; raises NothingToComputeError where borders, roads or every TPS are missing."""
    found = land(connection)
    sites = connection.execute(sql("waste_service/sites_around.sql"), found.box).all()
    if not any(site.kind in DROP_OFF for site in sites):
        raise NothingToComputeError(NO_SITES)
    rivers = connection.execute(sql("waste_service/rivers_around.sql"), found.box).all()
    edges = network(connection, found)
    return Ground(**vars(found), edges=edges, sites=sites, rivers=found.shapes(rivers))
