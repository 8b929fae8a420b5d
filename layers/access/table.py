"""Access: what each village is like, the minutes of villages and settlements, standards, and questions of siting."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry
from layers.questions import Question


class Access(Feature, Base):
    """One village; minutes to the nearest puskesmas by motorcycle, null where no way leads to any.

    `near_all_season` are the people within 2 km of a road that is good or fair and open in the rain, `all_season_share`
    the same in percent of all its people.
    """

    __tablename__ = "access"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    minutes_dry: Mapped[float | None]
    minutes_wet: Mapped[float | None]
    people: Mapped[float | None]
    people_source: Mapped[str | None]
    near_all_season: Mapped[float | None]
    all_season_share: Mapped[float | None]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")


class AccessVillage(Base):
    """How a village reaches the nearest office of a kind: minutes within which half of its people are there.

    `minutes` is null where that half has no way; people by what they need, null where nobody knows how many live there;
    `supply` is the capacity a person (2SFCA), null where no office of the kind says what it holds.
    """

    __tablename__ = "access_village"
    kind: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    minutes: Mapped[float | None]
    office_id: Mapped[int | None] = mapped_column(BigInteger)
    within_15: Mapped[float | None]
    within_30: Mapped[float | None]
    within_60: Mapped[float | None]
    reached: Mapped[float | None]
    supply: Mapped[float | None]


class AccessSettlement(Base):
    """How a settlement reaches the nearest office of a kind; null where no way leads to any."""

    __tablename__ = "access_settlement"
    kind: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    minutes: Mapped[float | None]
    office_id: Mapped[int | None] = mapped_column(BigInteger)


class AccessStandard(Base):
    """What a rule asks for: metres or minutes to the nearest office, or people an office; towns and villages apart."""

    __tablename__ = "access_standard"
    kind: Mapped[str] = mapped_column(primary_key=True)
    setting: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    source: Mapped[str]


class SitingQuestion(Question, Base):
    """Where to build, as a planner has asked; the worker answers, or says why it cannot."""

    __tablename__ = "siting_question"
