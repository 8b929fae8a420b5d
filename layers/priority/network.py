"""The roads, offices and people of the regency as what-if questions need them; for the worker alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from threading import Lock
from typing import Any

import numpy as np
import shapely
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.crs import to_metres
from geo.links import Links
from geo.repairs import Service
from geo.scenario import Indices, Numbers, Roads, minutes_to_nearest
from geo.snapping import Places, Snapper, together
from geo.spreading import Spread, spread
from layers.access.ground import network
from layers.access.land import Land, land
from layers.access.siting_questions import TPS
from layers.db import sql
from layers.priority.linking import Linked, built, linked
from layers.priority.treatments import Treatments
from layers.priority.trips import Trips, trips
from layers.records.versions import states
from layers.roads.edges import ON_FOOT, RoadEdges
from layers.roads.queries import rules
from layers.roads.rules import Rules
from layers.roads.speeds import CONDITIONS, SEASONS, Mode, Season

MODE: Mode = "motor"
FARTHEST_M = 2_000.0  # who lives or works farther from any road has no way to it
SOURCES = ("roads", "offices", "areas", "settlements", "waste", "rasters", "home")

Minutes = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Homes:
    """Where people live (p,): village, people and place in metres of the network, and its share of the village.

    Where nobody knows how many live anywhere they are not `known`, and counted as none. `sites` (s,) are those where
    something may be built: the most populous of each village.
    """

    villages: NDArray[Any]
    people: Numbers
    at: Numbers
    share: Numbers
    known: bool

    @cached_property
    def sites(self) -> Indices:
        """Number the homes where something may be built."""
        order = np.lexsort((-self.share, self.villages.astype(str)))
        return np.asarray(order[np.unique(self.villages[order].astype(str), return_index=True)[1]])


@dataclass(frozen=True)
class Ground:
    """The network for a mode with facilities and homes: `office` (k,) are the numbers of the facilities and `kinds`
    what they are, `office_at` (k, 2) where they are in metres of the network. `snapper` finds the roads that the mode
    may use, `live` is where the homes meet them.

    `afoot` is the same for those who walk, to what people walk to.
    """

    linked: Linked
    spread: Spread
    rules: Rules
    mode: Mode
    office: NDArray[np.int64]
    office_at: Numbers
    kinds: NDArray[Any]
    homes: Homes
    live: Places
    snapper: Snapper
    trips: Sequence[Trips]
    state: tuple[str, ...]
    afoot: "Ground | None" = None

    @property
    def edges(self) -> RoadEdges:
        """Give the edges of the roads, and of the links that are not built."""
        return self.linked.edges

    @property
    def links(self) -> Links:
        """Give the links that are missing."""
        return self.linked.links

    @property
    def everybody(self) -> "list[Ground]":
        """List this and the ground of those who walk."""
        return [self, *([self.afoot] if self.afoot else [])]

    @cached_property
    def minutes(self) -> Mapping[Season, Minutes]:
        """Give the minutes of every edge there and back as the roads are, by season."""
        return {season: self.edges.both_ways(self.rules, self.mode, season) for season in SEASONS}

    def repaired(self, treatments: Treatments, season: Season) -> Minutes:
        """Give the minutes of every edge once each damaged one is treated, and each link built."""
        return self.done(treatments).both_ways(self.rules, self.mode, season)

    def done(self, treatments: Treatments) -> RoadEdges:
        """Give the edges once each damaged one is treated, and each link built."""
        becomes = np.array([CONDITIONS.index(treatments.becomes(name)) for name in CONDITIONS])
        return replace(built(self.edges), condition=becomes[self.edges.condition])

    def roads(self, season: Season) -> Roads:
        """Give the arcs with their minutes in a season."""
        return self._roads[season]

    @cached_property
    def _roads(self) -> Mapping[Season, Roads]:
        return {season: self.spread.roads(*self.minutes[season]) for season in SEASONS}

    def facilities(self, kind: str) -> Indices:
        """List the nodes of the facilities of a kind."""
        return np.asarray(self.spread.facilities[: len(self.kinds)][self.kinds == kind])

    @property
    def sites(self) -> Indices:
        """List the nodes where something may be built, as the homes list them."""
        return self.spread.facilities[len(self.kinds) :]

    @cached_property
    def site_of(self) -> Mapping[str, int]:
        """Give the node where something may be built in each village."""
        return dict(zip(self.homes.villages[self.homes.sites].tolist(), self.sites.tolist(), strict=True))

    @cached_property
    def nearest(self) -> Mapping[str, Numbers]:
        """Measure the minutes from each node to the nearest facility of each kind, as the roads are in the dry."""
        return self._nearest("kering")

    @cached_property
    def nearest_wet(self) -> Mapping[str, Numbers]:
        """Measure the same as the roads are in the rain."""
        return self._nearest("hujan")

    def _nearest(self, season: Season) -> Mapping[str, Numbers]:
        roads = self.roads(season)
        return {trip.kind: minutes_to_nearest(roads, self.facilities(trip.kind)) for trip in self.trips}

    @cached_property
    def at_nodes(self) -> Numbers:
        """Give the people at each node."""
        return self.spread.people(self.homes.people)

    def services(self) -> list[Service]:
        """Give what people travel to, each with the trips of half a year's share of a month: a season."""
        return [
            Service(self.facilities(trip.kind), self.at_nodes, trip.trips / len(SEASONS), trip.longest_min)
            for trip in self.offered
        ]

    @property
    def offered(self) -> list[Trips]:
        """List the trips to what there is; where there is none, nobody knows whether there is."""
        return [trip for trip in self.trips if (self.kinds == trip.kind).any()]


