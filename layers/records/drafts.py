"""Drafts: what somebody has typed so far, so that neither a lost connection nor going back loses it.

A browser's cookie holds a random token; here stand its hash and the answers, sealed, since they tell where somebody is.
"""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, DateTime, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records.sealing import Seal

RING = "drafts"
LASTING = timedelta(days=3)
FORGOTTEN_AT_ONCE = 100

Answers = dict[str, Any]


class Draft(Base):
    """The sealed answers of one browser; `token` is the hash of what its cookie holds."""

    __tablename__ = "draft"
    token: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


def begin(
    connection: Connection, data_dir: Path, answers: Answers, token: str = "", lasting: timedelta = LASTING
) -> str:
    """Open a draft and give its token, which cannot be read here again; forgets some that nobody came back to.

    Whoever brings a token has made it at random.
    """
    forget_stale(connection)
    token = token or token_urlsafe(24)
    sealed = Seal(data_dir, RING).close(json.dumps(answers))
    values = {"token": _hashed(token), "sealed": sealed, "expires_at": func.now() + lasting}
    connection.execute(insert(Draft).values(values))
    return token


def answers(connection: Connection, data_dir: Path, token: str, *, changing: bool = False) -> Answers | None:
    """Give what a draft holds; None where it is over. Whoever is `changing` it goes before others who want to."""
    known = select(Draft.sealed).where(Draft.token == _hashed(token), Draft.expires_at > func.now())
    sealed = connection.scalar(known.with_for_update() if changing else known)
    found: Answers | None = None if sealed is None else json.loads(Seal(data_dir, RING).open(bytes(sealed)))
    return found


def keep(connection: Connection, data_dir: Path, token: str, added: Answers) -> Answers | None:
    """Put answers into a draft beside those that it holds already, and give them all; None where it is over."""
    known = answers(connection, data_dir, token, changing=True)
    if known is None:
        return None
    known.update(added)
    replace(connection, data_dir, token, known)
    return known


def replace(connection: Connection, data_dir: Path, token: str, told: Answers, lasting: timedelta = LASTING) -> None:
    """Put answers in the place of all that a draft holds, for as long as said."""
    kept = {"sealed": Seal(data_dir, RING).close(json.dumps(told)), "expires_at": func.now() + lasting}
    connection.execute(update(Draft).where(Draft.token == _hashed(token)).values(kept))


def drop(connection: Connection, token: str) -> None:
    """Forget a draft."""
    connection.execute(delete(Draft).where(Draft.token == _hashed(token)))


def forget_stale(connection: Connection) -> int:
    """Forget some of the drafts that nobody came back to; give how many, 100 at most."""
    stale = select(Draft.token).where(Draft.expires_at < func.now()).limit(FORGOTTEN_AT_ONCE)
    return connection.execute(delete(Draft).where(Draft.token.in_(stale.with_for_update(skip_locked=True)))).rowcount


def _hashed(token: str) -> str:
    """Give what is kept of a random token; 192 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
