"""How often each caller has asked of late, counted once for all web workers."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from layers.db import sql
from layers.records.tables import Visit

FORGOTTEN_AT_ONCE = 100


def count_visit(connection: Connection, key: str, lasting_s: int, number: int = 1) -> int:
    """Count a visit and give how many there are within the time that the first of them began."""
    asked = {"key": key, "number": number, "lasting_s": lasting_s}
    visits = int(connection.execute(sql("records/count_visit.sql"), asked).scalar_one())
    if visits == number:  # the first of its time: now and then is often enough
        connection.execute(sql("records/forget_visits.sql"), {"most": FORGOTTEN_AT_ONCE})
    return visits


def visits(connection: Connection, key: str) -> tuple[int, datetime] | None:
    """Tell how often a caller came and when that is forgotten; None where nobody knows of one."""
    known = select(Visit.n, Visit.expires_at).where(Visit.key == key, Visit.expires_at > func.now())
    found = connection.execute(known).one_or_none()
    return (int(found.n), found.expires_at) if found else None


def forget(connection: Connection, key: str | None = None) -> int:
    """Forget a caller, or all of them; return how many were known."""
    statement = delete(Visit) if key is None else delete(Visit).where(Visit.key == key)
    return int(connection.execute(statement).rowcount)
