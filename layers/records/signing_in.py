"""What signing in asks of the database: password hashes, second factors, recovery codes; each change is an event."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, update

from layers.records import events
from layers.records.accounts import as_kept, owner_of_link
from layers.records.people import Account, AccountLink, RecoveryCode
from layers.records.sessions import end_all, hashed


@dataclass(frozen=True)
class Secrets:
    """What an account has to prove itself by: the hash of its password, and its encrypted second factor."""

    id: int
    email: str
    name: str
    password: str | None
    totp_secret: str | None
    totp_counter: int | None


COLUMNS = (Account.id, Account.email, Account.name, Account.password, Account.totp_secret, Account.totp_counter)


def secrets_of(connection: Connection, email: str) -> Secrets | None:
    """Find an active account by its e-mail address."""
    return _secrets(connection, Account.email == as_kept(email))


def secrets_by_id(connection: Connection, account_id: int) -> Secrets | None:
    """Find an active account by its number."""
    return _secrets(connection, Account.id == account_id)


def set_password(connection: Connection, token: str, password: str) -> bool:
    """Use up a link and keep the hash of a password; ends every session. False where the link opens nothing."""
    owner = owner_of_link(connection, token)
    used = delete(AccountLink).where(AccountLink.token == hashed(token)).returning(AccountLink.account_id)
    if owner is None or connection.scalar(used) is None:
        return False
    connection.execute(update(Account).where(Account.id == owner.id).values(password=password))
    end_all(connection, owner.id)
    _tell(connection, "set_password", owner.id)
    return True


def rehash(connection: Connection, account_id: int, password: str) -> None:
    """Keep the hash of the same password made in today's way."""
    connection.execute(update(Account).where(Account.id == account_id).values(password=password))


def set_second_factor(connection: Connection, account_id: int, secret: str, counter: int, codes: Iterable[str]) -> bool:
    """Keep an account's second factor and its first recovery codes; False where it has one already."""
    mine = update(Account).where(Account.id == account_id, Account.totp_secret.is_(None))
    if not connection.execute(mine.values(totp_secret=secret, totp_counter=counter)).rowcount:
        return False
    renew_codes(connection, account_id, codes)
    _tell(connection, "set_second_factor", account_id)
    return True


def advance(connection: Connection, account_id: int, counter: int) -> bool:
    """Note the half minute of a code that was right; False where that or a later one has been used already."""
    unused = or_(Account.totp_counter.is_(None), Account.totp_counter < counter)
    mine = update(Account).where(Account.id == account_id, unused).values(totp_counter=counter)
    return bool(connection.execute(mine).rowcount)


def renew_codes(connection: Connection, account_id: int, codes: Iterable[str]) -> None:
    """Put new recovery codes, given as HMACs, in the place of the old."""
    connection.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    connection.execute(insert(RecoveryCode), [{"account_id": account_id, "code": code} for code in codes])
    _tell(connection, "renew_recovery_codes", account_id)


def use_code(connection: Connection, account_id: int, code: str) -> bool:
    """Use up a recovery code, given as HMAC; False where it is none, or was used."""
    used = delete(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.code == code)
    if not connection.execute(used).rowcount:
        return False
    _tell(connection, "use_recovery_code", account_id)
    return True


def _secrets(connection: Connection, which: object) -> Secrets | None:
    row = connection.execute(select(*COLUMNS).where(which, Account.active)).one_or_none()  # type: ignore[arg-type]
    return Secrets(**row._mapping) if row else None


def _tell(connection: Connection, act: str, account_id: int) -> None:
    events.record(connection, f"account:{account_id}", act, subject=f"account:{account_id}")
