"""What an agent of the call centre writes down for somebody: a new complaint, or one more voice for a known one."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal

from sqlalchemy import Connection, Row, or_, select

from layers.areas.queries import village_at
from layers.complaints.following import follow
from layers.complaints.holding import NOT_YOURS, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import reporter_of
from layers.complaints.submission import LAYER, Receipt, Submission, submit
from layers.complaints.table import ComplaintFollower
from layers.complaints.tracking import give_code
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records import events, identities, keys
from layers.records.actors import Actor
from layers.records.identities import Contact, plain_email, plain_phone

Joined = Literal["counted", "uncounted", "reporter"]
KEY = "followers"
OVER = Text("Laporan itu sudah selesai: catat laporan baru.", "That complaint is over: write down a new one.")


def take_call(
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    submission: Submission,
    contact: Contact,
    consent: str,
    now: datetime | None = None,
) -> tuple[Receipt, str]:
    """Write down a complaint for a caller, with the contact that was agreed to, and give its tracking code.

    The code is "" where the same call had been written down before. Raises ActRefusedError for a place beyond the
    agent's area, and for what `submit` refuses.
    """
    village = village_at(connection, submission.lon, submission.lat)
    if not any(grant.covers("agent", grant.agency, village.code if village else None) for grant in actor.grants):
        raise ActRefusedError("role", NOT_YOURS)
    receipt = submit(connection, actor, submission, now, "agent")
    if not receipt.new:
        return receipt, ""
    if contact:
        identities.keep(connection, data_dir, actor, f"complaint:{receipt.complaint_id}", contact, consent)
    return receipt, give_code(connection, data_dir, receipt.complaint_id)


def join_call(
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    complaint_id: int,
    contact: Contact,
    channel: str,
    said: str = "",
) -> Joined:
    """Let a caller follow a complaint that is open; say whether he counts, which needs a phone number or an address.

    Of the contact an HMAC alone is kept, so that whoever calls twice is counted once. Whoever follows it already stays
    who he is, and whoever is known as its reporter does not follow it too. What was `said` becomes a note that staff
    read at the complaint.
    """
    case = hold(connection, complaint_id, None)
    role_of(actor, case, ("agent",))
    if not BY_ID[case.state].open:
        raise ActRefusedError("state", OVER)
    told = (Contact(phone=contact.phone), Contact(email=contact.email))
    names = [each for one in told if (each := caller(data_dir, one))]
    name = _known_as(connection, data_dir, actor, case, contact, names) or next(iter(names), "")
    joined: Joined = "reporter" if name == reporter_of(case) else "counted" if name else "uncounted"
    if joined != "reporter":
        also = next((other for other in names if other != name), None) if name in names else None
        follow(connection, complaint_id, name or f"caller:{token_hex(16)}", joined == "counted", also)
        events.record(connection, actor.name, "follow", LAYER, case.number, role="agent", channel=channel)
    if said:
        write(connection, actor, case, "note", "agent", {}, {"note": said}, channel=channel)
    return joined


def _known_as(
    connection: Connection, data_dir: Path, actor: Actor, case: Row[Any], contact: Contact, names: Sequence[str]
) -> str | None:
    """Find under which name a caller reported or follows a complaint already, by phone number or address."""
    asked = [{"phone": contact.phone}, {"email": contact.email}]
    found = [identities.subjects_of(connection, data_dir, actor, **one) for one in asked if any(one.values())]
    known = {*names, *(subject.replace("complaint:", "reporter:") for subjects in found for subject in subjects)}
    if reporter_of(case) in known:
        return reporter_of(case)
    called = or_(ComplaintFollower.follower.in_(known), ComplaintFollower.also.in_(known))
    followed = select(ComplaintFollower.follower).where(ComplaintFollower.complaint_id == case.id, called)
    return connection.scalar(followed.order_by(ComplaintFollower.confirmed.desc(), ComplaintFollower.follower).limit(1))


def caller(data_dir: Path, contact: Contact) -> str:
    """Name a caller by phone number, else by e-mail address, so that the name tells nobody who it is; "" by neither."""
    told = plain_phone(contact.phone) if contact.phone else plain_email(contact.email)
    return f"caller:{keys.hashed(keys.newest(data_dir, KEY), told).hex()[:32]}" if told else ""
