"""What access is computed from: the roads, the offices, the villages with their settlements, and where people live."""

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
from geo.graph import Graph
from geo.network import components
from geo.settled import Settled
from geo.snapping import Places, Snapper
from layers.access.people import Living, living
from layers.areas.queries import Regency, regency
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.provenance import SAMPLE
from layers.roads.building import LEAST_CONNECTED
from layers.roads.edges import RoadEdges, road_edges
from layers.roads.queries import rules
from layers.roads.rules import Rules
from layers.roads.speeds import Mode, Season

AROUND_DEG = 0.1  # 11 km beyond the border: people go to an office of the next regency, and by its roads
FARTHEST_M = 5_000.0  # who lives farther from any open road has no way
NO_REGENCY = Text(
    "batas kabupaten dan desa belum ada; masukkan lapisan Wilayah.",
    "there are no borders of the regency and its villages; import the layer Areas.",
)
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
class Ground:
    """All that access is computed from, in metres of the network; `living` is None where nobody is known to live."""

    home: Regency
    edges: RoadEdges
    rules: Rules
    villages: Sequence[Row[Any]]
    settlements: Sequence[Row[Any]]
    offices: Sequence[Row[Any]]
    village_shapes: NDArray[Any]
    settlement_shapes: NDArray[Any]
    living: Living | None

    @cached_property
    def spots(self) -> Points:
        """Give a point on each village, then one on each settlement."""
        shapes = np.concatenate([self.village_shapes, self.settlement_shapes])
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(shapes)), np.float64)

    @property
    def settled(self) -> Settled:
        """Tell where people live; nowhere, where nobody knows."""
        nowhere = Settled(np.empty((0, 2)), csr_array((len(self.villages), 0)))
        return self.living.settled if self.living else nowhere

    @cached_property
    def office_points(self) -> Points:
        """Give the offices (n, 2)."""
        lonlat = np.array([(office.lon, office.lat) for office in self.offices], float).reshape(-1, 2)
        return to_metres(lonlat, self.edges.network.epsg)

    @property
    def sampled(self) -> bool:
        """Say whether made-up offices or villages are among it."""
        return any(row.source == SAMPLE for row in (*self.offices, *self.villages))

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
            snapper = Snapper(self.ground.edges.network, graph)
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
    home = regency(connection)
    villages = home and connection.execute(sql("access/villages_of_regency.sql"), {"regency": home.code}).all()
    if not home or not villages:
        raise NothingToComputeError(NO_REGENCY)
    box = around(home)
    asked = dict(zip(("west", "south", "east", "north"), box, strict=True))
    offices = connection.execute(sql("access/offices_around.sql"), asked).all()
    if not offices:
        raise NothingToComputeError(NO_OFFICES)
    edges = network(connection, box)
    settlements, shapes, built_up, people = lived_in(connection, home, villages, edges.network.epsg)
    return Ground(home, edges, rules(connection), villages, settlements, offices, shapes, built_up, people)


def lived_in(
    connection: Connection, home: Regency, villages: Sequence[Row[Any]], epsg: int
) -> tuple[Sequence[Row[Any]], NDArray[Any], NDArray[Any], Living | None]:
    """Read the settlements of villages, the shapes of both in metres of `epsg`, and where people live, if known."""
    codes = [village.code for village in villages]
    settlements = connection.execute(sql("access/settlements_of_villages.sql"), {"codes": codes}).all()
    shapes, built_up = (_shapes(rows, epsg) for rows in (villages, settlements))
    people = living(connection, home, villages, shapes, settlements, built_up, epsg)
    return settlements, shapes, built_up, people


def around(home: Regency) -> tuple[float, float, float, float]:
    """Give the box (west, south, east, north in degrees) within which people of a regency go to an office."""
    west, south, east, north = home.bounds
    return west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG


def network(connection: Connection, box: tuple[float, float, float, float]) -> RoadEdges:
    """Build the network of a box; raises NothingToComputeError where it holds no road, or hardly two that meet."""
    try:
        edges = road_edges(connection, box)
    except ValueError as error:
        raise NothingToComputeError(NO_ROADS) from error
    of_node = components(edges.network).of_node
    lengths = np.bincount(of_node[edges.network.tail], edges.network.length_m)
    if lengths.max() < LEAST_CONNECTED * lengths.sum():
        raise NothingToComputeError(DISCONNECTED)
    return edges


def _shapes(rows: Sequence[Row[Any]], epsg: int) -> NDArray[Any]:
    shapes = shapely.from_wkb([bytes(row.shape) for row in rows])
    return np.asarray(shapely.transform(shapes, lambda degrees: to_metres(degrees, epsg)), object)
