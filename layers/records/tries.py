"""How often somebody may try to sign in: after too many wrong tries nobody is let in for a while, right or wrong."""

from hashlib import sha256

from sqlalchemy import Connection

from layers.records.visits import count_visit, forget

LASTING_S = 15 * 60
OF_ACCOUNT = 10
OF_ADDRESS = 100  # a whole office may share one


def may_try(connection: Connection, account: str, address: str) -> bool:
    """Count a try before it is judged, so that many at once gain nothing; say whether it may be judged.

    `account` is what was typed, written as accounts are kept: what nobody is called locks as everything else, and so
    tells nothing.
    """
    tries = count_visit(connection, _key("account", account), LASTING_S)
    tries_from_there = count_visit(connection, _key("address", address), LASTING_S)
    return tries <= OF_ACCOUNT and tries_from_there <= OF_ADDRESS


def forgive(connection: Connection, account: str) -> None:
    """Forget the wrong tries of an account that has signed in."""
    forget(connection, _key("account", account))


def _key(kind: str, name: str) -> str:
    return f"try-{kind}-{sha256(name.casefold().encode()).hexdigest()[:32]}"
