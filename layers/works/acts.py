"""What is done to a work besides moving it: registering, its roads and complaints, progress, agreed changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import Connection, Row, delete, func, insert, literal_column, select
from sqlalchemy.dialects.postgresql import insert as insert_once

from layers.complaints import desks
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import PUBLIC_ROWS, Complaint
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor
from layers.records.calendar import calendar
from layers.records.people import Agency
from layers.works import following, scope
from layers.works.guards import KNOWN_FUNDS, check_end, is_year, refuse
from layers.works.holding import COLUMNS, LAYER, Done, check_money, check_words, hold, role_of, write
from layers.works.moving import Moved, move
from layers.works.scope import Stretch
from layers.works.stages import KEEPER, RUNNING
from layers.works.table import Work, WorkChange, WorkComplaint, WorkProgress, WorkRoad
from layers.works.vocabulary import TITLES

__all__ = ["Facts", "Moved", "change_terms", "link_complaint", "link_road", "move", "register", "report_progress"]
__all__ += ["unlink_complaint", "unlink_road"]

SOURCE = "dinas"
NAME, LONGEST_NAME = "name", 200
NO_COMPLAINT = Text("Laporan dengan nomor itu tidak ada.", "There is no complaint of that number.")
NOT_RUNNING = Text(
    "Ini hanya untuk pekerjaan yang sudah terkontrak atau sedang dikerjakan.",
    "This is for works that are contracted or under way.",
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
    row |= {"stage_on": _today(connection, now), "description": facts.description or None}
    place = func.st_geomfromwkb(shapely.to_wkb(shape), 4326)
    kept = insert_once(Work).values(**row, geom=place).on_conflict_do_nothing(index_elements=["source", "source_id"])
    number: int | None = connection.scalar(kept.returning(Work.id))
    if number is None:  # the same form was sent twice at once: the other one has been kept meanwhile
        return int(connection.execute(sent_before).scalar_one())
    scope.place(connection, number, shape)
    if isinstance(where, Stretch):
        scope.link(connection, number, [where])
    made = _row(connection, number)
    role = role_of(actor, made.agency, made.village_code)
    noted = {"kind": facts.kind, "agency": facts.agency, "budget": facts.budget, "role": role, "stage": "proposal"}
    events.record(connection, actor.name, "register", LAYER, made.number, **noted)
    return number


def link_road(
    connection: Connection, actor: Actor, work_id: int, stretch: Stretch, *, seen_version: int | None
) -> Done:
    """Note a stretch of a ruas that a work mends; its shape follows. Raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
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


def report_progress(
    connection: Connection,
    actor: Actor,
    work_id: int,
    *,
    seen_version: int | None,
    day: date,
    percent: float,
    spent: int | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Done:
    """Note how far a work is on a day: percent built, rupiah spent until then, and words for everyone.

    Raises ActRefusedError: neither can be less than it was, and nothing is told of the future.
    """
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code, KEEPER)
    _check_running(work)
    if day > _today(connection, now):
        raise refuse("day", f"Tanggal {day:%d-%m-%Y} belum tiba.", f"The day {day:%d-%m-%Y} has not come yet.")
    if not (work.progress or 0) <= percent <= 100:
        told = f"Kemajuan harus dari {work.progress or 0:.0f} sampai 100 persen."
        raise refuse("percent", told, f"Progress lies between {work.progress or 0:.0f} and 100 percent.")
    check_money(spent)
    if spent is not None and spent < (work.spent or 0):
        told = "Uang yang sudah dibayar dihitung sejak awal, jadi tidak dapat berkurang."
        raise refuse("spent", told, "What was spent counts from the beginning, so it cannot shrink.")
    check_words(note)
    entry = {"work_id": work_id, "day": day, "percent": percent, "spent": spent, "note": note.strip() or None}
    connection.execute(insert(WorkProgress).values(**entry, by=actor.name))
    values = {"progress": percent, "spent": work.spent if spent is None else spent}
    return write(connection, actor, work, "progress", role, values, {"note": note}, day=str(day), **values)


def change_terms(
    connection: Connection,
    actor: Actor,
    work_id: int,
    *,
    seen_version: int | None,
    changed_on: date,
    value: int | None = None,
    end: date | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> Done:
    """Note that cost or time was agreed anew, with the reason; raises ActRefusedError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code, KEEPER)
    _check_running(work)
    if not reason.strip():
        raise refuse("reason", "Tuliskan alasan perubahannya.", "Write down the reason for the change.")
    check_words(reason)
    if changed_on > _today(connection, now):
        raise refuse("day", "Tanggal perubahan itu belum tiba.", "The day of the change has not come yet.")
    if value is not None:
        check_money(value, needed=True)
    if end is not None and work.contract_on is not None:
        check_end(end, work.contract_on)
    new = {"new_value": _other(value, work.contract_value), "new_end": _other(end, work.planned_end)}
    if new == {"new_value": None, "new_end": None}:
        raise refuse("change", "Isi nilai atau tanggal selesai yang baru.", "Give the new value or the new end.")
    row = {"work_id": work_id, "changed_on": changed_on, **new, "reason": reason.strip(), "by": actor.name}
    old = {
        "old_value": work.contract_value if new["new_value"] is not None else None,
        "old_end": work.planned_end if new["new_end"] else None,
    }
    connection.execute(insert(WorkChange).values(**row, **old))
    values = {"contract_value": work.contract_value if value is None else value, "planned_end": end or work.planned_end}
    noted = {name: str(changed) for name, changed in {**old, **new}.items() if changed is not None}
    done = write(connection, actor, work, "change_terms", role, values, {"reason": reason}, **noted)
    following.tell(connection, done.event, following.CHANGED, work, noted)
    return done


def _other(new: Any, old: Any) -> Any:
    return None if new == old else new


def _check_running(work: Row[Any]) -> None:
    if work.stage not in RUNNING:
        raise ActRefusedError("stage", NOT_RUNNING)


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


def _today(connection: Connection, now: datetime | None) -> date:
    return (now or datetime.now(UTC)).astimezone(calendar(connection).zone).date()
