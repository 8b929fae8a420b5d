"""Links in letters: those that work once and for a while, and those that work as often as they are used, until a day.

A link that works once is made of a random seed and a key outside the database, so that a letter that is sent twice
holds the same link; the table keeps its hash. A standing link is signed with such a key, tells the last day on which it
works, and needs no row.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection, DateTime, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records import keys

KEY = "links"
CONFIRMING = timedelta(days=3)  # for which a link waits that confirms something


class MailLink(Base):
    """A link that was sent to somebody and works once: the hash of its token, what it is for, until when."""

    __tablename__ = "mail_link"
    hash: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    recipient: Mapped[str] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


ALIVE = MailLink.expires_at > func.now()


@dataclass(frozen=True)
class Link:
    """What a link opens: for what and to whom it was sent (reader:12), and what belongs to it."""

    purpose: str
    recipient: str
    data: Mapping[str, Any]


def make(
    connection: Connection, data_dir: Path, purpose: str, recipient: str, data: Mapping[str, Any], lasting: timedelta
) -> str:
    """Keep a link that works once, and give its seed, from which `token` makes what stands in the letter."""
    seed = token_hex(16)
    values = {"hash": _hashed(token(data_dir, seed)), "purpose": purpose, "recipient": recipient}
    connection.execute(insert(MailLink).values(**values, data=dict(data), expires_at=func.now() + lasting))
    return seed


def token(data_dir: Path, seed: str) -> str:
    """Give the token of a link, the same however often it is asked."""
    return urlsafe_b64encode(keys.hashed(keys.newest(data_dir, KEY), f"once {seed}")).decode().rstrip("=")


def waits(connection: Connection, data_dir: Path, seed: str) -> bool:
    """Say whether a link still waits to be used."""
    sought = select(MailLink.hash).where(ALIVE, MailLink.hash == _hashed(token(data_dir, seed)))
    return connection.scalar(sought) is not None


def look(connection: Connection, purposes: Sequence[str], written: str) -> Link | None:
    """Tell what a token would open, without using it; None where it is over, used, or none of these purposes."""
    columns = (MailLink.purpose, MailLink.recipient, MailLink.data)
    sought = (MailLink.hash == _hashed(written), MailLink.purpose.in_(purposes))
    found = connection.execute(select(*columns).where(ALIVE, *sought)).one_or_none()
    return Link(**found._mapping) if found else None


def use(connection: Connection, purposes: Sequence[str], written: str) -> Link | None:
    """Use a token, which then opens nothing any more; of several at once one gets it, the others None."""
    sought = (MailLink.hash == _hashed(written), MailLink.purpose.in_(purposes))
    taken = delete(MailLink).where(ALIVE, *sought)
    found = connection.execute(taken.returning(MailLink.purpose, MailLink.recipient, MailLink.data)).one_or_none()
    return Link(**found._mapping) if found else None


def withdraw(connection: Connection, recipient: str, **data: Any) -> None:
    """Forget the links that wait for somebody, all of them or those to which some data belong."""
    connection.execute(delete(MailLink).where(MailLink.recipient == recipient, MailLink.data.contains(data)))


def withdraw_of(connection: Connection, purpose: str, **data: Any) -> None:
    """Forget the links of a purpose to which some data belong, whomever they wait for."""
    connection.execute(delete(MailLink).where(MailLink.purpose == purpose, MailLink.data.contains(data)))


def forget_expired(connection: Connection) -> int:
    """Forget the links that are over, and give their number."""
    return connection.execute(delete(MailLink).where(MailLink.expires_at <= func.now())).rowcount


def standing(data_dir: Path, purpose: str, *parts: str, until: date) -> str:
    """Write a token that works until the end of a day (UTC) and tells its parts; only the holder of the key can."""
    return str(_signer(data_dir, purpose).dumps((until.isoformat(), *parts)))


def read(data_dir: Path, purpose: str, written: str, today: date | None = None) -> tuple[str, ...] | None:
    """Read the parts of a standing token; None where it was not made here, for another purpose, or is over."""
    try:
        until, *parts = _signer(data_dir, purpose).loads(written)
    except BadSignature:
        return None
    return tuple(parts) if (today or datetime.now(UTC).date()) <= date.fromisoformat(until) else None


def _hashed(written: str) -> bytes:
    """Give what is kept of a token; 256 bits that nobody can guess need no salt."""
    return sha256(written.encode()).digest()


def _signer(data_dir: Path, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(keys.newest(data_dir, KEY), salt=purpose, signer_kwargs={"digest_method": sha256})
