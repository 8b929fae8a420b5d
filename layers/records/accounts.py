"""The accounts of staff: who is invited, what each may do, who is sent away; each act is an event in the trail."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from layers.db import sql
from layers.records import events
from layers.records.actors import ROLES, Actor, Grant
from layers.records.mail import is_address
from layers.records.people import Account, AccountGrant, AccountLink, RecoveryCode
from layers.records.sessions import end_all, hashed

LINK_LASTS = timedelta(hours=72)
AREA = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")


class RefusedError(Exception):
    """An act that the actor may not do, or that the state of things does not allow; `reason` is one of a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Person:
    """An account as it is listed: who, what he may do, whether he can sign in, and when he was last here."""

    id: int
    email: str
    name: str
    active: bool
    has_password: bool
    has_second_factor: bool
    seen_at: datetime | None
    grants: tuple[Grant, ...]

    @property
    def actor(self) -> Actor:
        """Give the account as somebody who acts."""
        return Actor(name_of(self.id), self.grants)


def name_of(account_id: int) -> str:
    """Name an account for the trail, which never tells who it is."""
    return f"account:{account_id}"


def people(connection: Connection) -> list[Person]:
    """List all accounts by name."""
    return [_person(row) for row in connection.execute(sql("records/people.sql"), {"id": None})]


def person(connection: Connection, account_id: int) -> Person | None:
    """Find one account."""
    row = connection.execute(sql("records/people.sql"), {"id": account_id}).one_or_none()
    return _person(row) if row else None


def acting(connection: Connection, name: str) -> Actor:
    """Give who acts under a name of the trail, with what an account that is still open may do by now."""
    kind, _, number = name.partition(":")
    known = person(connection, int(number)) if kind == "account" else None
    return known.actor if known and known.active else Actor(name)


def number_of(connection: Connection, email: str) -> int | None:
    """Find the number of an account by its e-mail address, in whatever letters that is written."""
    return connection.scalar(select(Account.id).where(Account.email == as_kept(email)))


def as_kept(email: str) -> str:
    """Write an e-mail address as accounts are kept under it: however it was typed, it is one and the same."""
    return email.strip().lower()


def invite(connection: Connection, actor: Actor, email: str, name: str, grants: Iterable[Grant]) -> int:
    """Make an account, which can sign in once its owner has set a password by a link; gives its number.

    Raises RefusedError: no_right, bad_email, no_name, email_taken, bad_grant.
    """
    _check_right(actor)
    address = _checked(email, name)
    statement = postgresql.insert(Account).values(email=address, name=name.strip()).on_conflict_do_nothing()
    account_id = connection.scalar(statement.returning(Account.id))
    if account_id is None:
        raise RefusedError("email_taken")
    events.record(connection, actor.name, "invite_account", subject=name_of(account_id))
    for each in grants:
        grant(connection, actor, account_id, each)
    return int(account_id)


def grant(connection: Connection, actor: Actor, account_id: int, given: Grant) -> None:
    """Give an account a role; raises RefusedError: no_right, bad_grant (unknown agency, area, or held already).

    Who administers does so everywhere.
    """
    _check_right(actor)
    narrow = given.agency is not None or given.area is not None
    if given.role not in ROLES or (given.role == "administrator" and narrow):
        raise RefusedError("bad_grant")
    if given.area is not None and not AREA.fullmatch(given.area):
        raise RefusedError("bad_grant")
    values = {"account_id": account_id, "role": given.role, "agency": given.agency, "area": given.area}
    try:
        with connection.begin_nested():
            connection.execute(insert(AccountGrant).values(values))
    except IntegrityError:
        raise RefusedError("bad_grant") from None
    _tell(connection, actor, "grant_role", account_id, given)


def withdraw(connection: Connection, actor: Actor, account_id: int, taken: Grant) -> None:
    """Take a role away; raises RefusedError: no_right, own (nobody gives up administrating by himself)."""
    _check_right(actor)
    if taken.role == "administrator":
        _check_other(actor, account_id)
    held = delete(AccountGrant).where(
        AccountGrant.account_id == account_id,
        AccountGrant.role == taken.role,
        AccountGrant.agency.is_not_distinct_from(taken.agency),
        AccountGrant.area.is_not_distinct_from(taken.area),
    )
    if connection.execute(held).rowcount:
        _tell(connection, actor, "withdraw_role", account_id, taken)


