"""Queues that somebody keeps under a name: for himself, or for all of an agency."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, DateTime, ForeignKey, Identity, UniqueConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints.desks import Queue
from layers.complaints.holding import STAFF
from layers.complaints.refusals import ActRefusedError
from layers.db import Base
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor

LONGEST = 60  # letters
MOST = 30  # of one person
UNNAMED = Text("Beri nama, paling banyak 60 huruf.", "Give it a name of 60 letters at most.")
TOO_MANY = Text("Anda sudah menyimpan 30 saringan; hapus salah satu dahulu.", "You keep 30 already; remove one first.")
NOT_YOURS = Text("Bagikan hanya kepada dinas Anda sendiri.", "Share it with your own agency alone.")


class SavedQueue(Base):
    """A queue under a name; `asked` holds what narrows it, `agency` whom its owner (account:12) shares it with."""

    __tablename__ = "saved_queue"
    __table_args__ = (UniqueConstraint("owner", "title"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


@dataclass(frozen=True)
class Kept:
    """A queue that somebody may open by its name; `own` says that he may remove it."""

    id: int
    title: str
    queue: Queue
    agency: str | None
    own: bool


def agencies_of(actor: Actor) -> set[str]:
    """Name the agencies that somebody works for."""
    return {grant.agency for grant in actor.grants if grant.role in STAFF and grant.agency}


def save(connection: Connection, actor: Actor, title: str, queue: Queue, agency: str | None = None) -> None:
    """Keep a queue under a name, in the place of one's own of that name; raises ActRefusedError."""
    title = title.strip()
    if not 0 < len(title) <= LONGEST or "\0" in title:
        raise ActRefusedError("title", UNNAMED)
    if agency is not None and agency not in agencies_of(actor):
        raise ActRefusedError("agency", NOT_YOURS)
    own = select(SavedQueue.title).where(SavedQueue.owner == actor.name)
    titles = set(connection.scalars(own))
    if title not in titles and len(titles) >= MOST:
        raise ActRefusedError("number", TOO_MANY)
    asked = {name: value for name, value in asdict(queue).items() if value != getattr(Queue(), name)}
    values = {"asked": asked, "agency": agency}
    statement = insert(SavedQueue).values(owner=actor.name, title=title, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["owner", "title"], set_=values))
    events.record(connection, actor.name, "save_queue", "complaints", agency=agency)


def saved(connection: Connection, actor: Actor) -> list[Kept]:
    """List the queues that somebody has kept, and those that others of the same agency share, by name."""
    mine = (SavedQueue.owner == actor.name) | SavedQueue.agency.in_(agencies_of(actor))
    rows = connection.execute(select(SavedQueue.__table__).where(mine).order_by(SavedQueue.title, SavedQueue.id))
    known = {field.name for field in fields(Queue)}
    return [
        Kept(
            row.id,
            row.title,
            Queue(**{name: value for name, value in row.asked.items() if name in known}),
            row.agency,
            row.owner == actor.name,
        )
        for row in rows
    ]


def remove(connection: Connection, actor: Actor, number: int) -> bool:
    """Forget a queue of one's own; say whether there was one."""
    mine = delete(SavedQueue).where(SavedQueue.id == number, SavedQueue.owner == actor.name)
    gone = bool(connection.execute(mine).rowcount)
    if gone:
        events.record(connection, actor.name, "remove_queue", "complaints")
    return gone
