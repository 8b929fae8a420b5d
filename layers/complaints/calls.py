"""What an agent of the call centre writes down for somebody: a new complaint, or one more voice for a known one."""

from datetime import datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection

from layers.areas.queries import village_at
from layers.complaints.following import follow
from layers.complaints.holding import NOT_YOURS, hold, role_of
from layers.complaints.refusals import ActRefusedError
from layers.complaints.submission import LAYER, Receipt, Submission, submit
from layers.complaints.tracking import give_code
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records import events, identities, keys
from layers.records.actors import Actor
from layers.records.identities import Contact, plain_email, plain_phone

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
    connection: Connection, data_dir: Path, actor: Actor, complaint_id: int, contact: Contact, channel: str
) -> bool:
    """Let a caller follow a complaint that is open; say whether he counts, which needs a phone number or an address.

    Of the contact an HMAC alone is kept, so that whoever calls twice is counted once.
    """
    case = hold(connection, complaint_id, None)
    role_of(actor, case, ("agent",))
    if not BY_ID[case.state].open:
        raise ActRefusedError("state", OVER)
    name = caller(data_dir, contact)
    follow(connection, complaint_id, name or f"caller:{token_hex(16)}", confirmed=bool(name))
    events.record(connection, actor.name, "follow", LAYER, case.number, role="agent", channel=channel)
    return bool(name)


def caller(data_dir: Path, contact: Contact) -> str:
    """Name a caller by phone number, else by e-mail address, so that the name tells nobody who it is; "" by neither."""
    told = plain_phone(contact.phone) if contact.phone else plain_email(contact.email)
    return f"caller:{keys.hashed(keys.newest(data_dir, KEY), told).hex()[:32]}" if told else ""
