"""What rankings of roads rest on beside the map: what repairs cost, and figures from elsewhere."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.priority.figures import COLUMNS as FIGURES
from layers.priority.figures import FigureError, figure, keep_figures
from layers.priority.treatments import COLUMNS, TreatmentError, keep_treatments, treatment, treatments
from scripts.administration.acting import actor, command, table
from scripts.setup.progress import Trouble


def describe(subjects: Any) -> None:
    """Add the commands about what rankings rest on."""
    mine = subjects.add_parser("priority", help="biaya penanganan dan angka untuk peringkat jalan")
    commands = mine.add_subparsers(required=True)
    command(commands, "treatments", "Tampilkan tabel penanganan dengan sumbernya", show)
    for name, about, act in (
        ("import-treatments", f"Ganti tabel penanganan dari CSV dengan kolom {', '.join(COLUMNS)}", read_treatments),
        (
            "import-figures",
            f"Masukkan lalu lintas, kemiskinan, atau skor IJD dari CSV: {', '.join(FIGURES)}",
            read_figures,
        ),
    ):
        command(commands, name, about, act).add_argument("file", type=Path, metavar="BERKAS")


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List the treatments in force."""
    for row in treatments(connection).rows:
        price = "belum diketahui" if row.rp_per_km is None else f"{row.rp_per_km:,.0f}".replace(",", ".")
        conditions = f"{row.best}–{row.worst} → {row.becomes}"
        yield f"{row.id}  {row.name}  {conditions}  Rp {price}/km  [{row.source}, {row.stated_on}]"


def read_treatments(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Put the table of a file in the place of the one in force."""
    try:
        rows = [treatment(line) for line in table(arguments.file, COLUMNS)]
        keep_treatments(connection, actor(), rows)
    except TreatmentError as wrong:
        raise Trouble(f"Tidak ada yang diubah. {wrong}") from None
    yield f"{len(rows)} penanganan berlaku; peringkat dihitung ulang dalam beberapa menit."


def read_figures(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Bring figures in; those of the same criterion and key are replaced."""
    try:
        figures = [figure(line) for line in table(arguments.file, FIGURES)]
        keep_figures(connection, actor(), figures)
    except FigureError as wrong:
        raise Trouble(f"Tidak ada yang diubah. {wrong}") from None
    yield f"{len(figures)} angka masuk; peringkat dihitung ulang dalam beberapa menit."
