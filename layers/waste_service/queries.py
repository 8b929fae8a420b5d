"""Questions about the waste service: villages, kecamatan and sites, with the reports of waste near them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, select

from layers.db import sql
from layers.waste_service.filling import FULL
from layers.waste_service.table import WasteService

PERIOD = timedelta(days=182)  # as for hot spots: half a year of reports
NEAR_M = 500.0  # a report this near to a site is about it, or about what it cannot hold


@dataclass(frozen=True)
class Line:
    """A village or a kecamatan as tables show it; None where something is not known (of a kecamatan: in a part)."""

    id: int | None
    code: str
    name: str
    district: str
    kind: str
    people: float | None
    far: float | None
    waste_m3: float | None
    reports: int
    metres: float | None = None
    limit_m: float | None = None
    urban: bool = False

    @property
    def far_share(self) -> float | None:
        """Give the share (0 to 1) of its people that is farther from a TPS than the standard."""
        return self.far / self.people if self.people and self.far is not None else None


@dataclass(frozen=True)
class Site:
    """A TPS, TPS3R or TPA as tables show it, by the columns of its table; None where something is not known."""

    id: int
    name: str | None
    kind: str
    village_code: str | None
    village: str | None
    lon: float
    lat: float
    capacity: float | None
    capacity_unit: str | None
    pickup_days: str | None
    people: float | None
    nearest_people: float | None
    waste_m3: float | None
    gap_days: float | None
    fill_m3: float | None
    capacity_m3: float | None
    fullness: float | None
    standing: str
    river_m: float | None
    homes_m: float | None
    near_river: bool | None
    near_homes: bool | None
    reports: int

    @property
    def is_full(self) -> bool:
        """Say whether more comes than it holds."""
        return self.standing == FULL

    @property
    def is_near(self) -> bool:
        """Say whether it is known to stand too near to a river or to homes."""
        return bool(self.near_river or self.near_homes)


def since(now: datetime) -> datetime:
    """Tell from when reports count."""
    return now - PERIOD


def villages(connection: Connection, now: datetime, district: str = "") -> list[Line]:
    """List the villages of a kecamatan, or of the regency, by kecamatan and name."""
    rows = connection.execute(
        sql("waste_service/villages_with_service.sql"), {"since": since(now), "district": district}
    )
    return [Line(**dict(row._mapping) | {"name": row.name or row.code, "district": row.district or ""}) for row in rows]


def sites(connection: Connection, now: datetime) -> list[Site]:
    """List the sites that were judged, the fullest first."""
    rows = connection.execute(sql("waste_service/sites_with_service.sql"), {"since": since(now), "near_m": NEAR_M})
    return [Site(**row._mapping) for row in rows]


def districts(lines: Iterable[Line]) -> list[Line]:
    """Add villages up to their kecamatan."""
    ordered = sorted(lines, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    grouped = groupby(ordered, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    return [together(list(held), code, name) for (name, code), held in grouped]


def together(lines: Sequence[Line], code: str = "", name: str = "") -> Line:
    """Add lines up; a sum is None where one of its parts is not known."""
    people, far, waste = (_sum([getattr(line, field) for line in lines]) for field in ("people", "far", "waste_m3"))
    return Line(None, code, name, "", "", people, far, waste, sum(line.reports for line in lines))


def people_source(connection: Connection) -> str | None:
    """Say where the numbers of people come from; None where there are none."""
    return connection.scalar(select(WasteService.people_source).limit(1))


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
