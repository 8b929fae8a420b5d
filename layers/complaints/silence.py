"""Complaints that end by themselves, because nobody replied for too long."""

from datetime import datetime

from sqlalchemy import Connection, select

from layers.complaints.moving import move
from layers.complaints.table import Complaint
from layers.records.actors import SYSTEM
from layers.records.calendar import calendar

AT_ONCE = 500


def close_silent(connection: Connection, now: datetime) -> int:
    """Close what waited for a reply longer than the limit; give how many, 500 at most, leaving out what others hold."""
    today = now.astimezone(calendar(connection).zone).date()
    silent = (Complaint.act_by < today, Complaint.state.in_(["needs_info", "resolved"]))
    waiting = select(Complaint.id).where(*silent).order_by(Complaint.act_by, Complaint.id).limit(AT_ONCE)
    found = connection.scalars(waiting.with_for_update(skip_locked=True)).all()
    for complaint_id in found:
        move(connection, SYSTEM, complaint_id, "closed", seen_version=None, now=now)
    return len(found)
