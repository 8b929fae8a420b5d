"""The roads, offices and people of the regency as what-if questions need them; for the worker alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.crs import to_metres
from geo.graph import Graph
from geo.repairs import Service
from geo.scenario import Indices, Numbers, Roads
from geo.snapping import Snapper
from geo.spreading import Spread, spread
from layers.areas.queries import Regency
from layers.db import sql
from layers.priority.treatments import Treatments
from layers.records.versions import states
from layers.roads.edges import RoadEdges, road_edges
from layers.roads.queries import rules
from layers.roads.rules import Rules
from layers.roads.speeds import CONDITIONS, SEASONS, Mode, Season

MODE: Mode = "motor"
FARTHEST_M = 2_000.0  # who lives or works farther from any road has no way to it
SOURCES = ("roads", "offices", "areas", "settlements")


@dataclass(frozen=True)
class Trips:
    """How often people go to a kind of office (a person and month), and the longest trip that counts, in minutes."""

    kind: str
    trips: float
    longest_min: float


@dataclass(frozen=True)
class Ground:
    """The network with facilities and homes: `kinds` (k,) of the facilities, `villages` and `people` (p,) of the homes.

    `office` (k,) are the numbers of the facilities, `office_at` (k, 2) where they are in metres of the network.
    """

    edges: RoadEdges
    spread: Spread
    rules: Rules
    office: NDArray[np.int64]
    office_at: Numbers
    kinds: NDArray[Any]
    villages: NDArray[Any]
    people: Numbers
    trips: Sequence[Trips]

    @cached_property
    def graphs(self) -> Mapping[Season, Graph]:
        """Give the minutes of every edge as the roads are, by season."""
        return {season: self.edges.graph(self.rules, MODE, season) for season in SEASONS}

    def repaired(self, treatments: Treatments, season: Season) -> Graph:
        """Give the minutes of every edge once each damaged one is treated."""
        becomes = np.array([CONDITIONS.index(treatments.becomes(name)) for name in CONDITIONS])
        edges = self.edges
        done = RoadEdges(edges.network, edges.road, edges.function, edges.surface, becomes[edges.condition])
        return done.graph(self.rules, MODE, season)

    def roads(self, season: Season) -> Roads:
        """Give the arcs with their minutes in a season."""
        return self.spread.roads(self.graphs[season].forward, self.graphs[season].backward)

    def facilities(self, kind: str) -> Indices:
        """List the nodes of the facilities of a kind."""
        return np.asarray(self.spread.facilities[self.kinds == kind])

    @cached_property
    def at_nodes(self) -> Numbers:
        """Give the people at each node."""
        return self.spread.people(self.people)

    def services(self) -> list[Service]:
        """Give what people travel to, each with the trips of half a year's share of a month: a season."""
        return [
            Service(self.facilities(trip.kind), self.at_nodes, trip.trips / len(SEASONS), trip.longest_min)
            for trip in self.trips
            if (self.kinds == trip.kind).any()
        ]


def ground(connection: Connection, home: Regency) -> Ground:
    """Build the network of the regency, or take the one built before if nothing it came from has changed.

    Raises ValueError where there is no road.
    """
    known, now = rules(connection), states(connection)
    state = (home.code, known.version, *(now.of(layer) for layer in SOURCES))
    return _ground(connection, home, known, state, tuple(_trips(connection)))


@cached(LRUCache(1), key=lambda _connection, _home, _rules, *state: state, lock=Lock())
def _ground(
    connection: Connection, home: Regency, known: Rules, _state: tuple[str, ...], trips: tuple[Trips, ...]
) -> Ground:
    edges = road_edges(connection, home.bounds)
    epsg = edges.network.epsg
    west, south, east, north = home.bounds
    box = {"west": west, "south": south, "east": east, "north": north}
    offices = connection.execute(sql("priority/facilities.sql"), box | {"kinds": [t.kind for t in trips]}).all()
    homes = connection.execute(sql("priority/people.sql"), {"regency": home.code}).all()
    snapper = Snapper(edges.network, edges.graph(known, MODE, SEASONS[0]))
    office_at = _metres(offices, epsg)
    at, live = (snapper.snap(places, FARTHEST_M) for places in (office_at, _metres(homes, epsg)))
    return Ground(
        edges,
        spread(edges.network, at, live),
        known,
        np.array([office.id for office in offices], np.int64),
        office_at,
        np.array([office.kind for office in offices], dtype=object),
        np.array([home.code for home in homes], dtype=object),
        np.array([home.people for home in homes], np.float64),
        trips,
    )


def _metres(rows: Sequence[Any], epsg: int) -> Numbers:
    return to_metres(np.array([(row.lon, row.lat) for row in rows], np.float64).reshape(-1, 2), epsg)


def _trips(connection: Connection) -> list[Trips]:
    return [Trips(*row) for row in connection.execute(sql("priority/trips.sql"))]
