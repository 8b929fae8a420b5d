"""Questions about access: how villages, kecamatan and settlements reach the nearest office of a kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.access import classified
from layers.access.table import Access, AccessVillage
from layers.db import sql
from layers.rasters.queries import Raster, raster

Way = tuple[str, str, str]  # kind of office, mode, season


@dataclass(frozen=True)
class Asked:
    """Which ways: to which kind of office, by which mode, in which season, of which kecamatan ("": of all)."""

    kind: str
    mode: str
    season: str
    district: str = ""


@dataclass(frozen=True)
class Line:
    """A village, a kecamatan or a settlement as tables show it.

    People are None where nobody knows how many live there; `minutes` is None where no way leads (or, of a kecamatan,
    where there is no one number).
    """

    id: int | None
    code: str
    name: str
    district: str
    minutes: float | None
    kind: str
    people: float | None = None
    within_15: float | None = None
    within_30: float | None = None
    within_60: float | None = None
    reached: float | None = None
    near_all_season: float | None = None
    supply: float | None = None
    urban: bool = False
    office_id: int | None = None
    office: str | None = None

    @property
    def unreachable(self) -> float | None:
        """Count those who have no way."""
        return None if self.people is None or self.reached is None else max(0.0, self.people - self.reached)

    @property
    def beyond_30(self) -> float | None:
        """Count those who are not there within 30 minutes, with those who have no way."""
        return None if self.people is None or self.within_30 is None else max(0.0, self.people - self.within_30)

    @property
    def share_in_half_an_hour(self) -> float | None:
        """Give the share (0 to 1) of its people that is there within 30 minutes."""
        return self.within_30 / self.people if self.people and self.within_30 is not None else None

    @property
    def bands(self) -> list[tuple[str, float]]:
        """Share its people out among the classes of minutes: id of the class and share (0 to 1)."""
        counted = (self.within_15, self.within_30, self.within_60, self.reached, self.people)
        if not self.people or any(number is None for number in counted):
            return []
        stops = [0.0, *(float(number or 0) / self.people for number in counted)]
        names = ("sampai_15", "sampai_30", "sampai_60", "lebih_60", "tanpa_jalan")
        return [(name, max(0.0, stops[i + 1] - stops[i])) for i, name in enumerate(names)]


SUMMED = (
    "people",
    "within_15",
    "within_30",
    "within_60",
    "reached",
    "near_all_season",
)


def villages(connection: Connection, asked: Asked) -> list[Line]:
    """List the villages of a kecamatan, or of the regency, by kecamatan and name."""
    return [_village(row) for row in connection.execute(sql("access/villages_by_time.sql"), vars(asked))]


def settlements(connection: Connection, asked: Asked) -> list[Line]:
    """List the settlements of a kecamatan, or of the regency."""
    rows = connection.execute(sql("access/settlements_by_time.sql"), vars(asked))
    return [_settlement(row) for row in rows]


def districts(lines: Iterable[Line]) -> list[Line]:
    """Add villages up to their kecamatan."""
    ordered = sorted(lines, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    grouped = groupby(ordered, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    return [together(code, name, list(held)) for (name, code), held in grouped]


def together(code: str, name: str, lines: Sequence[Line]) -> Line:
    """Add lines up; a sum is None where one of its parts is not known."""
    sums: dict[str, Any] = {field: _sum([getattr(line, field) for line in lines]) for field in SUMMED}
    return Line(None, code, name, "", None, "", **sums)


def known_kinds(connection: Connection) -> set[str]:
    """Name the kinds of office that minutes are known for."""
    return set(connection.execute(select(AccessVillage.kind).distinct()).scalars())


def people_source(connection: Connection) -> str | None:
    """Say where the numbers of people come from; None where there are none."""
    return connection.scalar(select(Access.people_source).limit(1))


def raster_of(way: Way) -> str:
    """Name the raster that holds the minutes of every cell by a way."""
    return "_".join(("menit", *way))


def cells_of(connection: Connection, way: Way) -> Raster | None:
    """Find the raster of a way; None where it was not computed, or nobody is known to live anywhere."""
    return raster(connection, raster_of(way))


def rural_access(lines: Iterable[Line]) -> float | None:
    """Give the Rural Access Index (0 to 1) of the desa among villages; None where nobody is known to live."""
    rural = [line for line in lines if not line.urban and line.people is not None]
    everybody = sum(line.people or 0 for line in rural)
    return sum(line.near_all_season or 0 for line in rural) / everybody if everybody else None


def _village(row: Row[Any]) -> Line:
    known = dict(row._mapping)
    known.pop("district_code")
    timed = known["reached"] is not None or known["minutes"] is not None or known["office_id"] is not None
    return Line(**known | {"name": row.name or row.code, "kind": classified(row.minutes, known=timed)})


def _settlement(row: Row[Any]) -> Line:
    place = ", ".join(filter(None, (row.village, row.district)))
    name = row.name or f"{row.village} ({row.id})"
    return Line(
        row.id, "", name, place, row.minutes, classified(row.minutes), office_id=row.office_id, office=row.office
    )


def _sum(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
