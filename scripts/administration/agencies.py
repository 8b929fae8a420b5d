"""The agencies (OPD): what they are called here, and how they are reached."""

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.records.agencies import FIELDS, keep_agencies
from layers.records.agencies import agencies as known_agencies
from layers.records.people import Agency
from scripts.administration.acting import command, record, table
from scripts.setup.progress import Trouble

ID = re.compile(r"[a-z][a-z0-9_-]*")


def describe(subjects: Any) -> None:
    """Add the commands about agencies."""
    mine = subjects.add_parser("agencies", help="dinas dan kantor daerah (OPD)").add_subparsers(required=True)
    command(mine, "list", "Tampilkan OPD", show)
    importing = command(mine, "import", f"Tambah atau ubah OPD dari CSV dengan kolom {', '.join(FIELDS)}", read_file)
    importing.add_argument("file", type=Path, metavar="BERKAS")


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List the agencies with their telephone numbers."""
    for agency in known_agencies(connection):
        yield f"{agency.id:<12} {agency.name}: {agency.phone or 'telepon tidak diketahui'}"


def read_file(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Keep every agency of a file, or none where a row cannot be read."""
    rows = table(arguments.file, FIELDS)
    for number, row in enumerate(rows, start=2):
        if not ID.fullmatch(row["id"]) or not row["name"] or not row["name_en"]:
            raise Trouble(f"Baris {number}: id berhuruf kecil, misalnya pupr; name dan name_en harus diisi.")
    kept = keep_agencies(connection, [Agency(**{field: row[field] or None for field in FIELDS}) for row in rows])
    record(connection, "import_agencies", arguments.file.name, kept=kept)
    yield f"{kept} OPD disimpan dari {arguments.file.name}."
