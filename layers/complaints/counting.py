"""Keeps the figures of complaints ready: the worker counts those months anew in which something has changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from layers.complaints.deadlines import WorkingDays
from layers.complaints.figure_tables import (
    ComplaintFigure,
    ComplaintFigureChange,
    ComplaintFigureStanding,
    ComplaintFigureSum,
)
from layers.complaints.figures import AGES
from layers.complaints.rules import rules
from layers.complaints.workflow import STATES
from layers.db import sql
from layers.records import locks

EVER = "-infinity", "infinity"
OPEN = [state.id for state in STATES if state.open]
RUNNING = [state.id for state in STATES if state.clock == "runs"]


def count(connection: Connection, now: datetime | None = None) -> None:
    """Count anew the months that have changed, all of them where the rules or the day have; waits for another count.

    Changes are taken before they are counted: what is committed meanwhile is counted the next time.
    """
    days = rules(connection).days
    today = days.today(now or datetime.now(UTC))
    locks.hold(connection, locks.COUNTING)
    changed = set(connection.scalars(delete(ComplaintFigureChange).returning(ComplaintFigureChange.month)))
    if _day(connection) != today:
        changed.add(None)
    for month in _due(changed):
        _count(connection, month, days, today)
    if changed:
        _note(connection, today)


def _due(changed: set[date | None]) -> Iterator[date | None]:
    """List the months to count, or the one None that stands for all."""
    if None in changed:
        yield None
    else:
        yield from sorted(month for month in changed if month)


def _count(connection: Connection, month: date | None, days: WorkingDays, today: date) -> None:
    """Take a month's figures away, or all, count them anew and add them up for each choice of filters."""
    gone, sums = delete(ComplaintFigure), delete(ComplaintFigureSum)
    if month:
        gone = gone.where(ComplaintFigure.month == month)
        sums = sums.where(ComplaintFigureSum.month == month, ComplaintFigureSum.parts.in_(range(8)))  # for its index
    connection.execute(gone)
    connection.execute(sums)
    since, until = _bounds(month, days) if month else EVER
    asked = {"since": since, "until": until, "today": today, "zone": days.calendar.zone.key, "closes": days.closes_at}
    asked |= {"open": OPEN, "running": RUNNING, "ages": list(AGES)}
    connection.execute(sql("complaints/count_figures.sql"), asked)
    connection.execute(sql("complaints/sum_figures.sql"), {"month": month})


def _bounds(month: date, days: WorkingDays) -> tuple[str, str]:
    """Give the first moment of a month by the regency's clock, and that of the next."""
    after = (month + timedelta(days=31)).replace(day=1)
    since, until = (datetime(day.year, day.month, 1, tzinfo=days.calendar.zone) for day in (month, after))
    return since.isoformat(), until.isoformat()


def _day(connection: Connection) -> date | None:
    return connection.scalar(select(ComplaintFigureStanding.today))


def _note(connection: Connection, today: date) -> None:
    now = {"counted_at": func.clock_timestamp(), "today": today}
    noted = insert(ComplaintFigureStanding).values(single=True, **now)
    connection.execute(noted.on_conflict_do_update(index_elements=["single"], set_=now))