def ground(connection: Connection) -> Ground:
    """Build the network of the regency, or take the one built before if nothing it came from has changed.

    It reaches as far beyond the border as people go. Raises NothingToComputeError before the regency and a road are
    known, and where hardly two roads meet.
    """
    known, now = rules(connection), states(connection)
    state = (known.version, *(now.of(layer) for layer in SOURCES))
    return _ground(connection, known, state, tuple(trips(connection)))


@cached(LRUCache(1), key=lambda _connection, _rules, *state: state, lock=Lock())
def _ground(connection: Connection, known: Rules, state: tuple[str, ...], trips: tuple[Trips, ...]) -> Ground:
    """Build it. Why it cannot be is not kept: a file that could not be read may be back while nothing else changes."""
    found = land(connection)
    edges = network(connection, found)
    roads = linked(edges, known, MODE, SEASONS[0])
    riding, walking = ([t for t in trips if (t.kind == TPS) is afoot] for afoot in (False, True))
    kinds = {"kinds": [t.kind for t in riding]}
    offices = connection.execute(sql("priority/facilities.sql"), found.box | kinds).all()
    points = connection.execute(sql("access/collection_points.sql"), found.box).all()
    joined = partial(_met, roads, known, state, homes(found))
    afoot = joined(ON_FOOT, points, [TPS] * len(points), walking)
    return replace(joined(MODE, offices, [office.kind for office in offices], riding), afoot=afoot)


def homes(found: Land) -> Homes:
    """Spread the people of each village, as the layer of access counts them, over its settlements by their ground, or
    put them into its middle.
    """
    number = {village.code: i for i, village in enumerate(found.villages)}
    owner = np.array([number[settlement.village_code] for settlement in found.settlements], np.int64)
    built_up, alone = shapely.area(found.settlement_shapes), np.setdiff1d(np.arange(len(number)), owner)
    share = np.concatenate([built_up / np.bincount(owner, built_up, len(number))[owner], np.ones(len(alone))])
    inside = shapely.get_coordinates(shapely.point_on_surface(found.settlement_shapes))
    of = np.concatenate([owner, alone])
    villages, at = np.array(list(number), dtype=object)[of], np.vstack([inside, found.village_points[alone]])
    return Homes(villages, found.settled.by_zone[of] * share, at, share, found.living is not None)


def _met(
    roads: Linked,
    rules: Rules,
    state: tuple[str, ...],
    homes: Homes,
    mode: Mode,
    there: Sequence[Any],
    kinds: Sequence[str],
    trips: Sequence[Trips],
) -> Ground:
    """Join facilities, homes, and where new facilities may stand, with the roads that a mode may use."""
    network = roads.edges.network
    walking = rules.walking_kmh
    snapper = Snapper(network, roads.edges.graph(rules, mode, SEASONS[0]), walking)
    at = _metres(there, network.epsg)
    offices, live = (snapper.snap(places, FARTHEST_M) for places in (at, homes.at))
    new = live.take(homes.sites)
    beside = Places(new.edge, new.along, np.where(new.edge >= 0, 0.0, np.inf))  # what is built is built at the road
    joined = spread(network, together(offices, beside), live)
    ids = np.array([one.id for one in there], np.int64)
    return Ground(
        roads, joined, rules, mode, ids, at, np.array(kinds, dtype=object), homes, live, snapper, trips, state
    )


def _metres(rows: Sequence[Any], epsg: int) -> Numbers:
    return to_metres(np.array([(row.lon, row.lat) for row in rows], np.float64).reshape(-1, 2), epsg)
