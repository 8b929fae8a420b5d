"""Complaints that end by themselves, because nobody replied for too long."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from layers.complaints.company import others
from layers.complaints.moving import move
from layers.complaints.reporters import reporter_of
from layers.complaints.table import Complaint
from layers.records.actors import SYSTEM
from layers.records.calendar import calendar

AT_ONCE = 500
UNANSWERED = "Pelapor tidak menjawab; warga lain masih ikut."


def close_silent(connection: Connection, now: datetime) -> int:
    """Close what waited for a reply longer than the limit; give how many, 500 at most, leaving out what others hold.

    One reporter's silence does not end what others are in too: it goes back to be verified as it is.
    """
    today = now.astimezone(calendar(connection).zone).date()
    silent = (Complaint.act_by < today, Complaint.state.in_(["needs_info", "resolved"]))
    columns: tuple[Any, ...] = (Complaint.id, Complaint.origin_id, Complaint.state)
    waiting = select(*columns).where(*silent).order_by(Complaint.act_by, Complaint.id).limit(AT_ONCE)
    found = connection.execute(waiting.with_for_update(skip_locked=True)).all()
    for case in found:
        shared = case.state == "needs_info" and others(connection, case.id, reporter_of(case))
        target, brought = ("received", {"reason": UNANSWERED}) if shared else ("closed", {})
        move(connection, SYSTEM, case.id, target, seen_version=None, now=now, **brought)
    return len(found)
