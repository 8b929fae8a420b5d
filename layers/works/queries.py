"""Questions about works: which there are, what is known of one, and what they cost by kecamatan and year."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from sqlalchemy import ColumnElement, Connection, LargeBinary, Row, Select, func, literal_column, or_, select

from layers.complaints import desks
from layers.complaints.table import PUBLIC_ROWS, Complaint
from layers.db import sql
from layers.records.actors import VISITOR, Actor
from layers.works.finding import LITERALLY
from layers.works.holding import COLUMNS
from layers.works.stages import PLANS, RUNNING
from layers.works.table import Work, WorkChange, WorkComplaint, WorkDocument, WorkProgress

UNTOLD = ("link", "document", "photo", "version")  # numbers that mean nothing to people


@dataclass(frozen=True)
class Entry:
    """One act on a work: when, in which role, the stage after it, what was noted and what was said."""

    at: datetime
    act: str
    role: str
    stage: str
    noted: Mapping[str, Any]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Money:
    """Rupiah planned, agreed by contract and spent for the works of a kecamatan and a budget year ("" unknown)."""

    district: str
    name: str
    year: str
    works: int
    planned: int
    agreed: int
    spent: int


def work(connection: Connection, work_id: int) -> Row[Any] | None:
    """Find a work, with lon, lat of a point on it and its `shape` as WKB in EPSG:4326."""
    spot = "st_pointonsurface(work.geom)"
    place: list[ColumnElement[float]] = [
        literal_column(f"st_x({spot})").label("lon"),
        literal_column(f"st_y({spot})").label("lat"),
    ]
    shape = func.st_asbinary(literal_column("work.geom"), type_=LargeBinary).label("shape")
    asked: Select[Any] = select(*COLUMNS, *place, shape).where(Work.id == work_id)
    return connection.execute(asked).one_or_none()


def all_works(connection: Connection, offset: int, most: int) -> Sequence[Row[Any]]:
    """List works by their number, each with its `shape` as WKB in EPSG:4326."""
    shape = func.st_asbinary(literal_column("work.geom"), type_=LargeBinary).label("shape")
    asked: Select[Any] = select(*COLUMNS, shape).order_by(Work.id).offset(offset).limit(most)
    return connection.execute(asked).all()


def days_late(found: Row[Any], today: date) -> int:
    """Count the days by which a work is, or was, later than was agreed last."""
    if found.planned_end is None:
        return 0
    until = today if found.stage in RUNNING else found.finished_on if found.stage not in PLANS else None
    return max((until - found.planned_end).days, 0) if until else 0


def roads_of(connection: Connection, work_id: int) -> Sequence[Row[Any]]:
    """List the stretches of roads that a work mends."""
    return connection.execute(sql("works/roads_of.sql"), {"work": work_id}).all()


def roads_named(connection: Connection, words: str) -> Sequence[Row[Any]]:
    """List roads whose number or name holds some words, the longest first, 20 at most."""
    asked = {"words": f"%{words.lower().translate(LITERALLY)}%"}
    return connection.execute(sql("works/roads_named.sql"), asked).all()


def complaints_of(connection: Connection, work_id: int, actor: Actor = VISITOR) -> Sequence[Row[Any]]:
    """List the complaints that a work answers: those that are `public`, and those that roles of the actor reach."""
    columns: list[ColumnElement[Any]] = [
        Complaint.__table__.c[name] for name in ("number", "name", "kind", "category", "state")
    ]
    linked = connection.scalars(_linked(work_id)).all()
    public: ColumnElement[bool] = literal_column(f"({PUBLIC_ROWS})")
    known = or_(public, Complaint.id.in_(desks.reached(connection, actor, linked)))
    columns.append(public.label("public"))
    return connection.execute(select(*columns).where(Complaint.id.in_(linked), known).order_by(Complaint.id)).all()


def count_complaints(connection: Connection, work_id: int) -> int:
    """Count the complaints that a work answers, those too that few may see."""
    return connection.scalar(select(func.count()).select_from(_linked(work_id).subquery())) or 0


def _linked(work_id: int) -> Select[int]:
    return select(WorkComplaint.complaint_id).where(WorkComplaint.work_id == work_id)


def progress_of(connection: Connection, work_id: int) -> Sequence[Row[Any]]:
    """List the entries of progress, the oldest first."""
    mine = select(WorkProgress.__table__).where(WorkProgress.work_id == work_id)
    return connection.execute(mine.order_by(WorkProgress.day, WorkProgress.id)).all()


def changes_of(connection: Connection, work_id: int) -> Sequence[Row[Any]]:
    """List the changes of cost and time, the oldest first."""
    return connection.execute(
        select(WorkChange.__table__).where(WorkChange.work_id == work_id).order_by(WorkChange.id)
    ).all()


def documents_of(connection: Connection, work_id: int) -> Sequence[Row[Any]]:
    """List the documents of a work, the oldest first."""
    mine = select(WorkDocument.__table__).where(WorkDocument.work_id == work_id)
    return connection.execute(mine.order_by(WorkDocument.id)).all()


def timeline(connection: Connection, number: str) -> list[Entry]:
    """List all that was done to a work, the oldest first; words that were erased are left out."""
    rows = connection.execute(sql("works/timeline.sql"), {"number": number})
    return [_entry(row) for row in rows]


def money(connection: Connection) -> list[Money]:
    """Add up planned, agreed and spent rupiah by kecamatan and budget year."""
    rows = connection.execute(sql("works/money.sql"))
    return [
        Money(row.district or "", row.name or "", row.year or "", row.works, *map(int, row[4:])) for row in rows.all()
    ]


def years(connection: Connection) -> list[str]:
    """List the budget years of works, the newest first."""
    return list(
        connection.scalars(select(Work.year).where(Work.year.is_not(None)).distinct().order_by(Work.year.desc()))
    )


def shape_of(found: Row[Any]) -> shapely.Geometry:
    """Give the shape of a work in EPSG:4326."""
    return shapely.from_wkb(bytes(found.shape))


def _entry(row: Row[Any]) -> Entry:
    noted = {name: value for name, value in row.detail.items() if name not in UNTOLD}
    return Entry(row.at, row.act, row.role, row.stage or "", noted, json.loads(row.content or "{}"))
