"""Works: what the regency builds and mends, where, for how much, and how far it has come."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Computed, DateTime, ForeignKey, Identity, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry
from layers.records.calendar import FIRST_DAY, LAST_DAY
from layers.works.stages import STAGES


def of_work() -> Any:
    """Make the column that names the work which a row belongs to."""
    return mapped_column(ForeignKey("work.id", ondelete="cascade"), index=True)


def of_our_time(*names: str) -> CheckConstraint:
    """Make the check that days are no slip of the keyboard such as one of the year 26."""
    days = ", ".join(names)
    return CheckConstraint(f"least({days}) >= '{FIRST_DAY}' and greatest({days}) <= '{LAST_DAY}'", "days")


def now() -> Any:
    """Make the column that tells when a row came."""
    return mapped_column(DateTime(timezone=True), server_default=func.now())


class Work(Feature, Base):
    """One work; money in whole rupiah, null where it is not known.

    `number` is what people call it, `stage_on` the day since which it stands in its stage, `spent` and `progress` (in
    percent) are those of the newest entry, `planned_end` is the end as it was last agreed. `version` counts the acts.
    """

    __tablename__ = "work"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint(f"stage in ({', '.join(repr(stage.id) for stage in STAGES)})", "stage"),
        CheckConstraint("least(budget, contract_value, spent) >= 0", "money"),
        CheckConstraint("progress between 0 and 100", "progress"),
        of_our_time("stage_on", "contract_on", "planned_start", "planned_end", "started_on", "finished_on"),
    )
    number: Mapped[str] = mapped_column(Computed("'P-' || id", persisted=True), unique=True)
    kind: Mapped[str]
    stage: Mapped[str]
    stage_on: Mapped[date | None]
    description: Mapped[str | None]
    agency: Mapped[str | None]
    fund: Mapped[str | None]
    year: Mapped[str | None]
    budget: Mapped[int | None] = mapped_column(BigInteger)
    contract_number: Mapped[str | None]
    contract_on: Mapped[date | None]
    contract_value: Mapped[int | None] = mapped_column(BigInteger)
    contractor: Mapped[str | None]
    spent: Mapped[int | None] = mapped_column(BigInteger)
    progress: Mapped[float | None]
    planned_start: Mapped[date | None]
    planned_end: Mapped[date | None]
    started_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    condition_after: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    geom: Mapped[Any] = geometry("GEOMETRY")


class WorkRoad(Base):
    """A stretch of a ruas that a work mends, in metres from its start; `to_m` is null for its end."""

    __tablename__ = "work_road"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    work_id: Mapped[int] = of_work()
    road_id: Mapped[int] = mapped_column(ForeignKey("road.id", ondelete="cascade"), index=True)
    from_m: Mapped[float] = mapped_column(server_default="0")
    to_m: Mapped[float | None]


class WorkComplaint(Base):
    """A complaint that a work answers."""

    __tablename__ = "work_complaint"
    work_id: Mapped[int] = mapped_column(ForeignKey("work.id", ondelete="cascade"), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(
        ForeignKey("complaint.id", ondelete="cascade"), primary_key=True, index=True
    )


class WorkProgress(Base):
    """How far a work was on a day: percent built and rupiah spent until then, with words for everyone."""

    __tablename__ = "work_progress"
    __table_args__ = (of_our_time("day"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    work_id: Mapped[int] = of_work()
    day: Mapped[date]
    percent: Mapped[float]
    spent: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None]
    by: Mapped[str]
    added_at: Mapped[datetime] = now()


class WorkPhoto(Base):
    """A photo of a work; `name` is that of its files, at random."""

    __tablename__ = "work_photo"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    work_id: Mapped[int] = of_work()
    name: Mapped[str] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
    percent: Mapped[float | None]
    by: Mapped[str]
    added_at: Mapped[datetime] = now()


class WorkChange(Base):
    """A change of cost or of time that was agreed, with its reason; what did not change is null."""

    __tablename__ = "work_change"
    __table_args__ = (of_our_time("changed_on", "new_end"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    work_id: Mapped[int] = of_work()
    changed_on: Mapped[date]
    old_value: Mapped[int | None] = mapped_column(BigInteger)
    new_value: Mapped[int | None] = mapped_column(BigInteger)
    old_end: Mapped[date | None]
    new_end: Mapped[date | None]
    reason: Mapped[str]
    by: Mapped[str]
    added_at: Mapped[datetime] = now()


class WorkDocument(Base):
    """A document of a work: a link to it, or a PDF that is kept here under a random `name`."""

    __tablename__ = "work_document"
    __table_args__ = (CheckConstraint("(url is null) <> (name is null)", "place"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    work_id: Mapped[int] = of_work()
    kind: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]
    name: Mapped[str | None] = mapped_column(unique=True)
    by: Mapped[str]
    added_at: Mapped[datetime] = now()


class WorkFollower(Base):
    """A reader who follows a work and has said so twice: in a form, and by the link of a letter."""

    __tablename__ = "work_follower"
    work_id: Mapped[int] = mapped_column(ForeignKey("work.id", ondelete="cascade"), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id", ondelete="cascade"), primary_key=True, index=True)
    since: Mapped[datetime] = now()
