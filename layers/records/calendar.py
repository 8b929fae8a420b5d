"""The working calendar: the regency's time zone and the days on which offices are closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, extract, select
from sqlalchemy.dialects.postgresql import insert

from layers.db import sql
from layers.records.preferences import DEFAULTS, TIME_ZONE
from layers.records.tables import Holiday

JOINT_LEAVE = "cuti_bersama"
KINDS = ("nasional", JOINT_LEAVE)
DECREED = 10  # the month by which the next year's days are decreed
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)  # of what is planned, done and seen: an outer day is a slip


@dataclass(frozen=True)
class Calendar:
    """By which clock offices open, and on which days they stay closed (sorted)."""

    zone: ZoneInfo
    holidays: tuple[date, ...]


def calendar(connection: Connection) -> Calendar:
    """Read the time zone and all holidays at once."""
    zone, days = connection.execute(sql("records/calendar.sql"), {"key": TIME_ZONE}).one()
    return Calendar(ZoneInfo(zone or DEFAULTS[TIME_ZONE]), tuple(days or ()))


def is_day(day: date) -> bool:
    """Say whether a day is of our time: a year such as 0026 is a slip of the keyboard."""
    return FIRST_DAY <= day <= LAST_DAY


def holidays(connection: Connection, year: int) -> list[Holiday]:
    """List a year's holidays in order, as detached rows."""
    in_year = select(Holiday.day, Holiday.name, Holiday.kind, Holiday.source).where(
        extract("year", Holiday.day) == year
    )
    return [Holiday(**row._mapping) for row in connection.execute(in_year.order_by(Holiday.day))]


def years_without_joint_leave(connection: Connection, today: date) -> list[int]:
    """List the years, this one and from October on the next, of which no cuti bersama is known: offices read open then.

    The decree of the three ministers for a year comes in the autumn before it.
    """
    asked = [today.year, *([today.year + 1] if today.month >= DECREED else [])]
    year = extract("year", Holiday.day)
    known = set(connection.scalars(select(year).where(Holiday.kind == JOINT_LEAVE, year.in_(asked)).distinct()))
    return [one for one in asked if one not in known]


def keep_holidays(connection: Connection, days: Iterable[Holiday]) -> int:
    """Add holidays, or rename those already there, and give their number; raises ValueError for an unknown kind.

    Where a day is given twice the last word counts.
    """
    rows = {d.day: {"day": d.day, "name": d.name, "kind": d.kind, "source": d.source} for d in days}
    unknown = {row["kind"] for row in rows.values()} - set(KINDS)
    if unknown:
        raise ValueError(f"a holiday is {' or '.join(KINDS)}, not {', '.join(sorted(map(str, unknown)))}")
    if rows:
        statement = insert(Holiday).values(list(rows.values()))
        changed = {c: statement.excluded[c] for c in ("name", "kind", "source")}
        connection.execute(statement.on_conflict_do_update(index_elements=["day"], set_=changed))
    return len(rows)


def remove_holiday(connection: Connection, day: date) -> bool:
    """Make a day a working day again; say whether it was a holiday."""
    return bool(connection.execute(delete(Holiday).where(Holiday.day == day)).rowcount)
