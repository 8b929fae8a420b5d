"""The contacts of those who report: sealed anew with a new key."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from layers.records.identities import RING, reseal, settled
from layers.records.keys import drop_older
from layers.settings import Settings
from scripts.administration.acting import command, record
from scripts.setup.progress import Trouble


def describe(subjects: Any) -> None:
    """Add the commands about contacts."""
    mine = subjects.add_parser("identities", help="kontak pelapor").add_subparsers(required=True)
    command(mine, "reseal", "Segel semua kontak dengan kunci baru", seal_anew)
    command(mine, "drop-keys", "Buang kunci lama, setelah semua kontak disegel dengan yang baru", drop_keys)


def seal_anew(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Seal every contact with a new key; the older ones stay until that is committed and `drop-keys` is called."""
    resealed = reseal(connection, Settings.from_environment().data_dir)
    record(connection, "reseal_identities", RING, resealed=resealed)
    yield f"{resealed} kontak disegel dengan kunci baru; buang yang lama dengan scripts/admin identities drop-keys."


def drop_keys(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Forget the older keys; raises Trouble while a contact is still sealed with one of them."""
    data_dir = Settings.from_environment().data_dir
    if not settled(connection, data_dir):
        raise Trouble(
            "Masih ada kontak yang disegel dengan kunci lama: jalankan scripts/admin identities reseal dahulu."
        )
    drop_older(data_dir, RING)
    record(connection, "drop_identity_keys", RING)
    yield "Kunci lama dibuang."
