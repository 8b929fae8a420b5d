"""The tables by which roads are judged and their speeds told."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.roads.acts import change_rule, keep_rules
from layers.roads.queries import newest_version, rule_cells, rule_versions
from layers.roads.refusals import RuleError
from layers.roads.rules import CERTAINTIES, RULES, Cell
from scripts.administration.acting import actor, command, table
from scripts.setup.progress import Trouble

COLUMNS = tuple(field.name for field in fields(Cell))


def describe(subjects: Any) -> None:
    """Add the commands about the rules of roads."""
    mine = subjects.add_parser("road-rules", help="aturan kondisi dan kecepatan jalan").add_subparsers(required=True)
    listing = command(mine, "list", "Tampilkan tabel aturan dengan sumbernya", show)
    listing.add_argument("rule", nargs="?", choices=RULES, metavar="TABEL")
    listing.add_argument("--version", type=int, metavar="NOMOR", help="versi lama; biasanya yang berlaku")
    command(mine, "versions", "Tampilkan semua versi", show_versions)
    setting = command(mine, "set", "Ubah satu isian; jadi versi baru", change)
    for name, metavar in (("rule", "TABEL"), ("row", "BARIS"), ("column", "KOLOM"), ("value", "ISI")):
        setting.add_argument(name, metavar=metavar)
    setting.add_argument("--source", required=True, metavar="SUMBER", help="misalnya nomor pedoman")
    setting.add_argument("--certainty", required=True, choices=CERTAINTIES, help="V dibaca, S sekunder, M ingatan")
    setting.add_argument("--reason", required=True, metavar="ALASAN")
    importing = command(mine, "import", f"Ganti tabel-tabel dari CSV dengan kolom {', '.join(COLUMNS)}", read_file)
    importing.add_argument("file", type=Path, metavar="BERKAS")
    importing.add_argument("--reason", required=True, metavar="ALASAN")


def show(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """List the cells of one version."""
    version = arguments.version or newest_version(connection)
    cells = rule_cells(connection, version)
    if not cells:
        raise Trouble(f"Versi {version} tidak ada; lihat scripts/admin road-rules versions.")
    yield f"Versi {version}"
    for cell in cells:
        if arguments.rule in (None, cell.rule):
            yield f"{cell.rule}  {cell.row}  {cell.column}  {cell.value}  [{cell.certainty}: {cell.source}]"


def show_versions(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List the versions, the newest first."""
    for version in rule_versions(connection):
        yield f"{version.version:>4}  {version.made_at:%Y-%m-%d %H:%M}  {version.actor}  {version.reason}"


def change(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Change one cell."""
    cell = Cell(**{name: getattr(arguments, name) for name in COLUMNS})
    seen = newest_version(connection)
    yield from _keep(lambda: change_rule(connection, actor(), cell, arguments.reason, seen), arguments.reason)


def read_file(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Put the tables of a file in the place of those of the same name."""
    coming = [Cell(**row) for row in table(arguments.file, COLUMNS)]
    replaced = {cell.rule for cell in coming}
    seen = newest_version(connection)
    kept = [cell for cell in rule_cells(connection, seen) if cell.rule not in replaced]
    cells = [*kept, *coming]
    yield from _keep(lambda: keep_rules(connection, actor(), cells, arguments.reason, seen), arguments.reason)


def _keep(act: Callable[[], int], reason: str) -> Iterator[str]:
    try:
        version = act()
    except RuleError as wrong:
        raise Trouble(f"Tidak ada yang diubah. {wrong}") from None
    yield f"Versi {version} berlaku untuk survei berikutnya. {reason}"
