"""What staff alone read of a complaint: all that was done and said, the texts at hand, the contact on request."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from layers.complaints import desks
from layers.complaints.calls import caller
from layers.complaints.holding import COLUMNS, NOT_YOURS, find_role, role_of
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import subject_of
from layers.complaints.table import Complaint, ComplaintFollower, ComplaintTemplate
from layers.complaints.workflow import BY_ID, OWNER, VERIFIER, Party, State
from layers.db import sql
from layers.layer import Text
from layers.records import identities
from layers.records.actors import Actor
from layers.records.identities import Contact, plain_phone
from layers.records.mail import is_address

NEITHER = Text("Tulis nomor telepon atau alamat e-mail yang lengkap.", "Write a whole phone number or e-mail address.")


@dataclass(frozen=True)
class Entry:
    """One thing that was done to a complaint: in which role, the state that followed, every word that was said."""

    at: datetime
    act: str
    role: str
    state: State | None
    words: Mapping[str, str]


@dataclass(frozen=True)
class Template:
    """A text that staff send often; for moves to one state, or to any where `state` is None."""

    id: str
    state: str | None
    title: str
    body: str

    def fits(self, target: str) -> bool:
        """Say whether it is for a move to a state."""
        return self.state in (None, target)


def history(connection: Connection, number: str) -> list[Entry]:
    """List all that was done to a complaint, the oldest first; words that were erased are left out."""
    rows = connection.execute(sql("complaints/staff_timeline.sql"), {"number": number})
    return [Entry(row.at, row.act, row.role, BY_ID.get(row.state), json.loads(row.content or "{}")) for row in rows]


def templates(connection: Connection, agencies: Collection[str | None]) -> list[Template]:
    """List the texts that some agencies may use: their own and everyone's."""
    columns = (ComplaintTemplate.id, ComplaintTemplate.state, ComplaintTemplate.title, ComplaintTemplate.body)
    mine = or_(ComplaintTemplate.agency.is_(None), ComplaintTemplate.agency.in_(agencies))
    rows = connection.execute(select(*columns).where(mine).order_by(ComplaintTemplate.title))
    return [Template(**row._mapping) for row in rows]


def contact(connection: Connection, data_dir: Path, actor: Actor, case: Row[Any]) -> Contact | None:
    """Open who reported a complaint, which the trail tells; None where nothing is kept.

    Raises ActRefusedError for a role that has nothing to ask the reporter, such as a checker's.
    """
    role_of(actor, case, asking_parties(case))
    return identities.look(connection, data_dir, actor, subject_of(case))


def asking_parties(case: Row[Any]) -> tuple[Party, ...]:
    """Say who may ask the reporter of a complaint: of an anonymous one not those who handle it."""
    return (*VERIFIER, "agent") if case.visibility == "anonymous" else (*VERIFIER, *OWNER, "agent")


def of_contact(connection: Connection, data_dir: Path, actor: Actor, typed: str) -> list[Row[Any]]:
    """Find the complaints that came from a phone number or an e-mail address, or that it follows, the newest first.

    Only those within reach whose contact the actor may see; the trail tells that somebody searched. Raises
    ActRefusedError for roles that see no contacts, and for what is neither.
    """
    if not any(grant.role in (*VERIFIER, *OWNER, "agent") for grant in actor.grants):
        raise ActRefusedError("role", NOT_YOURS)
    wanted = Contact(email=typed) if "@" in typed else Contact(phone=typed)
    if not (is_address(typed.strip()) if wanted.email else 7 <= len(plain_phone(typed)) <= 15):
        raise ActRefusedError("contact", NEITHER)
    subjects = identities.subjects_of(connection, data_dir, actor, wanted.phone, wanted.email)
    ids = [int(subject.removeprefix("complaint:")) for subject in subjects if subject.startswith("complaint:")]
    parts = select(Complaint.id).where(Complaint.origin_id.in_(ids))
    called = or_(*(name == caller(data_dir, wanted) for name in (ComplaintFollower.follower, ComplaintFollower.also)))
    follows = select(ComplaintFollower.complaint_id).where(called)
    near = desks.reached(connection, actor, [*ids, *connection.scalars(parts), *connection.scalars(follows)])
    found = connection.execute(select(*COLUMNS).where(Complaint.id.in_(near)).order_by(Complaint.id.desc()))
    return [case for case in found if find_role(actor, case, asking_parties(case))]
