"""The services, and which office gives which."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from layers.offices.acts import assign_default_services, give_service, keep_services, withdraw_service
from layers.offices.kinds import KINDS
from layers.offices.queries import Service
from layers.offices.queries import services as known_services
from scripts.administration.acting import command, record, table
from scripts.setup.progress import Trouble

FIELDS = tuple(field.name for field in fields(Service))
NEEDED = ("id", "name", "name_en", "source")


def describe(subjects: Any) -> None:
    """Add the commands about services."""
    mine = subjects.add_parser("services", help="layanan dan kantor yang memberinya").add_subparsers(required=True)
    command(mine, "list", "Tampilkan layanan", show)
    command(mine, "assign", "Beri layanan yang lazim kepada kantor yang belum punya", assign)
    importing = command(mine, "import", f"Baca layanan dari CSV dengan kolom {', '.join(FIELDS)}, kinds", read_file)
    importing.add_argument("file", type=Path, metavar="BERKAS")
    for name, about, act in (
        ("give", "Catat bahwa satu kantor memberi layanan", give),
        ("withdraw", "Catat bahwa kantor tidak lagi memberi layanan", withdraw),
    ):
        parser = command(mine, name, about, act)
        parser.add_argument("service", metavar="LAYANAN", help="id layanan, misalnya sim")
        parser.add_argument("office", type=int, metavar="KANTOR", help="nomor kantor, seperti di alamat halamannya")


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List the services with their costs and laws."""
    for service in known_services(connection):
        cost = service.cost or "biaya tidak diketahui"
        yield f"{service.id:<18} {service.name}: {cost} [{service.legal_basis or '-'}]"


def assign(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Give the usual services of their kind to offices that have none."""
    given = assign_default_services(connection)
    record(connection, "assign_default_services", "offices", given=given)
    yield f"{given} layanan diberikan."


def read_file(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Keep every service of a file, or none where a row cannot be read."""
    rows = table(arguments.file, (*FIELDS, "kinds"))
    known = {kind.id for kind in KINDS}
    for number, row in enumerate(rows, start=2):
        if not all(row[column] for column in NEEDED):
            raise Trouble(f"Baris {number}: {', '.join(NEEDED)} harus diisi.")
        if not known.issuperset(row["kinds"].split()):
            raise Trouble(f"Baris {number}: kinds memuat jenis kantor yang tidak dikenal; daftarnya di /api/kinds.")
    usual = {row["id"]: row["kinds"].split() for row in rows}
    records = [Service(**{column: row[column] or None for column in FIELDS}) for row in rows]  # type: ignore[arg-type]
    keep_services(connection, records, usual)
    record(connection, "import_services", arguments.file.name, kept=len(records))
    yield f"{len(records)} layanan disimpan dari {arguments.file.name}."


def give(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Note that an office gives a service."""
    try:
        give_service(connection, arguments.office, arguments.service)
    except IntegrityError:
        raise Trouble("Kantor atau layanan itu tidak ada; lihat scripts/admin services list.") from None
    record(connection, "give_service", arguments.service, office=arguments.office)
    yield f"Kantor {arguments.office} memberi layanan {arguments.service}."


def withdraw(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Note that an office gives a service no more."""
    if not withdraw_service(connection, arguments.office, arguments.service):
        raise Trouble("Kantor itu tidak memberi layanan itu.")
    record(connection, "withdraw_service", arguments.service, office=arguments.office)
    yield f"Kantor {arguments.office} tidak memberi layanan {arguments.service} lagi."
