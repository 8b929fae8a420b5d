"""Which offices are nearest by the time it takes to get there over the roads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Connection

from geo.labels import labels_of_place, on_foot_m
from geo.snapping import Places
from layers.offices.placed import ANY, MOST, PlacedOffices
from layers.offices.queries import (
    NearOffice,
    Travel,
    Wanted,
    matching_numbers,
    nearest_of_each,
    nearest_offices,
    offices_as_seen,
)
from layers.records.calendar import Calendar
from layers.roads.networks import RoadNetwork
from layers.roads.speeds import Mode, Season

EVERYTHING = Wanted()
Found = list[tuple[int, Travel]]


@dataclass(frozen=True)
class Start:
    """From where somebody goes (EPSG:4326), how, and in which season."""

    lon: float
    lat: float
    mode: Mode
    season: Season

    def snap(self, network: RoadNetwork) -> Places:
        """Find where the way meets the road."""
        return network.snap(self.mode, self.season, self.lon, self.lat)


def nearest_by_time(
    connection: Connection,
    placed: PlacedOffices,
    start: Start,
    working: Calendar,
    *,
    wanted: Wanted = EVERYTHING,
    limit: int = 3,
) -> list[NearOffice]:
    """Find the offices that are reached soonest, soonest first.

    Where roads lead to fewer than asked for, those nearest in a straight line follow, without travel.
    """
    at = wanted.open_at or datetime.now(UTC)
    place = start.snap(placed.network)
    found: Sequence[NearOffice] | None = None
    if wanted.of_kind_alone and limit <= MOST:
        ways = _known(placed, start, place, wanted.kind or ANY)[:limit]
        found = _seen(connection, start, ways, wanted.kind, at, working)
    if found is None:
        ways = _searched(placed, start, place, matching_numbers(connection, wanted, working), limit)
        found = _seen(connection, start, ways, None, at, working) or []
    if len(found) == limit:
        return list(found)
    return [*found, *_straight(connection, start, wanted, limit, {office.id for office in found}, working)]


def soonest_of_each(
    connection: Connection, placed: PlacedOffices, start: Start, kinds: Iterable[str], working: Calendar
) -> list[NearOffice]:
    """Find for each of some kinds the office that is reached soonest, soonest first.

    Kinds to which no road leads follow with the nearest in a straight line, without travel.
    """
    asked, place = list(kinds), start.snap(placed.network)
    ways = [way for kind in asked for way in _known(placed, start, place, kind)[:1]]
    found = _seen(connection, start, ways, None, datetime.now(UTC), working) or []
    reached = sorted(found, key=lambda office: office.travel.minutes if office.travel else np.inf)
    missing = [kind for kind in asked if kind not in {office.kind for office in reached}]
    return [*reached, *nearest_of_each(connection, start.lon, start.lat, missing)]


def _known(placed: PlacedOffices, start: Start, place: Places, kind: str) -> Found:
    """Take the nearest five from what is kept of the nodes at both ends of the edge one stands beside."""
    few = placed.few(start.mode, start.season, kind)
    if few is None:
        return []
    network, road = placed.network, placed.network.graph(start.mode, start.season)
    offices = placed.places(start.mode, start.season, kind)
    pace = network.report.walking_kmh
    labels = labels_of_place(network.kept, road, place, offices, network.damaged, few, pace)
    return [(int(placed.offices.id[number]), Travel(minutes, *metres)) for minutes, number, *metres in labels.tolist()]


def _searched(placed: PlacedOffices, start: Start, place: Places, numbers: Sequence[int], limit: int) -> Found:
    """Search the network from one place for the nearest of some offices."""
    from geo.ways import nearest_ways  # not sooner: it brings scipy, which most answers do without

    network, road = placed.network, placed.network.graph(start.mode, start.season)
    offices, wanted = placed.places(start.mode, start.season), np.isin(placed.offices.id, numbers)
    found: Found = []
    for facility, way in nearest_ways(network.kept, road, place, offices, wanted, limit):
        metres = way.lengths_m(network.kept)
        length_m = metres.sum() + on_foot_m(way.walk, network.report.walking_kmh)
        damaged_m = metres[network.damaged[way.edge]].sum()
        found.append((int(placed.offices.id[facility]), Travel(way.minutes, float(length_m), float(damaged_m))))
    return found


def _seen(
    connection: Connection, start: Start, ways: Found, kind: str | None, at: datetime, working: Calendar
) -> list[NearOffice] | None:
    """Tell what is known of the offices at the end of some ways; None where one is gone or of another kind by now."""
    if not ways:
        return []
    offices = offices_as_seen(connection, start.lon, start.lat, [number for number, _ in ways], at, working)
    there = [(offices[number], travel) for number, travel in ways if number in offices]
    if len(there) < len(ways) or (kind and any(office.kind != kind for office, _ in there)):
        return None
    return [replace(office, travel=travel) for office, travel in there]


def _straight(
    connection: Connection, start: Start, wanted: Wanted, limit: int, known: set[int], working: Calendar
) -> list[NearOffice]:
    """Find the offices nearest in a straight line beside those that are known."""
    every = nearest_offices(connection, start.lon, start.lat, **vars(wanted), limit=limit + len(known), working=working)
    return [office for office in every if office.id not in known][: limit - len(known)]
