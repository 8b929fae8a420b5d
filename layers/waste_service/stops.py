"""What trucks have to collect on a day: from which TPS, how much, and which are left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.records.preferences import REGENCY, preference
from layers.waste.pickups import days_since, weekdays
from layers.waste_service.round_questions import Wish

LITRES = 1000
NO_LANDFILL = Text(
    "TPA belum ada, atau sudah dihapus; isi lapisan Sarana persampahan, lalu pilih lagi.",
    "there is no landfill, or it has gone; fill the layer Waste sites, then choose again.",
)
NO_PEOPLE = Text(
    "jumlah penduduk di sekitar TPS belum tersedia, sehingga muatannya tidak diketahui.",
    "how many people live around the TPS is not available, so that nobody knows what they hold.",
)
NO_STOPS = Text(
    "tidak ada TPS yang diangkut pada hari itu; periksa hari angkutnya di lapisan Sarana persampahan.",
    "no TPS is emptied on that day; check the pick-up days in the layer Waste sites.",
)


@dataclass(frozen=True)
class Stop:
    """A TPS that is emptied on a day, or the TPA: its load in litres and what else lies there beyond its capacity."""

    id: int
    name: str
    village: str
    lon: float
    lat: float
    litres: int = 0
    surplus: int = 0


@dataclass(frozen=True)
class Stops:
    """The TPA, the TPS of a day, and those left out: without known pick-up days, or with nothing to collect."""

    landfill: Stop
    stops: list[Stop] = field(default_factory=list)
    without_days: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def stops_of(connection: Connection, wish: Wish) -> Stops:
    """Find them; raises NothingToComputeError where there is no TPA, no people, or nothing on that day.

    A TPS holds what has been brought since it was last emptied, at most its capacity.
    """
    asked = {"regency": preference(connection, REGENCY), "landfill": wish.landfill}
    rows = connection.execute(sql("waste_service/stops.sql"), asked).all()
    if not rows or rows[0].kind != "tpa":
        raise NothingToComputeError(NO_LANDFILL)
    landfill, *sites = rows
    found = Stops(_place(landfill))
    for site in sites:
        _sort_in(found, site, wish.day)
    _check(found, sites, wish)
    return found


def _sort_in(found: Stops, site: Row[Any], day: int) -> None:
    days = weekdays(site.pickup_days)
    if days is None:
        found.without_days.append(_name(site))
    elif day in days:
        brought = round((site.waste_m3 or 0.0) * LITRES * days_since(days, day))
        holds = round(site.capacity_m3 * LITRES) if site.capacity_m3 else brought
        if brought:
            found.stops.append(_place(site, min(brought, holds), max(0, brought - holds)))
        else:
            found.empty.append(_name(site))


def _check(found: Stops, sites: Sequence[Row[Any]], wish: Wish) -> None:
    if sites and all(site.waste_m3 is None for site in sites):
        raise NothingToComputeError(NO_PEOPLE)
    if not found.stops:
        raise NothingToComputeError(NO_STOPS)
    fullest = max(found.stops, key=lambda stop: stop.litres)
    if fullest.litres > round(wish.capacity_m3 * LITRES):
        holds = f"{fullest.litres / LITRES:.1f}"
        raise NothingToComputeError(
            Text(
                f"isi truk lebih kecil daripada TPS terpenuh, {fullest.name}: {holds.replace('.', ',')} m³.",
                f"a truck holds less than the fullest TPS, {fullest.name}: {holds} m³.",
            )
        )


def _place(site: Row[Any], litres: int = 0, surplus: int = 0) -> Stop:
    return Stop(site.id, _name(site), site.village or "", site.lon, site.lat, litres, surplus)


def _name(site: Row[Any]) -> str:
    return str(site.name or f"{site.kind.upper()} {site.id}")
