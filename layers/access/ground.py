"""What access is computed from: the land and its people, the roads and the offices."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.crs import Points
from geo.graph import Graph
from geo.network import components
from geo.snapping import Places, Snapper
from layers.access.land import Land, land
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.roads.building import LEAST_CONNECTED
from layers.roads.edges import RoadEdges, road_edges
from layers.roads.queries import rules
from layers.roads.rules import Rules
from layers.roads.speeds import Mode, Season

FARTHEST_M = 5_000.0  # who lives farther from any open road has no way
NO_ROADS = Text("jalan belum ada; masukkan lapisan Jalan.", "there are no roads; import the layer Roads.")
DISCONNECTED = Text(
    "sebagian besar jalan tidak tersambung; periksa lapisan Jalan.",
    "most of the roads do not hang together; check the layer Roads.",
)
NO_OFFICES = Text(
    "kantor layanan belum ada; masukkan lapisan Kantor layanan.",
    "there are no service offices; import the layer Service offices.",
)


@dataclass(frozen=True)
class Ground(Land):
    """All that access is computed from, in metres of the network."""

    edges: RoadEdges
    rules: Rules
    offices: Sequence[Row[Any]]

    @cached_property
    def spots(self) -> Points:
        """Give a point on each village, then one on each settlement."""
        inside = shapely.get_coordinates(shapely.point_on_surface(self.settlement_shapes))
        return np.vstack([self.village_points, inside])

    @cached_property
    def office_points(self) -> Points:
        """Give the offices (n, 2)."""
        return self.points(self.offices)

    def snapper(self, graph: Graph) -> Snapper:
        """Find the roads that are open in a graph, at the pace of the rule `walking`: all of a walk is at one pace."""
        return Snapper(self.edges.network, graph, self.rules.walking_kmh)

    def kinds(self) -> list[str]:
        """Name the kinds of office there are."""
        return sorted({str(office.kind) for office in self.offices})

    def which(self, kind: str) -> NDArray[np.int64]:
        """Find the positions of the offices of a kind."""
        return np.flatnonzero(np.array([office.kind for office in self.offices]) == kind)


@dataclass(frozen=True)
class Snapped:
    """Where villages, settlements and cells (all in one row), and offices, meet the open roads."""

    places: Places
    offices: Places


class Meeting:
    """Snaps the places of a ground; modes and seasons with the same open roads share one run."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.known: dict[bytes, Snapped] = {}

    def snapped(self, graph: Graph) -> Snapped:
        """Snap everything to the roads that are open in a graph."""
        key = np.packbits(np.isfinite(graph.forward) | np.isfinite(graph.backward)).tobytes()
        if key not in self.known:
            snapper = self.ground.snapper(graph)
            places = np.vstack([self.ground.spots, self.ground.settled.points])
            self.known[key] = Snapped(
                snapper.snap(places, FARTHEST_M), snapper.snap(self.ground.office_points, FARTHEST_M)
            )
        return self.known[key]

    def graph(self, mode: Mode, season: Season) -> Graph:
        """Compute the minutes on the roads for a mode and season."""
        return self.ground.edges.graph(self.ground.rules, mode, season)


def ground(connection: Connection) -> Ground:
    """Read what access is computed from; raises NothingToComputeError where what it cannot do without is missing."""
    found = land(connection)
    offices = connection.execute(sql("access/offices_around.sql"), found.box).all()
    if not offices:
        raise NothingToComputeError(NO_OFFICES)
    return Ground(**vars(found), edges=network(connection, found), rules=rules(connection), offices=offices)


def network(connection: Connection, found: Land) -> RoadEdges:
    """Build the network around a regency; raises NothingToComputeError without roads, or where hardly two meet."""
    box = found.box
    try:
        edges = road_edges(connection, (box["west"], box["south"], box["east"], box["north"]))
    except ValueError as error:
        raise NothingToComputeError(NO_ROADS) from error
    of_node = components(edges.network).of_node
    lengths = np.bincount(of_node[edges.network.tail], edges.network.length_m)
    if lengths.max() < LEAST_CONNECTED * lengths.sum():
        raise NothingToComputeError(DISCONNECTED)
    return edges
