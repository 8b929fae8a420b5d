"""Letters that ask whether somebody meant it: to hear of an area, to follow a complaint, to open the own report.

Whoever types an address is told the same whatever is known of it, and each address gets few such letters a day.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.complaints import alerts
from layers.complaints.alerts import Scope
from layers.complaints.calls import caller
from layers.complaints.following import follow, unfollow
from layers.complaints.merging import carry
from layers.complaints.reporters import origin
from layers.complaints.submission import LAYER
from layers.complaints.table import Complaint
from layers.records import events, identities, links, outbox, readers
from layers.records.actors import VISITOR
from layers.records.identities import FIRST_LANGUAGE, Contact, KeptIdentity
from layers.records.visits import count_visit

TO_ALERT, TO_FOLLOW, TO_OPEN, TO_MOVE = "invite_alert", "invite_follow", "invite_open", "invite_move"
TO_CONFIRM = (TO_ALERT, TO_FOLLOW, TO_MOVE)
OPENING = timedelta(hours=1)
DAILY, A_DAY_S = 5, 24 * 3600  # letters of this sort to one address
LATEST = 5  # reports of one address that are opened at once


@dataclass(frozen=True)
class Accepted:
    """What somebody confirmed: news from a place, to follow the complaint with a number, or to be written to elsewhere.

    `moves` names a reader all of whose letters the reader `to` wants from now on.
    """

    purpose: str
    number: str | None = None
    moves: str = ""
    to: str = ""


@dataclass(frozen=True)
class Agreed:
    """The words beside which somebody typed an address, and the language of that page: id or en."""

    consent: str
    language: str


def ask_for_alert(
    connection: Connection, data_dir: Path, email: str, consent: str, scope: Scope, language: str = FIRST_LANGUAGE
) -> None:
    """Ask the owner of an address whether he wants news from a place; raises ActRefusedError where that is no place."""
    alerts.check(scope)
    if not may_ask(connection, data_dir, TO_ALERT, email):
        return
    reader = readers.keep(connection, data_dir, email, consent, language)
    alert = alerts.ask_for(connection, reader, scope)
    if alert is not None:
        agreed = Agreed(consent, language)
        invite(connection, data_dir, TO_ALERT, readers.name(reader), {"alert": alert}, agreed=agreed)


def ask_to_follow(
    connection: Connection,
    data_dir: Path,
    complaint_id: int,
    email: str,
    consent: str,
    browser: str,
    language: str = FIRST_LANGUAGE,
) -> None:
    """Ask the owner of an address whether he wants to follow a complaint; until then the browser's click stands."""
    if not may_ask(connection, data_dir, TO_FOLLOW, email):
        return
    reader = readers.keep(connection, data_dir, email, consent, language)
    data = {"complaint": complaint_id, "before": [browser, caller(data_dir, Contact(email=email))]}
    number, agreed = _number(connection, complaint_id), Agreed(consent, language)
    invite(connection, data_dir, TO_FOLLOW, readers.name(reader), data, subject=number, agreed=agreed)


def ask_to_open(connection: Connection, data_dir: Path, email: str) -> None:
    """Send the reporter behind an address, if there is one, a link to each of his latest reports."""
    if not may_ask(connection, data_dir, TO_OPEN, email):
        return
    found = identities.subjects_of(connection, data_dir, VISITOR, email=email)
    reports = sorted(
        (int(name) for kind, name in (one.split(":") for one in found) if kind == "complaint"), reverse=True
    )
    for complaint in reports[:LATEST]:
        number = _number(connection, complaint)
        invite(connection, data_dir, TO_OPEN, f"reporter:{complaint}", {"complaint": complaint}, OPENING, number)


def pending(connection: Connection, written: str) -> str | None:
    """Tell what a link would confirm, without confirming it; None where it is over or was used."""
    link = links.look(connection, TO_CONFIRM, written)
    return link.purpose if link else None


