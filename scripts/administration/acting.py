"""How commands of scripts/admin are put together, and who is named in the trail."""

import csv
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from getpass import getuser
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.records import events
from layers.records.actors import Actor, Grant
from scripts.setup.progress import Trouble

Act = Callable[..., Iterator[str]]


def command(subject: Any, name: str, about: str, act: Act) -> ArgumentParser:
    """Add one command; `act` takes a connection and the arguments, and tells line by line what it did."""
    parser: ArgumentParser = subject.add_parser(name, help=about, description=about)
    parser.set_defaults(act=act)
    return parser


def actor() -> Actor:
    """Tell who runs the command: an administrator, by the user's name on this machine."""
    return Actor(f"admin:{getuser()}", (Grant("administrator"),))


def record(connection: Connection, act: str, subject: str, **detail: Any) -> None:
    """Write the act into the trail under the name of whoever runs the command."""
    events.record(connection, actor().name, act, subject=subject, **detail)


def table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a CSV file with a heading; raises Trouble where it cannot be read or lacks a column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Trouble(f"Berkas {path} tidak dapat dibaca sebagai CSV berhuruf UTF-8: {error}") from None
    missing = [column for column in columns if rows and column not in rows[0]]
    if missing or not rows:
        raise Trouble(f"Berkas {path} harus berisi kolom {', '.join(columns)} dan paling sedikit satu baris.")
    return [{column: row[column].strip() for column in columns} for row in rows]
