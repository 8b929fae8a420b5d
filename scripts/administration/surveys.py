"""Surveys of roads: files of them, and the finished works that wait for one."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from layers.reading.refusal import FileRefusedError
from layers.roads.queries import awaiting_survey, rules
from layers.roads.survey_import import SurveyFile, SurveyOutcome, import_surveys, kemantapan_by_reading
from layers.settings import Settings
from scripts.administration.acting import actor, command
from scripts.setup.progress import Trouble


def describe(subjects: Any) -> None:
    """Add the commands about surveys."""
    mine = subjects.add_parser("surveys", help="survei kondisi jalan").add_subparsers(required=True)
    command(mine, "awaiting", "Tampilkan pekerjaan selesai yang belum disurvei", show_awaiting)
    importing = command(mine, "import", "Masukkan berkas survei atas jalan yang sudah ada di peta", read_file)
    importing.add_argument("file", type=Path, metavar="BERKAS")
    importing.add_argument("--date", type=date.fromisoformat, metavar="TANGGAL", help="hari survei, bila berkas diam")
    importing.add_argument("--map", default="", metavar="NAMA", help="pemetaan dari layers/roads/surveys, atau berkas")
    importing.add_argument("--layer", default="", metavar="NAMA", help="lapisan atau lembar di dalam berkas")


def show_awaiting(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """List what works have declared and nobody has seen."""
    for row in awaiting_survey(connection):
        yield f"{row.declared_on}  {row.work}: {row.name or 'tanpa nama'} ({row.id}), {row.length_m:.0f} m"


def read_file(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Keep the surveys of a file, and say what became of its rows."""
    folder = Settings.from_environment(default_database="").data_dir / "refused"
    refused = folder / f"surveys-{arguments.file.stem}-{datetime.now():%Y%m%d-%H%M%S-%f}"
    file = SurveyFile(arguments.file, refused, arguments.date, arguments.map, arguments.layer)
    try:
        outcome = import_surveys(connection, actor(), file)
    except FileRefusedError as refusal:
        raise Trouble(f"Berkas ditolak. {refusal}") from None
    yield f"{outcome.came} baris dibaca; survei: {outcome.added} baru, {outcome.changed} diganti, {outcome.same} sama."
    yield f"{outcome.doubtful} survei diragukan; alasannya tersimpan pada masing-masing."
    for kind, count in outcome.refused.most_common():
        yield f"  {count:>8} ditolak: {kind}"
    if outcome.refused_path:
        yield f"Alasan tiap baris: {outcome.refused_path}"
    yield from _kemantapan(connection, outcome)


def _kemantapan(connection: Connection, outcome: SurveyOutcome) -> Iterator[str]:
    if not outcome.stated.total():
        return
    known = rules(connection)
    taken = kemantapan_by_reading(known, outcome.taken)
    for name, share in kemantapan_by_reading(known, outcome.stated).items():
        inside = taken[name]
        rest = f", yang masuk {inside:.1%}" if inside is not None else ""
        yield f"Kemantapan bila kelasnya dibaca “{name}”: seluruh berkas {share:.1%}{rest}"
