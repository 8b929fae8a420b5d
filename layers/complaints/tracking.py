"""The second key: a tracking code opens its reporter's own view of a complaint, also of a secret one.

Only the HMAC of a code is kept, made with a key outside the database; the public number of a complaint opens nothing.
"""

from pathlib import Path

from sqlalchemy import Connection, ForeignKey, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records.codes import new_code, read_code
from layers.records.keys import hashed, newest

KEY = "codes"


class TrackingCode(Base):
    """The HMAC of the code that was shown to the reporter of a complaint."""

    __tablename__ = "tracking_code"
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(unique=True)


def give_code(connection: Connection, data_dir: Path, complaint_id: int) -> str:
    """Make the code of a complaint, to be shown once; nobody can read it here again."""
    code = new_code()
    kept = {"complaint_id": complaint_id, "hash": hashed(newest(data_dir, KEY), code)}
    connection.execute(insert(TrackingCode).values(kept))
    return code


def opened_by(connection: Connection, data_dir: Path, typed: str) -> int | None:
    """Find the complaint that a code opens, however it was typed; raises CodeError where it can be no code."""
    sought = hashed(newest(data_dir, KEY), read_code(typed))
    return connection.scalar(select(TrackingCode.complaint_id).where(TrackingCode.hash == sought))
