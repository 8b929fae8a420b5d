"""Accounts to try with: one for each role, only beside sample data, on a server that this machine alone reaches."""

from collections.abc import Iterator
from secrets import token_hex

from sqlalchemy import Connection

from layers.records import accounts, signing_in
from layers.records.actors import SYSTEM, Actor, Grant
from webapp.accounts import passwords

DOMAIN = "contoh.example"
SAMPLE = {
    "administrator": ("Ayu Contoh", Grant("administrator")),
    "verifikator": ("Budi Contoh", Grant("verifier")),
    "koordinator": ("Citra Contoh", Grant("coordinator", agency="pupr")),
    "petugas": ("Dedi Contoh", Grant("officer", agency="pupr")),
    "pemeriksa": ("Eka Contoh", Grant("checker")),
    "operator": ("Fajar Contoh", Grant("agent")),
    "perencana": ("Gita Contoh", Grant("planner")),
}
MAKER = Actor(SYSTEM.name, (Grant("administrator"),))


def hire(connection: Connection) -> Iterator[str]:
    """Make the accounts and tell each with its random password, which nobody can read again."""
    yield "Sample accounts. Their passwords are shown this once; each sets up a second factor at its first sign-in:"
    for name, (person, grant) in SAMPLE.items():
        email, password = f"{name}@{DOMAIN}", "-".join(token_hex(2) for _ in range(4))
        account_id = accounts.invite(connection, MAKER, email, person, [grant])
        link = accounts.make_link(connection, MAKER, account_id)
        signing_in.set_password(connection, link, passwords.hashed(password))
        yield f"  {email:<30} {password}"