def accept(connection: Connection, written: str) -> Accepted | None:
    """Do what the link of a letter confirms; None where it is over or was used."""
    link = links.use(connection, TO_CONFIRM, written)
    if link is None:
        return None
    agree(connection, link)
    if link.purpose == TO_ALERT:
        return Accepted(TO_ALERT) if alerts.confirm(connection, link.data["alert"]) else None
    if link.purpose == TO_MOVE:
        return _moved(connection, link)
    return Accepted(TO_FOLLOW, _follow(connection, link))


def _moved(connection: Connection, link: links.Link) -> Accepted | None:
    """Tell whose letters go elsewhere; None where he ended them all, or was forgotten, since the link was sent."""
    reader = link.data["moves"]
    known = identities.agreement(connection, reader) is not None
    return Accepted(TO_MOVE, moves=reader, to=link.recipient) if known else None


def agree(connection: Connection, link: links.Link) -> None:
    """Keep under which words, and in which language, the owner of an address has now said yes."""
    if "consent" in link.data:  # links that were sent before an upgrade hold none
        identities.agree(connection, link.recipient, link.data["consent"], link.data["language"])


def open_report(connection: Connection, written: str) -> int | None:
    """Use the link that was sent to a reporter, and give the complaint; None where it is over or was used."""
    link = links.use(connection, (TO_OPEN,), written)
    return int(link.data["complaint"]) if link else None


def _follow(connection: Connection, link: links.Link) -> str | None:
    """Let a reader count instead of the click or the call before, also in what this complaint was merged into."""
    complaint = link.data["complaint"]
    case = _held(connection, complaint)
    if case is None:
        return None
    _forget_before(connection, complaint, link)
    if not is_reporter(connection, complaint, link.recipient):
        follow(connection, complaint, link.recipient, confirmed=True)
    events.record(connection, link.recipient, "confirm_follow", LAYER, case.number, role="reader")
    while case and case.merged_into:
        carry(connection, complaint, case.merged_into)
        complaint, case = case.merged_into, _held(connection, case.merged_into)
        _forget_before(connection, complaint, link)
    return case.number if case else None


def _forget_before(connection: Connection, complaint: int, link: links.Link) -> None:
    for name in link.data["before"]:
        unfollow(connection, complaint, name)


def _held(connection: Connection, complaint: int) -> Row[str, int | None] | None:
    columns = (Complaint.number, Complaint.merged_into)
    return connection.execute(select(*columns).where(Complaint.id == complaint).with_for_update()).one_or_none()


def is_reporter(connection: Connection, complaint: int, reader: str) -> bool:
    """Say whether a reader is the reporter himself, who hears of it anyway and supports nobody by it."""
    mine = [f"complaint:{origin(connection, complaint)}", reader]
    hashes = select(KeptIdentity.email_hash).where(KeptIdentity.subject.in_(mine))
    found = connection.scalars(hashes).all()
    return len(found) == 2 and found[0] is not None and found[0] == found[1]


def _number(connection: Connection, complaint: int) -> str | None:
    return connection.scalar(select(Complaint.number).where(Complaint.id == complaint))


def may_ask(connection: Connection, data_dir: Path, kind: str, email: str) -> bool:
    """Count a letter of a kind to an address, and say whether it may have one more today."""
    key = readers.email_hash(data_dir, email).hex()[:32]
    return count_visit(connection, f"{kind} {key}", A_DAY_S) <= DAILY


def invite(
    connection: Connection,
    data_dir: Path,
    kind: str,
    recipient: str,
    data: Mapping[str, Any],
    lasting: timedelta = links.CONFIRMING,
    subject: str | None = None,
    agreed: Agreed | None = None,
) -> None:
    """Leave a letter of a kind with a link that works once, for a while, and opens what `data` tells.

    What was agreed to on the page waits with the link. Of several reports that one address opens the trail does not
    tell that they are one person's.
    """
    seed = links.make(connection, data_dir, kind, recipient, {**data, **(asdict(agreed) if agreed else {})}, lasting)
    named = None if kind == TO_OPEN else recipient
    event = events.record(connection, VISITOR.name, "invite", subject=named, purpose=kind)
    outbox.post(connection, event, kind, recipient, subject, {"seed": seed, **data})
