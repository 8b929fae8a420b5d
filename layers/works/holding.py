"""What every act on a work begins and ends with: hold the row, know who acts, write, and leave an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor, Role
from layers.records.calendar import calendar, is_day
from layers.works.stages import PLANNER
from layers.works.table import Work

LAYER = "works"
COLUMNS = [column for column in Work.__table__.c if column.name != "geom"]
LONGEST = 5_000  # characters of one text
MOST_RUPIAH = 10**15
NOT_YOURS = Text(
    "Pekerjaan ini bukan wewenang Anda: dinas, wilayah, atau peran lain yang mengurusnya.",
    "This work is not yours to keep: another agency, area or role does.",
)
OVERTAKEN = Text(
    "Sementara itu pekerjaan ini diubah orang lain. Baca keadaannya sekarang, lalu kirim lagi.",
    "Somebody changed this work meanwhile. Read how it stands now, then send again.",
)


@dataclass(frozen=True)
class Done:
    """What an act left: the work's version now, and the number of its event."""

    version: int
    event: int


def hold(connection: Connection, work_id: int, seen_version: int | None) -> Row[Any]:
    """Lock a work until the transaction ends, and read it; raises LookupError where there is none.

    Raises ActRefusedError where its version is no longer the one that was seen; None takes any.
    """
    work = connection.execute(select(*COLUMNS).where(Work.id == work_id).with_for_update()).one_or_none()
    if work is None:
        raise LookupError(f"there is no work {work_id}")
    if seen_version is not None and work.version != seen_version:
        raise ActRefusedError("overtaken", OVERTAKEN)
    return work


def role_of(actor: Actor, agency: str | None, village: str | None, roles: tuple[Role, ...] = PLANNER) -> Role:
    """Tell in which of some roles somebody acts for an agency at a place; raises ActRefusedError where in none."""
    found = next((role for role in roles if actor.may(role, agency, village)), None)
    if found is None:
        raise ActRefusedError("role", NOT_YOURS)
    return found


def write(
    connection: Connection,
    actor: Actor,
    work: Row[Any],
    act: str,
    role: str,
    values: Mapping[str, Any],
    words: Mapping[str, str | None] | None = None,
    **detail: Any,
) -> Done:
    """Write what an act changes and its event, with the words that were said; raises ActRefusedError for bad words."""
    said = {name: text.strip() for name, text in (words or {}).items() if text and text.strip()}
    for text in said.values():
        check_words(text)
    version = work.version + 1
    renewed = {"version": version, "updated_at": func.now(), **values}
    connection.execute(update(Work).where(Work.id == work.id).values(renewed))
    detail |= {"role": role, "version": version, "stage": values.get("stage", work.stage)}
    return Done(version, events.record_words(connection, actor.name, act, LAYER, work.number, said, **detail))


def check_words(text: str, longest: int = LONGEST) -> None:
    """Refuse a text that is too long or holds what no text holds; raises ActRefusedError."""
    if len(text) > longest or "\0" in text:
        raise ActRefusedError(
            "words", Text(f"Teks paling banyak {longest} huruf.", f"A text may have {longest} characters at most.")
        )


def check_days(*days: date | None) -> None:
    """Refuse a day of no year of our time; raises ActRefusedError."""
    for day in days:
        if day is not None and not is_day(day):
            told = f"Periksa tahunnya: {day} bukan tanggal dari tahun 1900 sampai 2099."
            raise ActRefusedError("day", Text(told, f"Check the year: {day} is no day from 1900 to 2099."))


def check_money(amount: int | None, needed: bool = False) -> None:
    """Refuse rupiah that are no amount, or none where some are needed; raises ActRefusedError."""
    least = 1 if needed else 0
    if (amount is None and needed) or (amount is not None and not least <= amount <= MOST_RUPIAH):
        raise ActRefusedError(
            "money",
            Text("Isi jumlah uang dalam rupiah penuh, lebih dari nol.", "Give the money in whole rupiah, above zero.")
            if needed
            else Text("Jumlah uang tidak boleh di bawah nol.", "Money may not be below zero."),
        )


def today(connection: Connection, now: datetime | None) -> date:
    """Tell which day it is by the regency's clock; `now` None is the present."""
    return (now or datetime.now(UTC)).astimezone(calendar(connection).zone).date()
