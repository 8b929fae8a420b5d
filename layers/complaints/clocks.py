"""The clocks of a complaint: each deadline is a row of its own, and no row is ever changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from layers.complaints.deadlines import Clock, due_day, in_force
from layers.complaints.rules import Handling, Rules
from layers.complaints.rules import handling as handling_of
from layers.complaints.table import ComplaintClock
from layers.complaints.workflow import BY_ID

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


def change_class(
    connection: Connection,
    complaint: int,
    handling: Handling,
    rules: Rules,
    at: datetime,
    paused_at: datetime | None = None,
) -> date | None:
    """Add the clock of another class: it takes the place of those that run, but one that has run out stays run out.

    While the clocks stand, since `paused_at`, none runs out.
    """
    today, days = rules.days.today(paused_at or at), rules.promised(handling)
    running = [clock.id for clock in in_force(clocks(connection, complaint)) if clock.due_on >= today]
    if days is not None:
        _set(connection, complaint, "category", handling.case_class, rules, at, days, running)
    return due_day(clocks(connection, complaint))


def resume(connection: Connection, complaint: int, paused_at: datetime, rules: Rules, at: datetime) -> date | None:
    """Let clocks go on that stood since `paused_at`: each gets the working days that it had left, in a new row.

    One that was set meanwhile has stood since then, with all its days.
    """
    for clock in in_force(clocks(connection, complaint)):
        left = rules.days.left(max(paused_at, clock.started_at), clock.due_on)
        if left:
            _set(connection, complaint, "resumed", clock.case_class, rules, at, left, [clock.id])
    return due_day(clocks(connection, complaint))


def go_on(
    connection: Connection, part: int, whole: Row[Any], handling: Handling, rules: Rules, at: datetime
) -> date | None:
    """Set the clocks of a part, and give the last day: those of the whole where its kind is handled alike.

    Otherwise its own, counted from when the whole came in. What stands while the reporter is asked goes on.
    """
    other = handling_of(connection, whole.kind or whole.category)
    if (handling.case_class, handling.working_days) == (other.case_class, other.working_days):
        for clock in in_force(clocks(connection, whole.id)):
            values = {"reason": clock.reason, "case_class": clock.case_class, "started_at": clock.started_at}
            values |= {"working_days": clock.working_days, "due_on": clock.due_on}
            connection.execute(insert(ComplaintClock).values(complaint_id=part, **values))
    else:
        begin(connection, part, FIRST, handling, rules, whole.reported_at)
    if BY_ID[whole.state].clock == "paused":
        return resume(connection, part, whole.state_since, rules, at)
    return due_day(clocks(connection, part))


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