def set_active(connection: Connection, actor: Actor, account_id: int, active: bool) -> None:
    """Send somebody away, which ends sessions and links, or let him in again; raises RefusedError: no_right, own."""
    _check_right(actor)
    _check_other(actor, account_id)
    connection.execute(update(Account).where(Account.id == account_id).values(active=active))
    if not active:
        end_all(connection, account_id)
        connection.execute(delete(AccountLink).where(AccountLink.account_id == account_id))
    act = "activate_account" if active else "deactivate_account"
    events.record(connection, actor.name, act, subject=name_of(account_id))


def correct(connection: Connection, actor: Actor, account_id: int, email: str, name: str) -> None:
    """Correct how somebody is called, and the address by which he signs in; neither stands in the trail.

    Raises RefusedError: no_right, bad_email, no_name, email_taken.
    """
    _check_right(actor)
    changed = update(Account).where(Account.id == account_id)
    try:
        with connection.begin_nested():
            connection.execute(changed.values(email=_checked(email, name), name=name.strip()))
    except IntegrityError:
        raise RefusedError("email_taken") from None
    events.record(connection, actor.name, "correct_account", subject=name_of(account_id))


def erase(connection: Connection, actor: Actor, account_id: int) -> None:
    """Forget who somebody was that has been sent away, with roles, sessions and codes; the trail keeps a number.

    Raises RefusedError: no_right, own, still_active.
    """
    _check_right(actor)
    _check_other(actor, account_id)
    gone = delete(Account).where(Account.id == account_id, ~Account.active)
    if not connection.execute(gone).rowcount:
        raise RefusedError("still_active")
    events.record(connection, actor.name, "erase_account", subject=name_of(account_id))


def reset_second_factor(connection: Connection, actor: Actor, account_id: int) -> None:
    """Forget a second factor, so that it is set up anew at the next sign-in; raises RefusedError: no_right, own."""
    _check_right(actor)
    _check_other(actor, account_id)
    connection.execute(update(Account).where(Account.id == account_id).values(totp_secret=None, totp_counter=None))
    connection.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    end_all(connection, account_id)
    events.record(connection, actor.name, "reset_second_factor", subject=name_of(account_id))


def make_link(connection: Connection, actor: Actor, account_id: int) -> str:
    """Give what a link to set a password holds; earlier ones are dead. Raises RefusedError: no_right.

    An administrator makes it for anybody, everybody else for himself.
    """
    if actor.name != name_of(account_id):
        _check_right(actor)
    token = token_urlsafe(24)
    connection.execute(delete(AccountLink).where(AccountLink.account_id == account_id))
    values = {"token": hashed(token), "account_id": account_id, "expires_at": func.now() + LINK_LASTS}
    connection.execute(insert(AccountLink).values(values))
    events.record(connection, actor.name, "make_password_link", subject=name_of(account_id))
    return token


def owner_of_link(connection: Connection, token: str) -> Person | None:
    """Tell whose password a link sets; None where it was used, replaced, or is too old."""
    known = select(AccountLink.account_id).join(Account, Account.id == AccountLink.account_id)
    known = known.where(AccountLink.token == hashed(token), AccountLink.expires_at > func.now(), Account.active)
    account_id = connection.scalar(known)
    return person(connection, account_id) if account_id is not None else None


def _person(row: object) -> Person:
    fields = dict(row._mapping)  # type: ignore[attr-defined]
    return Person(**{**fields, "grants": tuple(Grant(*held) for held in fields["grants"])})


def _tell(connection: Connection, actor: Actor, act: str, account_id: int, about: Grant) -> None:
    detail = {"role": about.role, "agency": about.agency, "area": about.area}
    events.record(connection, actor.name, act, subject=name_of(account_id), **detail)


def _checked(email: str, name: str) -> str:
    """Give an address as accounts are kept under it; raises RefusedError where it, or the name, will not do."""
    address = as_kept(email)
    if not is_address(address):
        raise RefusedError("bad_email")
    if not name.strip():
        raise RefusedError("no_name")
    return address


def _check_right(actor: Actor) -> None:
    if not actor.may("administrator"):
        raise RefusedError("no_right")


def _check_other(actor: Actor, account_id: int) -> None:
    if actor.name == name_of(account_id):
        raise RefusedError("own")
