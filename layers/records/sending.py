"""Messages of the outbox are sent: each at least once, with the same Message-ID however often it is tried."""

import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update
from sqlalchemy.exc import DataError

from layers.db import sql
from layers.records import identities
from layers.records.actors import Actor
from layers.records.mail import Letter, Relay, is_address
from layers.records.people import Account, Agency
from layers.records.tables import Outbox

SENDER = Actor("sender")
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))  # the last one again and again
GIVE_UP = timedelta(days=5)  # after the message was written
AT_ONCE = 50  # messages, then other jobs get their turn
NO_ADDRESS = "no address"
BROKEN = (ValueError, LookupError, TypeError, AttributeError, DataError)  # one message's own fault, such as a lost key
SEALED = {"reporter": "complaint", "reader": "reader"}  # whose addresses stand among the identities, under what

Act = Callable[[], AbstractContextManager[Connection]]
Write = Callable[[Connection, Row[Any]], Letter | None]


@dataclass(frozen=True)
class Standing:
    """How many messages stand in one way (waiting, sent, given up), for which reason, since when at the longest."""

    stage: str
    problem: str | None
    messages: int
    oldest: datetime


class RelayAwayError(Exception):
    """The mail server takes no message at all now, so the others need not be tried."""


def send_due(act: Act, data_dir: Path, relay: Relay, write: Write) -> list[str | None]:
    """Try each message whose turn it is, and give what hindered each: None for those that were sent.

    `act` lends a connection for one transaction, `write` words a message, or gives None where there is nothing to say.
    The try is kept before anything else, so that a message that cannot be worded is behind the others the next time.
    No transaction is open while the mail server is spoken to.
    """
    found: list[str | None] = []
    while len(found) < AT_ONCE and (row := _take(act)) is not None:
        try:
            problem, away = _send(act, data_dir, relay, write, row), False
        except RelayAwayError as told:
            problem, away = str(told), True
        with act() as connection:
            _settle(connection, row, problem)
        found.append(problem)
        if away:
            break
    return found


def standings(connection: Connection) -> list[Standing]:
    """Count the messages that wait, were sent, and were given up, each with the reason."""
    return [Standing(*row) for row in connection.execute(sql("records/standing_of_messages.sql"))]


def try_again(connection: Connection) -> int:
    """Have every message that waits or was given up tried now, and give their number; who has no address stays out."""
    stuck = or_(Outbox.problem.is_(None), Outbox.problem != NO_ADDRESS)
    renewed = {"given_up_at": None, "next_try_at": func.now()}
    return connection.execute(update(Outbox).where(Outbox.sent_at.is_(None), stuck).values(renewed)).rowcount


def language(connection: Connection, recipient: str) -> str:
    """Tell in which language a recipient such as reporter:12 reads: id or en; staff and agencies read Indonesian."""
    kind, _, name = recipient.partition(":")
    return identities.language(connection, f"{SEALED.get(kind, kind)}:{name}")


def _take(act: Act) -> Row[Any] | None:
    """Note for good that a message is tried; None where no message has its turn."""
    asked = {"pauses": list(PAUSES), "last": len(PAUSES)}
    with act() as connection:
        return connection.execute(sql("records/take_message.sql"), asked).one_or_none()


def _send(act: Act, data_dir: Path, relay: Relay, write: Write, row: Row[Any]) -> str | None:
    """Word a message, look up the address and send it; gives what hindered it, and raises RelayAwayError."""
    try:
        with act() as connection:
            letter = write(connection, row)
            to = _address(connection, data_dir, row.recipient) if letter else ""
        return _deliver(relay, row, letter, to) if letter and to else NO_ADDRESS
    except BROKEN as fault:
        return _where(fault)


def _where(fault: Exception) -> str:
    """Name a fault by its kind and place alone, since its words may hold an address."""
    place = extract_tb(fault.__traceback__)[-1]
    return f"cannot be written ({type(fault).__name__}, {Path(place.filename).name}:{place.lineno})"


def _address(connection: Connection, data_dir: Path, recipient: str) -> str:
    """Find the e-mail address behind a name such as reporter:12; empty where there is none (any more)."""
    kind, _, name = recipient.partition(":")
    found: str | None = None
    if kind in SEALED:
        contact = identities.look(connection, data_dir, SENDER, f"{SEALED[kind]}:{name}")
        found = contact.email if contact else None
    elif kind == "agency":
        found = connection.scalar(select(Agency.email).where(Agency.id == name))
    elif kind == "account" and name.isdecimal():
        found = connection.scalar(select(Account.email).where(Account.id == int(name), Account.active))
    return found if found and is_address(found) else ""


def _deliver(relay: Relay, row: Row[Any], letter: Letter, to: str) -> str | None:
    """Hand over a letter and give what hindered it, without any address; raises RelayAwayError for what hinders all."""
    try:
        relay.deliver(letter, to, row.message_id, row.posted_at)
    except smtplib.SMTPRecipientsRefused as refused:
        return f"recipient refused ({', '.join(str(code) for code, _ in refused.recipients.values())})"
    except smtplib.SMTPDataError as refused:
        return f"message refused ({refused.smtp_code})"
    except OSError as error:
        code = getattr(error, "smtp_code", None)
        raise RelayAwayError(f"mail server: {type(error).__name__}{f' ({code})' if code else ''}") from None
    return None


def _settle(connection: Connection, row: Row[Any], problem: str | None) -> None:
    """Write down how a try ended: sent, given up, or to be tried after the pause."""
    now = datetime.now(UTC)
    ended: dict[str, Any] = {"problem": problem}
    if problem is None:
        ended["sent_at"] = now
    elif problem == NO_ADDRESS or now - row.posted_at > GIVE_UP:
        ended["given_up_at"] = now
    connection.execute(update(Outbox).where(Outbox.id == row.id).values(ended))
