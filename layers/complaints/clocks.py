"""The clocks of a complaint: each deadline is a row of its own, and no row is ever changed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from layers.complaints.deadlines import Clock, due_day, in_force
from layers.complaints.rules import Handling, Rules
from layers.complaints.table import ComplaintClock

FIRST = "received"


def clocks(connection: Connection, complaint: int) -> list[Clock]:
    """List every clock that a complaint has had, in the order in which they were set."""
    columns = [column for column in ComplaintClock.__table__.c if column.name != "complaint_id"]
    mine = select(*columns).where(ComplaintClock.complaint_id == complaint).order_by(ComplaintClock.id)
    return [Clock(**{**row._mapping, "replaces": tuple(row.replaces)}) for row in connection.execute(mine)]


def begin(
    connection: Connection, complaint: int, reason: str, handling: Handling, rules: Rules, at: datetime
) -> date | None:
    """Set a clock over the working days of a class in place of all others; give the last day, None without promise."""
    held = [] if reason == FIRST else in_force(clocks(connection, complaint))
    days = rules.promised(handling)
    if days is not None:
        _set(connection, complaint, reason, handling.case_class, rules, at, days, [clock.id for clock in held])
        return rules.days.due(at, days)
    return due_day(held)


def change_class(connection: Connection, complaint: int, handling: Handling, rules: Rules, at: datetime) -> date | None:
    """Add the clock of another class: it takes the place of those that run, but one that has run out stays run out."""
    today, days = rules.days.today(at), rules.promised(handling)
    running = [clock.id for clock in in_force(clocks(connection, complaint)) if clock.due_on >= today]
    if days is not None:
        _set(connection, complaint, "category", handling.case_class, rules, at, days, running)
    return due_day(clocks(connection, complaint))


def resume(connection: Connection, complaint: int, paused_at: datetime, rules: Rules, at: datetime) -> date | None:
    """Let clocks go on that stood since `paused_at`: each gets the working days that it had left, in a new row."""
    for clock in in_force(clocks(connection, complaint)):
        left = rules.days.left(paused_at, clock.due_on)
        if left:
            _set(connection, complaint, "resumed", clock.case_class, rules, at, left, [clock.id])
    return due_day(clocks(connection, complaint))


def _set(
    connection: Connection,
    complaint: int,
    reason: str,
    case_class: str,
    rules: Rules,
    at: datetime,
    days: int,
    replaces: Sequence[int],
) -> None:
    values = {"complaint_id": complaint, "reason": reason, "case_class": case_class, "replaces": list(replaces)}
    values |= {"started_at": at, "working_days": days, "due_on": rules.days.due(at, days)}
    connection.execute(insert(ComplaintClock).values(values))
