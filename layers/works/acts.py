"""What is done to a work: registering it, its roads and complaints; moving it and its progress stand beside."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import Connection, Row, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert as insert_once

from layers.complaints import desks
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import PUBLIC_ROWS, Complaint
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor
from layers.records.people import Agency
from layers.works import answering, scope
from layers.works.guards import KNOWN_FUNDS, is_year, refuse
from layers.works.holding import COLUMNS, LAYER, Done, check_days, check_money, check_words, hold, role_of, today, write
from layers.works.moving import Moved, conclude, move
from layers.works.running import change_terms, report_progress
from layers.works.scope import Stretch
from layers.works.table import Work, WorkComplaint, WorkRoad
from layers.works.vocabulary import TITLES

__all__ = ["Facts", "Moved", "change_terms", "conclude", "link_complaint", "link_road", "move", "register"]
__all__ += ["report_progress", "unlink_complaint", "unlink_road"]

SOURCE = "dinas"
NAME, LONGEST_NAME = "name", 200
NO_COMPLAINT = Text("Laporan dengan nomor itu tidak ada.", "There is no complaint of that number.")
CANCELLED = Text(
    "Pekerjaan ini dibatalkan, jadi tidak ada lagi yang dikaitkan dengannya.",
    "This work was cancelled, so that nothing is linked to it any more.",
)


@dataclass(frozen=True)
class Facts:
    """What is known of a work when it is registered; money in whole rupiah."""

    name: str
    kind: str
    agency: str
    description: str = ""
    fund: str | None = None
    year: str | None = None
    budget: int | None = None
    planned_start: date | None = None
    planned_end: date | None = None


def register(
    connection: Connection,
    actor: Actor,
    client_id: UUID,
    facts: Facts,
    where: shapely.Geometry | Stretch,
    now: datetime | None = None,
) -> int:
    """Keep a new work as a proposal and give its id, the same however often it is sent; raises ActRefusedError.

    `where` is a shape in EPSG:4326, or a stretch of a road.
    """
    sent_before = select(Work.id).where(Work.source == SOURCE, Work.source_id == str(client_id))
    known = connection.scalar(sent_before)
    if known is not None:
        return int(known)
    _check_facts(connection, facts)
    shape = where if isinstance(where, shapely.Geometry) else _shape(connection, where)
    row = {**vars(facts), "source": SOURCE, "source_id": str(client_id), "stage": "proposal"}
    row |= {"stage_on": today(connection, now), "description": facts.description or None}
    place = func.st_geomfromwkb(shapely.to_wkb(shape), 4326)
    kept = insert_once(Work).values(**row, geom=place).on_conflict_do_nothing(index_elements=["source", "source_id"])
    number: int | None = connection.scalar(kept.returning(Work.id))
    if number is None:  # the same form was sent twice at once: the other one has been kept meanwhile
        return int(connection.execute(sent_before).scalar_one())
    scope.place(connection, number, shape)
    made = _row(connection, number)
    role = role_of(actor, made.agency, made.village_code)
    if isinstance(where, Stretch):
        answering.check_link(connection, actor, made, where)
        scope.link(connection, number, [where])
    noted = {"kind": facts.kind, "agency": facts.agency, "budget": facts.budget, "role": role, "stage": "proposal"}
    events.record(connection, actor.name, "register", LAYER, made.number, **noted)
    return number


def link_road(
    connection: Connection, actor: Actor, work_id: int, stretch: Stretch, *, seen_version: int | None
) -> Done:
    """Note a stretch of a ruas that a work mends; its shape follows. Raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
    _check_alive(work)
    answering.check_link(connection, actor, work, stretch)
    scope.link(connection, work_id, [stretch])
    return write(connection, actor, work, "link_road", role, {}, **vars(stretch))


def unlink_road(connection: Connection, actor: Actor, work_id: int, link: int, *, seen_version: int | None) -> Done:
    """Take a stretch away from a work; raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
    gone = connection.execute(delete(WorkRoad).where(WorkRoad.id == link, WorkRoad.work_id == work_id))
    if not gone.rowcount:
        raise refuse("road", "Bagian ruas itu sudah tidak ada di sini.", "That stretch is not here any more.")
    scope.follow_roads(connection, work_id)
    return write(connection, actor, work, "unlink_road", role, {}, link=link)


def link_complaint(
    connection: Connection, actor: Actor, work_id: int, number: str, *, seen_version: int | None
) -> Done:
    """Note that a work answers a complaint; raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
    _check_alive(work)
    complaint = _complaint(connection, actor, number)
    linked = insert_once(WorkComplaint).values(work_id=work_id, complaint_id=complaint).on_conflict_do_nothing()
    connection.execute(linked)
    return write(connection, actor, work, "link_complaint", role, {}, complaint=number.strip().upper())


def unlink_complaint(
    connection: Connection, actor: Actor, work_id: int, number: str, *, seen_version: int | None
) -> Done:
    """Take a complaint away from a work; raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
    complaint = _complaint(connection, actor, number)
    mine = (WorkComplaint.work_id == work_id, WorkComplaint.complaint_id == complaint)
    connection.execute(delete(WorkComplaint).where(*mine))
    return write(connection, actor, work, "unlink_complaint", role, {}, complaint=number.strip().upper())


def _check_alive(work: Row[Any]) -> None:
    if work.stage == "cancelled":
        raise ActRefusedError("stage", CANCELLED)


def _check_facts(connection: Connection, facts: Facts) -> None:
    if not 0 < len(facts.name.strip()) <= LONGEST_NAME or "\0" in facts.name:
        raise refuse(
            NAME, "Tulis nama pekerjaannya, paling banyak 200 huruf.", "Name the work, in 200 letters at most."
        )
    if facts.kind not in TITLES:
        raise refuse("kind", "Pilih jenis pekerjaannya.", "Choose the kind of the work.")
    if connection.scalar(select(Agency.id).where(Agency.id == facts.agency)) is None:
        raise refuse("agency", "Pilih dinas yang mengerjakan.", "Choose the agency that does it.")
    if facts.fund is not None and facts.fund not in KNOWN_FUNDS:
        raise refuse("fund", "Pilih sumber dananya.", "Choose the source of funds.")
    if facts.year is not None and not is_year(facts.year):
        raise refuse("year", "Isi tahun anggaran, misalnya 2027.", "Give the budget year, such as 2027.")
    check_days(facts.planned_start, facts.planned_end)
    if facts.planned_start and facts.planned_end and facts.planned_end < facts.planned_start:
        told = "Rencana selesai tidak boleh sebelum rencana mulai."
        raise refuse("planned_end", told, "The planned end cannot come before the planned start.")
    check_money(facts.budget)
    check_words(facts.description)


def _shape(connection: Connection, stretch: Stretch) -> shapely.Geometry:
    scope.check_stretch(connection, stretch)
    return scope.shape_of(connection, [stretch.road_id], [stretch.from_m], [stretch.to_m])


def _complaint(connection: Connection, actor: Actor, number: str) -> int:
    """Find a complaint that is public, or that the actor's roles reach; others stay unknown to him."""
    wanted = number.strip().upper()
    public = select(Complaint.id).where(Complaint.number == wanted, literal_column(f"({PUBLIC_ROWS})"))
    found = connection.scalar(public)
    if found is not None:
        return int(found)
    reached = desks.case(connection, actor, wanted)
    if reached is None:
        raise ActRefusedError("complaint", NO_COMPLAINT)
    return int(reached.id)


def _row(connection: Connection, work_id: int) -> Row[Any]:
    return connection.execute(select(*COLUMNS).where(Work.id == work_id)).one()
