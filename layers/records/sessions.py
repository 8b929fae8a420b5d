"""Where people are signed in: each browser has a row here, can be listed, and can be ended from elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from layers.db import sql
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.people import AccountSession

IDLE = timedelta(hours=1)  # both as NIST SP 800-63B-4 has them at most for two factors
WHOLE = timedelta(hours=12)
PENDING = timedelta(minutes=15)  # between password and second factor
SEEN_EVERY = timedelta(minutes=1)  # so that not every request writes


@dataclass(frozen=True)
class Session:
    """One browser's place: who is signed in (None between password and second factor), and what is kept meanwhile."""

    id: int
    account_id: int | None
    name: str
    actor: Actor
    data: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A session as its owner sees it in a list."""

    id: int
    device: str
    made_at: datetime
    seen_at: datetime


def hashed(token: str) -> str:
    """Give what is kept of a random token; 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()


def session(connection: Connection, token: str) -> Session | None:
    """Find the session that a browser's token opens; None where it has ended, by whatever way."""
    row = connection.execute(sql("records/session.sql"), {"token": hashed(token), "idle": IDLE}).one_or_none()
    if row is None:
        return None
    if row.unseen > SEEN_EVERY:
        connection.execute(update(AccountSession).where(AccountSession.id == row.id).values(seen_at=func.now()))
    grants = tuple(Grant(*grant) for grant in row.grants)
    actor = VISITOR if row.account_id is None else Actor(f"account:{row.account_id}", grants)
    return Session(row.id, row.account_id, row.name or "", actor, row.data)


def begin(connection: Connection, device: str, account_id: int | None = None, **data: Any) -> str:
    """Open a session and give its token, which nobody can read here again; forgets all sessions that are over.

    Without an account it waits for the second factor, and ends soon.
    """
    token = token_urlsafe(32)
    lasting = PENDING if account_id is None else WHOLE
    connection.execute(delete(AccountSession).where(AccountSession.expires_at < func.now()))
    values = {"token": hashed(token), "device": device, "account_id": account_id, "data": data}
    connection.execute(insert(AccountSession).values(**values, expires_at=func.now() + lasting))
    return token


def places(connection: Connection, account_id: int) -> list[Place]:
    """List where an account is signed in, the latest used first."""
    held = select(AccountSession.id, AccountSession.device, AccountSession.made_at, AccountSession.seen_at).where(
        AccountSession.account_id == account_id,
        AccountSession.expires_at > func.now(),
        AccountSession.seen_at > func.now() - IDLE,
    )
    return [Place(**row._mapping) for row in connection.execute(held.order_by(AccountSession.seen_at.desc()))]


def end(connection: Connection, session_id: int, account_id: int | None) -> bool:
    """End one session of an account, or one that nobody is signed in to; say whether there was one."""
    own = AccountSession.account_id.is_not_distinct_from(account_id)
    return bool(connection.execute(delete(AccountSession).where(AccountSession.id == session_id, own)).rowcount)


def end_all(connection: Connection, account_id: int, but: int | None = None) -> int:
    """End every session of an account, save perhaps one; give their number."""
    ended = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        ended = ended.where(AccountSession.id != but)
    return int(connection.execute(ended).rowcount)
