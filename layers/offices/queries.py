"""Questions about offices: which are nearest, and what they offer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from math import inf
from typing import Any

from sqlalchemy import Connection, Row, TextClause, select, text

from layers.db import HERE, sql
from layers.layer import Text
from layers.offices import table
from layers.offices.hours import OpenState, open_state
from layers.records.calendar import Calendar, calendar

FILTERS = {
    "kind": "office.kind = :kind",
    "service": "office.id in (select office_id from office_service where service_id = :service)",
    "wheelchair": "office.wheelchair = 'yes'",
    "open_hours": "office.opening_hours = any(:open_hours)",
}
SPARE = 4  # candidates beyond those asked for: a ring 0.6 % wide seldom holds more
GROWTH = 4
# The spheroid's distances differ from the sphere's by less than 0.6 %: the radius of curvature lies between
# 6,335 km and 6,400 km, the sphere's radius is 6,371 km.
SPHERE_TO_SPHEROID = 0.994


@dataclass(frozen=True)
class Service:
    """What an office gives: what to bring, what it costs, how long it takes, which law says so; None where unknown."""

    id: str
    name: str
    name_en: str
    requirements: str | None
    cost: str | None
    duration: str | None
    legal_basis: str | None
    source: str

    @property
    def title(self) -> Text:
        """Give the name as a text of the screens."""
        return Text(self.name, self.name_en)


@dataclass(frozen=True)
class Travel:
    """The way to an office over the roads; minutes and metres include the walks to the road and from it."""

    minutes: float
    length_m: float
    damaged_m: float


@dataclass(frozen=True)
class NearOffice:
    """An office as seen from a point; `bearing_deg` clockwise from north, None where one stands on it.

    `travel` is None where nobody asked for it, or where no known way leads there.
    """

    id: int
    kind: str
    name: str | None
    lon: float
    lat: float
    distance_m: float
    bearing_deg: float | None
    phone: str | None
    address: str | None
    wheelchair: str | None
    opening_hours: str | None
    hours: OpenState
    services: list[Service]
    village_code: str | None
    checked_on: date | None
    source: str
    travel: Travel | None = None


@dataclass(frozen=True)
class Wanted:
    """Which offices are looked for: of a kind, giving a service, known to be open at a moment, for wheelchairs."""

    kind: str | None = None
    service: str | None = None
    open_at: datetime | None = None
    wheelchair: bool = False

    @property
    def of_kind_alone(self) -> bool:
        """Say whether nothing but the kind is asked for."""
        return not (self.service or self.open_at or self.wheelchair)


def nearest_offices(
    connection: Connection,
    lon: float,
    lat: float,
    *,
    kind: str | None = None,
    service: str | None = None,
    open_at: datetime | None = None,
    wheelchair: bool = False,
    limit: int = 3,
    working: Calendar | None = None,
) -> list[NearOffice]:
    """Find the nearest offices by geodesic distance on WGS 84, nearest first; EPSG:4326 in, metres and degrees out.

    `open_at` keeps the offices known to be open at that moment. Equal distances are ordered by id. The calendar is read
    where none is handed in.
    """
    working = working or calendar(connection)
    asked: dict[str, Any] = {"kind": kind, "service": service, "wheelchair": wheelchair}
    if open_at:
        asked["open_hours"] = open_hours(connection, open_at, working)
        if not asked["open_hours"]:
            return []
    wanted = {"lon": lon, "lat": lat, "limit": limit} | {name: value for name, value in asked.items() if value}
    return _near_offices(_nearest(connection, wanted, limit), open_at or datetime.now(UTC), working)


def nearest_of_each(connection: Connection, lon: float, lat: float, kinds: Iterable[str]) -> list[NearOffice]:
    """Find the nearest office of each of some kinds, nearest first; a kind without an office is left out.

    One statement a kind, since the planner has to know how rare each is.
    """
    wanted = ({"lon": lon, "lat": lat, "kind": kind, "limit": 1} for kind in kinds)
    found = [row for asked in wanted for row in _nearest(connection, asked, 1)]
    return sorted(_near_offices(found, datetime.now(UTC), calendar(connection)), key=lambda office: office.distance_m)


def offices_as_seen(
    connection: Connection, lon: float, lat: float, ids: Sequence[int], at: datetime, working: Calendar
) -> dict[int, NearOffice]:
    """Find offices by their numbers as seen from a point (EPSG:4326); those that are gone are left out."""
    rows = connection.execute(sql("offices/offices_as_seen.sql"), {"lon": lon, "lat": lat, "ids": list(ids)})
    return {row.id: _near_office(row, at, working) for row in rows}


def matching_numbers(connection: Connection, wanted: Wanted, working: Calendar) -> list[int]:
    """List the numbers of all offices that are wanted."""
    asked: dict[str, Any] = {"kind": wanted.kind, "service": wanted.service, "wheelchair": wanted.wheelchair}
    if wanted.open_at:
        asked["open_hours"] = open_hours(connection, wanted.open_at, working)
        if not asked["open_hours"]:
            return []
    given = {name: value for name, value in asked.items() if value}
    return list(connection.execute(_statement("matching_offices", frozenset(given)), given).scalars())


def open_hours(connection: Connection, at: datetime, working: Calendar) -> list[str]:
    """List the different opening hours under which an office is open at a moment."""
    different = connection.execute(sql("offices/different_hours.sql")).scalars()
    return [hours for hours in different if open_state(hours, at, working).open]


def _nearest(connection: Connection, wanted: dict[str, Any], limit: int) -> Sequence[Row[Any]]:
    """Take more candidates until none left out could be nearer than those found."""
    statement = _statement("nearest_offices", frozenset(wanted))
    take = limit + SPARE
    while True:
        asked = {**wanted, "take": take, "sphere_to_spheroid": SPHERE_TO_SPHEROID}
        rows = connection.execute(statement, asked).all()
        found = [row for row in rows if row.id is not None]
        if len(found) == limit or rows[0].reach == inf:
            return found
        take *= GROWTH


@cache
def _statement(name: str, wanted: frozenset[str]) -> TextClause:
    """Put together only the filters that are asked for, so that the planner sees what each keeps."""
    frame = (HERE / "offices" / f"{name}.sql").read_text(encoding="utf-8")
    filters = [condition for name, condition in FILTERS.items() if name in wanted]
    return text(frame.format(filters=" and ".join(filters) or "true"))


def _near_offices(rows: Sequence[Row[Any]], at: datetime, working: Calendar) -> list[NearOffice]:
    return [_near_office(row, at, working) for row in rows]


def _near_office(row: Row[Any], at: datetime, working: Calendar) -> NearOffice:
    seen = dict(row._mapping)
    seen.pop("reach", None)
    seen["services"] = [Service(**service) for service in row.services or ()]
    return NearOffice(**seen, hours=open_state(row.opening_hours, at, working))


def services(connection: Connection) -> Sequence[Service]:
    """List every service by its Indonesian name."""
    every = select(table.Service.__table__).order_by(table.Service.name)
    return [Service(**row._mapping) for row in connection.execute(every)]
