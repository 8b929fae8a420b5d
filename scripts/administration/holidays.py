"""The days on which offices are closed."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.records.calendar import KINDS, keep_holidays, remove_holiday
from layers.records.calendar import holidays as holidays_of
from layers.records.tables import Holiday
from scripts.administration.acting import command, record, table
from scripts.setup.progress import Trouble

COLUMNS = ("day", "name", "kind", "source")


def describe(subjects: Any) -> None:
    """Add the commands about holidays."""
    mine = subjects.add_parser("holidays", help="hari libur nasional dan cuti bersama").add_subparsers(required=True)
    listing = command(mine, "list", "Tampilkan hari libur satu tahun", show)
    listing.add_argument("year", type=int, metavar="TAHUN")
    adding = command(mine, "add", "Tambah atau ubah satu hari libur", add)
    adding.add_argument("day", metavar="TANGGAL", help="misalnya 2027-03-10")
    adding.add_argument("name", metavar="NAMA")
    adding.add_argument("--kind", choices=KINDS, default=KINDS[0])
    adding.add_argument("--source", required=True, metavar="SUMBER", help="misalnya nomor SKB")
    removing = command(mine, "remove", "Hapus satu hari libur", remove)
    removing.add_argument("day", metavar="TANGGAL")
    importing = command(mine, "import", f"Baca hari libur dari CSV dengan kolom {', '.join(COLUMNS)}", read_file)
    importing.add_argument("file", type=Path, metavar="BERKAS")
    importing.add_argument("--replace", action="store_true", help="ganti semua hari libur tahun-tahun di berkas itu")


def show(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """List a year's holidays with their sources."""
    found = holidays_of(connection, arguments.year)
    yield from (f"{h.day}  {h.kind:<12}  {h.name}  [{h.source}]" for h in found)
    if not found:
        yield f"Belum ada hari libur tahun {arguments.year}: kantor akan terbaca buka pada hari-hari itu."


def add(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Close offices on a day."""
    row = {column: str(getattr(arguments, column)) for column in COLUMNS}
    holiday = _holiday(row, "TANGGAL")
    keep_holidays(connection, [holiday])
    record(connection, "keep_holiday", row["day"], name=row["name"], kind=row["kind"], source=row["source"])
    yield f"{holiday.day} libur: {holiday.name}"


def remove(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Open offices on a day again."""
    day = _day(arguments.day, "TANGGAL")
    if not remove_holiday(connection, day):
        raise Trouble(f"{day} bukan hari libur; lihat daftarnya dengan scripts/admin holidays list {day.year}.")
    record(connection, "remove_holiday", str(day))
    yield f"{day} bukan hari libur lagi."


def read_file(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Keep every holiday of a file, or none where a row cannot be read."""
    rows = table(arguments.file, COLUMNS)
    days = [_holiday(row, f"Baris {number}") for number, row in enumerate(rows, start=2)]
    removed = 0
    if arguments.replace:
        old = [h.day for year in {d.day.year for d in days} for h in holidays_of(connection, year)]
        removed = sum(remove_holiday(connection, day) for day in old)
    kept = keep_holidays(connection, days)
    record(connection, "import_holidays", arguments.file.name, kept=kept, removed=removed)
    yield f"{kept} hari libur disimpan dari {arguments.file.name}."


def _holiday(row: dict[str, str], where: str) -> Holiday:
    if row["kind"] not in KINDS:
        raise Trouble(f"{where}: kind adalah {' atau '.join(KINDS)}.")
    if not row["name"] or not row["source"]:
        raise Trouble(f"{where}: name dan source harus diisi.")
    return Holiday(**{**row, "day": _day(row["day"], where)})


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Trouble(f"{where}: tulis tanggal sebagai tahun-bulan-hari, misalnya 2027-03-10.") from None
