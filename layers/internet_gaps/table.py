"""Internet gaps: the cells of the regency, and what they add up to by village, by office and on the map."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class InternetGap(Feature, Base):
    """One cell of 500 m: its coverage, on what evidence, and how many people live in it (None: nobody knows).

    `signal_dbm` is the best that towers give by the model, `terrain_db` what the land takes of it (None: the range
    alone was used); `mbps` the median of what phones measured; `works` and `silent` count what people said within a
    year. `contradiction` says who contradicts the operators in `declared_by`: a measurement or people.
    `place` orders the four cells of a square of 1 km: from afar the first, which tells most, stands for all.
    """

    __tablename__ = "internet_gap"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    coverage: Mapped[str]
    evidence: Mapped[str]
    people: Mapped[float | None]
    signal_dbm: Mapped[float | None]
    terrain_db: Mapped[float | None]
    mbps: Mapped[float | None]
    works: Mapped[int]
    silent: Mapped[int]
    place: Mapped[int]
    contradiction: Mapped[str | None]
    declared_by: Mapped[str | None]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")


class InternetGapVillage(Base):
    """How many cells of a village have a coverage, and how many of its people live in such (None: nobody knows)."""

    __tablename__ = "internet_gap_village"
    code: Mapped[str] = mapped_column(primary_key=True)
    coverage: Mapped[str] = mapped_column(primary_key=True)
    cells: Mapped[int]
    people: Mapped[float | None]


class InternetGapOffice(Base):
    """The coverage of the cell that an office of the regency stands in."""

    __tablename__ = "internet_gap_office"
    office_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    coverage: Mapped[str]
    evidence: Mapped[str]


class InternetGapArea(Base):
    """All cells of a kind as one shape, for the map of a page."""

    __tablename__ = "internet_gap_area"
    kind: Mapped[str] = mapped_column(primary_key=True)
    cells: Mapped[int]
    geom: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False)


class InternetGapBasis(Base):
    """What the cells were computed from, in one row: see `layers.internet_gaps.queries.Basis`."""

    __tablename__ = "internet_gap_basis"
    __table_args__ = (CheckConstraint("id = 1", "one"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told: Mapped[dict[str, Any]]
