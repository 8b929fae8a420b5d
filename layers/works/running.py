"""How a work that is being built goes on: progress day by day, and cost or time agreed anew with the reason."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records.actors import Actor
from layers.works import following
from layers.works.guards import check_end, refuse
from layers.works.holding import Done, check_days, check_money, check_words, hold, role_of, today, write
from layers.works.stages import KEEPER, RUNNING
from layers.works.table import WorkChange, WorkProgress

NOT_RUNNING = Text(
    "Ini hanya untuk pekerjaan yang sudah terkontrak atau sedang dikerjakan.",
    "This is for works that are contracted or under way.",
)


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

    Raises ActRefusedError: neither can be less than it was, and nothing is told of the future, nor of days before the
    work or the entry before.
    """
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code, KEEPER)
    _check_running(work)
    check_days(day)
    if day > today(connection, now):
        raise refuse("day", f"Tanggal {day:%d-%m-%Y} belum tiba.", f"The day {day:%d-%m-%Y} has not come yet.")
    _check_order(connection, work, day)
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
    check_days(changed_on, end)
    if not reason.strip():
        raise refuse("reason", "Tuliskan alasan perubahannya.", "Write down the reason for the change.")
    check_words(reason)
    if changed_on > today(connection, now):
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


def _check_order(connection: Connection, work: Row[Any], day: date) -> None:
    """Refuse progress of a day before the work, or before what is known: entries are read by their days."""
    begun = work.started_on or work.contract_on
    if begun is not None and day < begun:
        told = f"Kemajuan tidak dapat dicatat sebelum pekerjaannya dimulai, {begun:%d-%m-%Y}."
        raise refuse("day", told, f"There is no progress before the work began, {begun:%d-%m-%Y}.")
    last = connection.scalar(select(func.max(WorkProgress.day)).where(WorkProgress.work_id == work.id))
    if last is not None and day < last:
        told = f"Kemajuan sampai {last:%d-%m-%Y} sudah dicatat: isi tanggal itu atau sesudahnya."
        raise refuse("day", told, f"Progress until {last:%d-%m-%Y} is known: give that day or a later one.")
