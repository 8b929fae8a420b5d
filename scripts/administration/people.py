"""The accounts of staff, as far as they are wanted before anybody can sign in: a first administrator, a lost phone."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from layers.records import accounts
from layers.records.accounts import LINK_LASTS, RefusedError
from layers.records.actors import Grant
from scripts.administration.acting import actor, command
from scripts.setup.progress import Trouble

HERE = "http://127.0.0.1:8000"
REFUSALS = {
    "bad_email": "Alamat e-mail itu tidak dapat dipakai; periksa ejaannya.",
    "no_name": "NAMA harus diisi.",
    "email_taken": "Sudah ada akun dengan alamat e-mail itu; buat tautan baru dengan scripts/admin people link.",
    "bad_grant": "Akun itu sudah administrator.",
}


def describe(subjects: Any) -> None:
    """Add the commands about people."""
    mine = subjects.add_parser("people", help="akun petugas").add_subparsers(required=True)
    command(mine, "list", "Tampilkan akun petugas", show)
    first = _about_one(command(mine, "administrator", "Buat akun administrator dan tautan kata sandinya", invite))
    first.add_argument("name", metavar="NAMA")
    promoting = command(mine, "promote", "Jadikan akun yang ada administrator", promote)
    promoting.add_argument("email", metavar="E-MAIL")
    _about_one(command(mine, "link", "Buat tautan kata sandi baru", link))
    losing = command(mine, "reset", "Atur ulang kode aplikasi, misalnya karena ponsel hilang", reset)
    losing.add_argument("email", metavar="E-MAIL")


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List the accounts with their roles."""
    found = accounts.people(connection)
    for person in found:
        roles = ", ".join(" ".join(filter(None, (held.role, held.agency, held.area))) for held in person.grants)
        yield f"{person.email:<32} {person.name}: {roles or 'tanpa peran'}{'' if person.active else ' [nonaktif]'}"
    if not found:
        yield "Belum ada akun. Buat yang pertama: scripts/admin people administrator E-MAIL NAMA"


def invite(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Make an administrator and tell the link by which he sets his password."""
    grants = [Grant("administrator")]
    try:
        account_id = accounts.invite(connection, actor(), arguments.email, arguments.name, grants)
    except RefusedError as error:
        raise Trouble(REFUSALS[error.reason]) from None
    yield from _link(connection, account_id, arguments.address)


def promote(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Make an administrator of somebody who has an account."""
    try:
        accounts.grant(connection, actor(), _number(connection, arguments.email), Grant("administrator"))
    except RefusedError as error:
        raise Trouble(REFUSALS[error.reason]) from None
    yield f"{arguments.email} sekarang administrator."


def link(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Tell a new link to set a password; earlier links are dead."""
    yield from _link(connection, _number(connection, arguments.email), arguments.address)


def reset(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Forget somebody's second factor, so that the next sign-in sets it up anew."""
    accounts.reset_second_factor(connection, actor(), _number(connection, arguments.email))
    yield f"{arguments.email} memasang kode aplikasi lagi saat masuk berikutnya."


def _about_one(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("email", metavar="E-MAIL")
    parser.add_argument("--address", default=HERE, metavar="ALAMAT", help="alamat peta ini, di depan tautan")
    return parser


def _link(connection: Connection, account_id: int, address: str) -> Iterator[str]:
    token = accounts.make_link(connection, actor(), account_id)
    yield f"Buka tautan ini sekali, dalam {LINK_LASTS.days} hari, dan buat kata sandinya:"
    yield f"{address.rstrip('/')}/account/password/{token}"


def _number(connection: Connection, email: str) -> int:
    number = accounts.number_of(connection, email)
    if number is None:
        raise Trouble(f"Tidak ada akun {email}; lihat scripts/admin people list.")
    return number
