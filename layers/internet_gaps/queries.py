"""Questions about internet gaps: who lacks internet, in which village and office, and where sources contradict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import shapely
from sqlalchemy import Connection, select

from layers.db import sql
from layers.internet_gaps import COVERAGES
from layers.internet_gaps.table import InternetGapBasis

NAMES = tuple(coverage.id for coverage in COVERAGES)


@dataclass(frozen=True)
class Basis:
    """What the cells were computed from: numbers of sources, the raster of heights (None: the range alone was used).

    `coarse` says that there is one, but too coarse to be used; `people_source` is None where nobody is known to live.
    """

    towers: int
    areas: int
    rasters: int
    measurements: int
    words: int
    terrain: str | None
    coarse: bool
    people_source: str | None
    people_estimate: bool

    @property
    def empty(self) -> bool:
        """Say whether nothing at all is known of internet here."""
        return not (self.towers or self.areas or self.rasters or self.measurements or self.words)


@dataclass(frozen=True)
class Line:
    """A village, a kecamatan or the regency: its cells and people by coverage, each in the order of COVERAGES.

    People are None where nobody knows how many live there. `offices_without` counts those with none or a weak one,
    `offices_unknown` those of which nothing is known.
    """

    code: str
    name: str
    district: str
    cells: tuple[int, ...]
    people: tuple[float | None, ...]
    offices: int = 0
    offices_without: int = 0
    offices_unknown: int = 0

    def lived(self, coverage: str) -> float | None:
        """Give the people who live where the coverage is such."""
        return self.people[NAMES.index(coverage)]

    def share(self, coverage: str) -> float:
        """Give the share (0 to 1) of its area that has a coverage."""
        return self.cells[NAMES.index(coverage)] / max(sum(self.cells), 1)

    @property
    def everybody(self) -> float | None:
        """Count all its people."""
        return total(self.people)


@dataclass(frozen=True)
class Office:
    """A public office where internet is none, weak or not known."""

    id: int
    name: str
    kind: str
    village: str
    district: str
    coverage: str
    evidence: str


@dataclass(frozen=True)
class Contradiction:
    """A cell where a measurement (or people) contradict what operators declare."""

    id: int
    village: str
    district: str
    reason: str
    declared_by: str | None
    mbps: float | None
    silent: int
    checked_on: object


@dataclass(frozen=True)
class Patch:
    """All cells of a kind as one shape in EPSG:3857."""

    kind: str
    cells: int
    shape: shapely.Geometry


def basis(connection: Connection) -> Basis | None:
    """Tell from what the cells were computed; None before they were."""
    told = connection.scalar(select(InternetGapBasis.told))
    return Basis(**told) if told else None


def villages(connection: Connection, district: str = "") -> list[Line]:
    """List the villages of a kecamatan, or of all, by kecamatan and name."""
    rows = connection.execute(sql("internet_gaps/villages.sql"), {"district": district, "coverages": list(NAMES)})
    return [
        Line(
            row.code,
            row.name,
            row.district or "",
            tuple(row.cells),
            tuple(row.people),
            row.offices,
            row.offices_without,
            row.offices_unknown,
        )
        for row in rows
    ]


def districts(lines: Iterable[Line]) -> list[Line]:
    """Add villages up to their kecamatan."""
    ordered = sorted(lines, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    grouped = groupby(ordered, key=lambda line: (line.district, line.code.rpartition(".")[0]))
    return [together(code, name, list(held)) for (name, code), held in grouped]


def together(code: str, name: str, lines: Sequence[Line]) -> Line:
    """Add lines up; a sum is None where one of its parts is not known."""
    cells = tuple(sum(line.cells[i] for line in lines) for i in range(len(NAMES)))
    people = tuple(total([line.people[i] for line in lines]) for i in range(len(NAMES)))
    counts = (
        sum(getattr(line, field) for line in lines) for field in ("offices", "offices_without", "offices_unknown")
    )
    return Line(code, name, "", cells, people, *counts)


def total(numbers: Sequence[float | None]) -> float | None:
    """Add numbers up; None where one is not known, or there are none."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def offices(connection: Connection, coverages: Sequence[str]) -> list[Office]:
    """List the offices that stand where the coverage is one of some, by coverage, kecamatan and name."""
    rows = connection.execute(sql("internet_gaps/offices.sql"), {"coverages": list(coverages)})
    return [Office(**row._mapping) for row in rows]


def contradictions(connection: Connection) -> list[Contradiction]:
    """List the cells where sources contradict each other, those that were measured first."""
    return [Contradiction(**row._mapping) for row in connection.execute(sql("internet_gaps/contradictions.sql"))]


def patches(connection: Connection) -> list[Patch]:
    """Give the shape of each kind of cell."""
    rows = connection.execute(sql("internet_gaps/patches.sql"))
    return [Patch(row.kind, row.cells, shapely.from_wkb(bytes(row.shape))) for row in rows]
