"""Waste service: what each village and each site is like, standards, and rounds that planners have asked for."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry
from layers.questions import Question


class WasteService(Feature, Base):
    """One village: its people, those who live farther from a TPS than the standard, and the waste of all in m³ a day.

    `metres` is the way to the nearest TPS that is enough for half of the people, null where half have no way; people
    are null where nobody knows how many live there, `far` also where there is no standard (`limit_m`).
    """

    __tablename__ = "waste_service"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    people: Mapped[float | None]
    people_source: Mapped[str | None]
    far: Mapped[float | None]
    far_share: Mapped[float | None]
    metres: Mapped[float | None]
    limit_m: Mapped[float | None]
    waste_m3: Mapped[float | None]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")


class WasteSiteService(Base):
    """One TPS, TPS3R or TPA: who goes there, what they bring against what it holds, and what it stands too near to.

    `people` live within the standard, `nearest_people` have no nearer site, however far it is. `fill_m3` is what
    lies there when it is emptied, `capacity_m3` what there is room for, `fullness` the one by the other. Null: not
    known.
    """

    __tablename__ = "waste_site_service"
    site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    people: Mapped[float | None]
    nearest_people: Mapped[float | None]
    waste_m3: Mapped[float | None]
    gap_days: Mapped[float | None]
    fill_m3: Mapped[float | None]
    capacity_m3: Mapped[float | None]
    fullness: Mapped[float | None]
    river_m: Mapped[float | None]
    homes_m: Mapped[float | None]
    standing: Mapped[str]
    near_river: Mapped[bool | None]
    near_homes: Mapped[bool | None]


class WasteStandard(Base):
    """What a rule asks for, or a figure that sums rest on, with its source."""

    __tablename__ = "waste_standard"
    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    source: Mapped[str]


class WasteRound(Question, Base):
    """A collection round, as a planner has asked for it; the worker answers, or says why it cannot."""

    __tablename__ = "waste_round"
