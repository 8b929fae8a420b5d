"""Who is in a complaint besides its reporter: those who follow it and have confirmed that, and those merged into it."""

from sqlalchemy import Connection

from layers.db import sql


def others(connection: Connection, complaint_id: int, reporter: str) -> int:
    """Count who else is in a complaint besides its reporter (reporter:12), who may have reported it twice."""
    asked = {"complaint": complaint_id, "reporter": reporter}
    return connection.scalar(sql("complaints/others.sql"), asked) or 0
