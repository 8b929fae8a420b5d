"""Proof that the trail is as it was written: each hash and link is made anew outside the database and compared."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.db import sql
from layers.records.events import content_hash
from layers.records.seals import Seal
from layers.records.tables import Event, EventPending
from layers.records.trail import ERASED, linked

SLACK = timedelta(hours=6)  # between the beginning of an act, which dates its event, and its end
LONG_AGO = datetime.min.replace(tzinfo=UTC)
BATCH = 2_000


@dataclass
class Proof:
    """What was found: `faults` in words, the number of events proven by a seal, and the moment of that seal."""

    faults: list[str] = field(default_factory=list)
    events: int = 0
    linked: int = 0
    sealed: int = 0
    sealed_at: datetime | None = None
    erased: int = 0


class _Check:
    """One walk along the chain, and what it has to remember on the way."""

    def __init__(self, seals: Sequence[Seal]) -> None:
        self.proof = Proof()
        self.seals = seals
        self.positions = [seal.position for seal in seals]
        self.by_position = {seal.position: seal for seal in seals}
        self.before = b""
        self.missing_words: set[int] = set()
        self.erased: set[int] = set()

    def read(self, row: Row[Any]) -> None:
        """Look at an event and its link."""
        if row.id is not None:
            self._look_at_event(row)
        if row.position is not None:
            self._look_at_link(row)
        elif not row.is_pending:
            self.fault(f"event {row.id} was added past the trail")

    def _look_at_event(self, row: Row[Any]) -> None:
        self.proof.events += 1
        if event_hash(bytes(row.salt), row.parts) != bytes(row.hash):
            self.fault(f"event {row.id} was changed")
        self._look_at_words(row)
        if row.act == ERASED:
            self.erased |= set(row.detail.get("events", ()))

    def _look_at_words(self, row: Row[Any]) -> None:
        kept = None if row.content_hash is None else bytes(row.content_hash)
        if row.has_words:
            if kept != content_hash(bytes(row.words_salt), row.words):
                self.fault(f"the words of event {row.id} were changed")
        elif kept is not None:
            self.missing_words.add(row.id)

    def _look_at_link(self, row: Row[Any]) -> None:
        proof, here = self.proof, row.position
        proof.linked += 1
        if here != proof.linked:
            self.fault(f"the chain has a gap before link {here}")
            proof.linked = here
        if row.id is None:
            self.fault(f"event {row.linked_id} is gone")
        elif bytes(row.hash) != bytes(row.linked_hash):
            self.fault(f"event {row.id} is not the one that was linked")
        elif row.at < self._latest_before(here):
            self.fault(f"event {row.id} says that it is older than the seal before it")
        if linked(self.before, bytes(row.linked_hash)) != bytes(row.link):
            self.fault(f"link {here} does not fit the one before it")
        self.before = bytes(row.link)
        seal = self.by_position.get(here)
        if seal and seal.link != self.before:
            self.fault(f"link {here} is not the one that was sealed at {seal.at:%Y-%m-%d %H:%M %Z}")

    def _latest_before(self, position: int) -> datetime:
        """Give the moment before which nothing can have been written that became a link after a seal."""
        number = bisect_left(self.positions, position)
        return self.seals[number - 1].at - SLACK if number else LONG_AGO

    def fault(self, words: str) -> None:
        """Note something that is not as it was written."""
        self.proof.faults.append(words)

    def finish(self) -> Proof:
        """Compare the end of the chain with the last seal, and missing words with what was erased by an act."""
        proof = self.proof
        if self.seals:
            last = self.seals[-1]
            proof.sealed, proof.sealed_at = last.position, last.at
            if proof.linked < last.position:
                self.fault(f"{last.position - proof.linked} events are missing at the end of the sealed chain")
        proof.erased = len(self.missing_words & self.erased)
        for event in sorted(self.missing_words - self.erased):
            self.fault(f"the words of event {event} are gone, and no act has erased them")
        return proof


def verify(connection: Connection, seals: Sequence[Seal]) -> Proof:
    """Walk along the whole trail and compare it with itself and with the seals."""
    check = _Check(seals)
    for row in _rows(connection):
        check.read(row)
    lost = select(EventPending.event_id).where(~select(Event.id).where(Event.id == EventPending.event_id).exists())
    for event in connection.scalars(lost.order_by(EventPending.event_id)):
        check.fault(f"event {event} is gone")
    return check.finish()


def event_hash(salt: bytes, parts: Sequence[str | None]) -> bytes:
    """Hash an event (SHA-256) as the database did: its salt, then each part with its length in bytes before it."""
    written = ",".join("-" if part is None else f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(salt + written.encode()).digest()


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    streamed = {"stream_results": True, "yield_per": BATCH}
    yield from connection.execute(sql("records/written_events.sql"), execution_options=streamed)
