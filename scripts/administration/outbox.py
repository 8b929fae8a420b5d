"""The messages that are to be sent: how many wait, and why."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from layers.records.sending import standings, try_again
from layers.settings import Settings
from scripts.administration.acting import command, record

STAGES = {"waiting": "menunggu", "sent": "terkirim", "given up": "dihentikan"}


def describe(subjects: Any) -> None:
    """Add the commands about messages."""
    mine = subjects.add_parser("outbox", help="pesan e-mail").add_subparsers(required=True)
    command(mine, "list", "Hitung pesan yang menunggu, terkirim, dan dihentikan", show)
    command(mine, "retry", "Coba lagi sekarang semua pesan yang menunggu atau dihentikan", retry)


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Count messages by stage and problem; nobody's address is shown."""
    if not Settings.from_environment().smtp_url:
        yield "Tidak ada pesan yang dikirim: PETA_SMTP_URL belum ditetapkan (lihat docs/messages.md)."
    for one in standings(connection):
        problem = f" ({one.problem})" if one.problem else ""
        yield f"{STAGES[one.stage]}{problem}: {one.messages}, tertua {one.oldest:%Y-%m-%d %H:%M} UTC"


def retry(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Have the messages tried now."""
    number = try_again(connection)
    record(connection, "retry_messages", "outbox", number=number)
    yield f"{number} pesan akan dicoba lagi."
