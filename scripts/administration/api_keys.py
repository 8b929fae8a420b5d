"""The keys by which programs of others send reports."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from layers.records import api_keys
from scripts.administration.acting import actor, command
from scripts.setup.progress import Trouble

DAILY = 1_000


def describe(subjects: Any) -> None:
    """Add the commands about keys."""
    mine = subjects.add_parser("keys", help="kunci program lain untuk Open311").add_subparsers(required=True)
    command(mine, "list", "Tampilkan program yang punya kunci", show)
    issuing = command(mine, "issue", "Buat kunci bagi satu program; ditampilkan sekali ini saja", issue)
    issuing.add_argument("name", metavar="NAMA", help="nama program, misalnya 'Aplikasi Warga'")
    issuing.add_argument("--daily", type=int, default=DAILY, metavar="N", help="laporan sehari paling banyak")
    revoking = command(mine, "revoke", "Cabut kunci satu program", revoke)
    revoking.add_argument("name", metavar="NAMA")


def show(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """List the programs with their quotas."""
    found = api_keys.holders(connection)
    yield from (f"{h.name}  {h.daily} sehari{'' if h.active else '  [dicabut]'}" for h in found)
    if not found:
        yield "Belum ada kunci; buat dengan scripts/admin keys issue NAMA."


def issue(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Make a key and show it."""
    if arguments.daily < 1:
        raise Trouble("--daily adalah bilangan mulai dari 1.")
    if arguments.name in {holder.name for holder in api_keys.holders(connection)}:
        raise Trouble(f"{arguments.name} sudah punya kunci; pakai nama lain.")
    key = api_keys.issue(connection, actor(), arguments.name, arguments.daily)
    yield f"Kunci {arguments.name}: {key}"
    yield "Simpan sekarang: kunci ini tidak dapat ditampilkan lagi."


def revoke(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """End a key."""
    if not api_keys.revoke(connection, actor(), arguments.name):
        raise Trouble(f"{arguments.name} tidak punya kunci yang berlaku; lihat scripts/admin keys list.")
    yield f"Kunci {arguments.name} dicabut."
