"""What becomes of a step of an upload."""

from typing import Any

from sqlalchemy import Connection, func, update

from layers.uploads.states import AFTER_FAILING
from layers.uploads.table import Upload


def settle(connection: Connection, number: int, before: str, **values: Any) -> None:
    """Note what became of a step, unless the upload has been taken back meanwhile."""
    fresh = {"moved_at": func.now(), "progress": None, "tries": 0}
    connection.execute(update(Upload).where(Upload.id == number, Upload.state == before).values(**fresh, **values))


def fail(connection: Connection, number: int, state: str, problem: str) -> None:
    """Note why a step failed: then it is the clerk's turn again, unless the file itself cannot be read."""
    settle(connection, number, state, state=AFTER_FAILING[state], problem=problem)
