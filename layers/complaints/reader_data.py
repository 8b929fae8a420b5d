"""What is kept of a reader, who left an e-mail address to be written to: to see, to copy, and to correct."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import aliased

from layers.complaints import alerts
from layers.complaints.alerts import ComplaintAlert, Scope
from layers.complaints.following import unfollow
from layers.complaints.invitations import TO_MOVE, Agreed, invite, is_reporter, may_ask
from layers.complaints.surveys import ComplaintSurvey
from layers.complaints.table import Complaint, ComplaintFollower
from layers.records import identities, links, outbox, readers
from layers.records.actors import Actor
from layers.records.identities import Agreement


@dataclass(frozen=True)
class KeptAlert:
    """An alert of a reader: its number, what it is about, when it was asked for, and confirmed, if it was."""

    id: int
    scope: Scope
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class KeptCase:
    """A complaint that a reader follows, and since when; of a secret one nothing but the number is told."""

    id: int
    number: str
    followed_at: datetime


@dataclass(frozen=True)
class ReaderData:
    """All that is kept of a reader (reader:12) about complaints."""

    reader: str
    email: str
    agreement: Agreement
    alerts: tuple[KeptAlert, ...]
    cases: tuple[KeptCase, ...]


def reader_data(connection: Connection, data_dir: Path, reader: str) -> ReaderData | None:
    """Gather what is kept of a reader, for whoever holds a link of a letter to him; None where he was forgotten."""
    contact = identities.look(connection, data_dir, Actor(reader), reader)
    agreement = identities.agreement(connection, reader)
    if contact is None or agreement is None:
        return None
    asked = select(ComplaintAlert.id, ComplaintAlert.asked_at, ComplaintAlert.confirmed_at)
    mine = asked.where(ComplaintAlert.reader_id == readers.number(reader)).order_by(ComplaintAlert.id)
    kept = [(row, alerts.scope(connection, row.id)) for row in connection.execute(mine).all()]
    followed = select(Complaint.id, Complaint.number, ComplaintFollower.followed_at).join_from(
        ComplaintFollower, Complaint, Complaint.id == ComplaintFollower.complaint_id
    )
    cases = connection.execute(followed.where(ComplaintFollower.follower == reader).order_by(Complaint.id))
    return ReaderData(
        reader=reader,
        email=contact.email,
        agreement=agreement,
        alerts=tuple(KeptAlert(**row._mapping, scope=scope) for row, scope in kept if scope),
        cases=tuple(KeptCase(**row._mapping) for row in cases),
    )


def ask_to_move(connection: Connection, data_dir: Path, reader: str, email: str) -> None:
    """Ask the owner of another address, by a letter, whether all letters to a reader should come there."""
    links.withdraw_of(connection, TO_MOVE, moves=reader)  # of an address that was typed wrongly before
    agreement = identities.agreement(connection, reader)
    if agreement is None or not may_ask(connection, data_dir, TO_MOVE, email):
        return
    agreed = Agreed(agreement.words, agreement.language)
    other = readers.name(readers.keep(connection, data_dir, email, agreed.consent, agreed.language))
    if other != reader:
        invite(connection, data_dir, TO_MOVE, other, {"moves": reader}, agreed=agreed)


def hand_over(connection: Connection, reader: str, other: str) -> None:
    """Let another reader hear of all places and complaints of which one has heard, and stand by what that one said.

    What both follow or have judged stays as it is with either; what the other has reported he does not follow too.
    Letters that wait for the one go to the other, but not those that the other gets as a reporter.
    """
    followed = select(Complaint.id, Complaint.number).join(
        ComplaintFollower, Complaint.id == ComplaintFollower.complaint_id
    )
    reported = [
        case
        for case in connection.execute(followed.where(ComplaintFollower.follower == reader)).all()
        if is_reporter(connection, case.id, other)
    ]
    for case in reported:
        unfollow(connection, case.id, reader)
    alerts_of = update(ComplaintAlert).where(ComplaintAlert.reader_id == readers.number(reader))
    connection.execute(alerts_of.values(reader_id=readers.number(other)))
    named: tuple[tuple[Any, str], ...] = ((ComplaintFollower, "follower"), (ComplaintSurvey, "person"))
    for table, name in named:
        known, column = aliased(table), getattr(table, name)
        both = select(known.complaint_id).where(known.complaint_id == table.complaint_id, getattr(known, name) == other)
        connection.execute(update(table).where(column == reader, ~both.exists()).values({name: other}))
    outbox.readdress(connection, reader, other, told=[case.number for case in reported])
