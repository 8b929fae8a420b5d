"""Who reported: name, e-mail and phone in a table of their own, sealed, and every look at them in the trail.

Where each identity belongs is said by its subject, such as `complaint:12`. The trail names the subject and who looked,
never what stood there. By phone or e-mail they are found through an HMAC, since what is sealed cannot be searched.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import CheckConstraint, Connection, DateTime, Index, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, sql
from layers.records import events, keys
from layers.records.actors import Actor
from layers.records.sealing import Seal

FIRST_LANGUAGE = "id"
RING, INDEX = "identities", "identity-index"
AT_ONCE = 1000
COUNTRY, MOBILE = "62", "8"


class KeptIdentity(Base):
    """The sealed contact of one subject; `consent` holds the words that were agreed to, and `agreed_at` when.

    `language` is that of the page on which the contact was given, in which letters are written: id or en.
    """

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("language in ('id', 'en')", "language"),)
    subject: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    phone_hash: Mapped[bytes | None]
    email_hash: Mapped[bytes | None]
    consent: Mapped[str]
    agreed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    language: Mapped[str] = mapped_column(server_default=FIRST_LANGUAGE)


Index("ix_identity_phone_hash", KeptIdentity.phone_hash)
Index("ix_identity_email_hash", KeptIdentity.email_hash)


@dataclass(frozen=True)
class Contact:
    """How somebody can be reached; what is empty was not given."""

    name: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.email, self.phone))


@dataclass(frozen=True)
class Agreement:
    """The words under which a contact is kept, when they were agreed to, and in which language letters are written."""

    words: str
    at: datetime
    language: str


@dataclass(frozen=True)
class Look:
    """When somebody opened a contact; `actor` as the trail names him."""

    at: datetime
    actor: str


def keep(
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    subject: str,
    contact: Contact,
    consent: str,
    language: str = FIRST_LANGUAGE,
) -> None:
    """Keep, or correct, the contact of a subject, with the words under which it was given and their language."""
    _await_rotation(connection)
    index = keys.newest(data_dir, INDEX)
    values = {
        "sealed": Seal(data_dir, RING).close(json.dumps(asdict(contact))),
        "phone_hash": keys.hashed(index, plain_phone(contact.phone)) if contact.phone else None,
        "email_hash": keys.hashed(index, plain_email(contact.email)) if contact.email else None,
        "consent": consent,
        "agreed_at": func.now(),
        "language": language,
    }
    statement = insert(KeptIdentity).values(subject=subject, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=values))
    events.record(connection, actor.name, "keep_identity", subject=subject)


def look(connection: Connection, data_dir: Path, actor: Actor, subject: str) -> Contact | None:
    """Open the contact of a subject, and write into the trail that somebody looked; None where none is kept."""
    sealed = connection.scalar(select(KeptIdentity.sealed).where(KeptIdentity.subject == subject))
    if sealed is None:
        return None
    events.record(connection, actor.name, "look_at_identity", subject=subject)
    return Contact(**json.loads(Seal(data_dir, RING).open(bytes(sealed))))


def agreement(connection: Connection, subject: str) -> Agreement | None:
    """Tell what was agreed to when the contact of a subject was given; None where none is kept."""
    kept = select(KeptIdentity.consent, KeptIdentity.agreed_at, KeptIdentity.language).where(
        KeptIdentity.subject == subject
    )
    found = connection.execute(kept).one_or_none()
    return Agreement(found.consent, found.agreed_at, found.language) if found else None


def agree(connection: Connection, subject: str, consent: str, language: str) -> None:
    """Keep anew what a subject has agreed to, in the language of the page that said it."""
    renewed = {"consent": consent, "agreed_at": func.now(), "language": language}
    connection.execute(update(KeptIdentity).where(KeptIdentity.subject == subject).values(renewed))
    events.record(connection, subject, "agree", subject=subject)


def speak(connection: Connection, subject: str, language: str) -> None:
    """Write to a subject in another language from now on."""
    mine = update(KeptIdentity).where(KeptIdentity.subject == subject)
    connection.execute(mine.values(language=language))
    events.record(connection, subject, "change_language", subject=subject, language=language)


def language(connection: Connection, subject: str) -> str:
    """Tell in which language a subject is written to: id or en; Indonesian where no contact is kept."""
    kept = select(KeptIdentity.language).where(KeptIdentity.subject == subject)
    return connection.scalar(kept) or FIRST_LANGUAGE


def looks(connection: Connection, subject: str, but: Actor) -> list[Look]:
    """List who has opened the contact of a subject, `but` for one, the oldest first."""
    rows = connection.execute(sql("records/looks.sql"), {"subject": subject, "but": but.name})
    return [Look(row.at, row.actor) for row in rows]


def subjects_of(connection: Connection, data_dir: Path, actor: Actor, phone: str = "", email: str = "") -> list[str]:
    """Find the subjects that gave a phone number or an e-mail address; the trail tells that somebody searched.

    It tells how many were found and not which: what stays for good must not say that several are one person's.
    """
    index = keys.newest(data_dir, INDEX)
    sought = (
        KeptIdentity.phone_hash == keys.hashed(index, plain_phone(phone))
        if phone
        else KeptIdentity.email_hash == keys.hashed(index, plain_email(email))
    )
    found = list(connection.scalars(select(KeptIdentity.subject).where(sought).order_by(KeptIdentity.subject)))
    events.record(connection, actor.name, "search_identity", by="phone" if phone else "email", found=len(found))
    return found


def erase(connection: Connection, actor: Actor, subject: str) -> bool:
    """Forget the contact of a subject for good; say whether there was one."""
    erased = connection.execute(delete(KeptIdentity).where(KeptIdentity.subject == subject)).rowcount > 0
    if erased:
        events.record(connection, actor.name, "erase_identity", subject=subject)
    return erased


def reseal(connection: Connection, data_dir: Path) -> int:
    """Seal every contact anew with a new key, and give their number.

    Nobody can keep a contact meanwhile, so none is left under an older key; those may be dropped after the commit.
    """
    connection.execute(text("lock table identity in exclusive mode"))
    keys.extend(data_dir, RING)
    seal = Seal(data_dir, RING)
    resealed, last = 0, ""
    while some := _after(connection, last):
        for subject, sealed in some:
            changed = update(KeptIdentity).where(KeptIdentity.subject == subject)
            connection.execute(changed.values(sealed=seal.renew(bytes(sealed))))
        resealed, last = resealed + len(some), some[-1][0]
    return resealed


def settled(connection: Connection, data_dir: Path) -> bool:
    """Say whether the newest key alone opens every contact; nobody can keep one until the transaction ends."""
    connection.execute(text("lock table identity in exclusive mode"))
    seal, last = Seal(data_dir, RING, newest_only=True), ""
    while some := _after(connection, last):
        if not all(seal.opens(bytes(sealed)) for _, sealed in some):
            return False
        last = some[-1][0]
    return True


def _after(connection: Connection, last: str) -> Sequence[Row[str, bytes]]:
    some = select(KeptIdentity.subject, KeptIdentity.sealed).where(KeptIdentity.subject > last)
    return connection.execute(some.order_by(KeptIdentity.subject).limit(AT_ONCE)).all()


def _await_rotation(connection: Connection) -> None:
    """Wait while contacts are sealed anew, so that the ring is read afterwards."""
    connection.execute(text("lock table identity in row exclusive mode"))


def plain_phone(written: str) -> str:
    """Write a phone number in one way, however it was typed: 0812-3456, 812 3456 and +62 812 3456 are 628123456."""
    digits = re.sub(r"\D", "", written).removeprefix("00")
    if digits.startswith(COUNTRY):
        return COUNTRY + digits.removeprefix(COUNTRY).lstrip("0")
    return COUNTRY + digits.lstrip("0") if digits.startswith(("0", MOBILE)) else digits


def plain_email(written: str) -> str:
    """Write an e-mail address in one way."""
    return written.strip().casefold()
