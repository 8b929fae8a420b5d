"""The report as a workbook that computes the ranking by formulas, with the words of the report beside it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import abort
from flask_babel import gettext
from sqlalchemy import Connection

from layers.exporting.notes import SAMPLE_NOTICE
from layers.priority import LAYER, workbook
from layers.priority.report import Report
from layers.priority.workbook import MOST_ROWS, TooManyError
from webapp import freshness
from webapp.extensions import settings
from webapp.frame import home_regency
from webapp.language import in_language, moment, number
from webapp.priority import wording


def write(connection: Connection, one: Report) -> bytes:
    """Write the workbook; answers 413 where a spreadsheet could not rank so many."""
    home = home_regency(connection)
    where = home.name if home else ""
    head = [one.title, f"{where} – {moment(one.made_at)}" if one.number else f"{where} – {gettext('rancangan')}"]
    head += [] if one.number else [freshness.told(connection, LAYER)]
    head += [in_language(SAMPLE_NOTICE)] if one.sampled else []
    with TemporaryDirectory(dir=_folder()) as folder:
        path = Path(folder) / "ranking.xlsx"
        try:
            workbook.write(one, path, head, _notes(one))
        except TooManyError:
            words = gettext("Lebih dari %(most)s jalan; unduh datanya sebagai CSV.", most=number(MOST_ROWS, 0))
            abort(413, words)
        return path.read_bytes()


def _notes(one: Report) -> list[tuple[str, str]]:
    titled = (
        (gettext("Cara menghitung"), wording.method(one)),
        (gettext("Seberapa kokoh"), wording.firmness(one)),
        (gettext("Batas"), wording.limits()),
    )
    lines = [(str(title), words) for title, told in titled for words in told]
    return lines + list(wording.versions(one))


def _folder() -> Path:
    home = settings().data_dir / "exports"
    home.mkdir(parents=True, exist_ok=True)
    return home
