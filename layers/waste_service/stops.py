"""What trucks have to collect on a day: from which TPS and TPS3R, how much, and which are left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from layers.computing import NothingToComputeError
from layers.db import sql
from layers.layer import Text
from layers.records.preferences import REGENCY, preference
from layers.waste.pickups import days_since, weekdays
from layers.waste_service.filling import room
from layers.waste_service.round_questions import Wish
from layers.waste_service.standards import KINDS, RESIDUE, Standard, standards, value

LITRES = 1000
SORTING = "tps3r"
LOADS = ("litres", "reach_kota", "reach_desa")  # the standards without which no load is known
NO_LANDFILL = Text(
    "TPA belum ada, atau sudah dihapus; isi lapisan Sarana persampahan, lalu pilih lagi.",
    "there is no landfill, or it has gone; fill the layer Waste sites, then choose again.",
)
NO_PEOPLE = Text(
    "jumlah penduduk di sekitar TPS belum tersedia, sehingga muatannya tidak diketahui.",
    "how many people live around the TPS is not available, so that nobody knows what they hold.",
)
NOTHING = Text(
    "tidak ada penduduk yang cukup dekat dengan TPS yang diangkut pada hari itu, sehingga tidak ada sampah di sana.",
    "nobody lives near enough to a TPS that is emptied on that day, so that no waste is expected there.",
)
NO_STOPS = Text(
    "tidak ada TPS yang diangkut pada hari itu; periksa hari angkutnya di lapisan Sarana persampahan.",
    "no TPS is emptied on that day; check the pick-up days in the layer Waste sites.",
)


@dataclass(frozen=True)
class Stop:
    """A TPS or TPS3R that is emptied on a day, or the TPA: its load in litres, and what lies there beyond its room.

    The load of a TPS3R (`sorts`) is what is left of the waste that it works through.
    """

    id: int
    name: str
    village: str
    lon: float
    lat: float
    litres: int = 0
    surplus: int = 0
    sorts: bool = False


@dataclass(frozen=True)
class Stops:
    """The TPA, what is emptied on a day, and what is left out: without known pick-up days, or with nothing to collect.

    `unknown` names the sites of the day whose waste nobody knows, `unknown_residue` the TPS3R of the day of which
    nobody says how much of their waste is left.
    """

    landfill: Stop
    stops: list[Stop] = field(default_factory=list)
    without_days: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    unknown_residue: list[str] = field(default_factory=list)


def stops_of(connection: Connection, wish: Wish) -> Stops:
    """Find them; raises NothingToComputeError where there is no TPA, no known load, or nothing on that day.

    A TPS holds what has been brought since it was last emptied, at most its capacity. A TPS3R works through its waste
    day by day, at most its capacity, and the standard says what share of it is left to be taken to the TPA.
    """
    asked = {"regency": preference(connection, REGENCY), "landfill": wish.landfill}
    rows = connection.execute(sql("waste_service/stops.sql"), asked).all()
    if not rows or rows[0].kind != "tpa":
        raise NothingToComputeError(NO_LANDFILL)
    landfill, *sites = rows
    found, known = Stops(_place(landfill)), standards(connection)
    for site in sites:
        _sort_in(found, site, wish.day, known)
    if not found.stops and (found.unknown or (sites and all(site.waste_m3 is None for site in sites))):
        raise NothingToComputeError(_lacking(known))
    _check(found, wish)
    return found


def _sort_in(found: Stops, site: Row[Any], day: int, known: Mapping[str, Standard]) -> None:
    days, residue = weekdays(site.pickup_days), value(known, RESIDUE)
    if days is None:
        found.without_days.append(_name(site))
    elif day not in days:
        return
    elif site.kind == SORTING and residue is None:
        found.unknown_residue.append(_name(site))
    elif site.waste_m3 is None:
        found.unknown.append(_name(site))
    else:
        gap = days_since(days, day)
        left = _left(site, gap, residue or 0.0, known) if site.kind == SORTING else _lying(site, gap)
        if left[0]:
            found.stops.append(_place(site, *left))
        else:
            found.empty.append(_name(site))


def _lying(site: Row[Any], gap: int) -> tuple[int, int]:
    """Give the litres that lie at a TPS after some days, and those beyond what it holds."""
    brought = round(site.waste_m3 * LITRES * gap)
    holds = round(site.capacity_m3 * LITRES) if site.capacity_m3 else brought
    return min(brought, holds), max(0, brought - holds)


def _left(site: Row[Any], gap: int, residue: float, known: Mapping[str, Standard]) -> tuple[int, int]:
    """Give the litres left at a TPS3R after some days, by the percent that is, and those it cannot work through."""
    brought = site.waste_m3 * LITRES
    capacity, daily = room(site, value(known, "density"))
    worked = min(brought, capacity * LITRES) if capacity and daily else brought
    return round(worked * gap * residue / 100), round((brought - worked) * gap)


def _lacking(known: Mapping[str, Standard]) -> Text:
    """Say what is missing so that nobody knows what a TPS holds: a standard by its name, else people."""
    missing = [kind.title for kind in KINDS if kind.id in LOADS and kind.id not in known]
    if not missing:
        return NO_PEOPLE
    return Text(
        f"standar “{'”, “'.join(title.id for title in missing)}” belum diisi, sehingga muatan TPS tidak diketahui;"
        " isi di halaman Standar sampah.",
        f"the standard “{'”, “'.join(title.en for title in missing)}” is not filled in, so that nobody knows what the"
        " TPS hold; fill it in on the page of waste standards.",
    )


def _check(found: Stops, wish: Wish) -> None:
    if not found.stops:
        raise NothingToComputeError(NOTHING if found.empty else NO_STOPS)
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
    sorts = site.kind == SORTING
    return Stop(site.id, _name(site), site.village or "", site.lon, site.lat, litres, surplus, sorts)


def _name(site: Row[Any]) -> str:
    return str(site.name or f"{site.kind.upper()} {site.id}")
