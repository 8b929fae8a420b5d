"""The trail as a chain: events become links in the order of their numbers, and the last link is sealed every hour.

Writers of events wait for nobody: each event is hashed as it is written, and this joins them afterwards.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from layers.db import sql
from layers.records import events, keys, locks, seals
from layers.records.actors import Actor
from layers.records.seals import Seal
from layers.records.tables import Event, EventContent, EventLink

AT_ONCE = 20_000
ERASED = "erase_words"


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many links it has, and the last one; nothing before the first event."""

    position: int = 0
    link: bytes = b""


def join(connection: Connection) -> Head:
    """Make every event that is committed a link of the chain, and give its new head."""
    locks.hold(connection, locks.LINKING)
    end = head(connection)
    while True:
        taken = connection.execute(sql("records/pending_events.sql"), {"most": AT_ONCE}).all()
        if not taken:
            return end
        rows = []
        for event in taken:
            end = Head(end.position + 1, linked(end.link, bytes(event.hash)))
            rows.append({"position": end.position, "event_id": event.id, "hash": event.hash, "link": end.link})
        connection.execute(insert(EventLink), rows)


def head(connection: Connection) -> Head:
    """Read the end of the chain."""
    last = select(EventLink.position, EventLink.link).order_by(EventLink.position.desc()).limit(1)
    found = connection.execute(last).one_or_none()
    return Head(found.position, bytes(found.link)) if found else Head()


def linked(before: bytes, event_hash: bytes) -> bytes:
    """Give the link (SHA-256) of an event after the one before it."""
    return hashlib.sha256(before + event_hash).digest()


def seal(connection: Connection, data_dir: Path, now: datetime | None = None) -> Seal:
    """Seal the head as it is committed, in the file of seals; join before, in a transaction of its own.

    Raises SealFileError where the seals that are there were tampered with: nothing is written after those. A last one
    that was never finished is none.
    """
    locks.hold(connection, locks.SEALING)
    file, ring = data_dir / seals.FILE, keys.ring(data_dir, seals.KEY)
    seals.drop_unfinished(file)
    known, end = seals.read(file, ring), head(connection)
    before = known[-1].mac if known else b""
    made = Seal.make(ring[0], now or datetime.now(UTC), end.position, end.link, before)
    seals.append(file, made)
    return made


def erase(connection: Connection, actor: Actor, layer: str, subject: str, spare: Collection[int] = ()) -> int:
    """Erase for good the words of all events about a thing but those to `spare`, and leave an event that says so.

    Gives how many went.
    """
    mine = select(Event.id).where(Event.layer == layer, Event.subject == subject, Event.id.not_in(spare))
    gone: Sequence[int] = connection.scalars(
        delete(EventContent).where(EventContent.event_id.in_(mine)).returning(EventContent.event_id)
    ).all()
    if gone:
        events.record(connection, actor.name, ERASED, layer, subject, events=sorted(gone))
    return len(gone)
