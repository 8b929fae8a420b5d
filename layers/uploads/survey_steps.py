"""The steps of a file of surveys: looked into like any table, tried and brought in by what its command does too."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from layers.db import sql
from layers.reading.detection import Format
from layers.reading.refusal import FileRefusedError, Kind
from layers.records.accounts import acting
from layers.roads.forms import Finding
from layers.roads.queries import rules
from layers.roads.survey_import import SurveyFile, SurveyOutcome, import_surveys, kemantapan_by_reading
from layers.roads.survey_map import SurveyMap
from layers.roads.table import RoadSurvey
from layers.uploads import keeping
from layers.uploads.looking import look as look_into
from layers.uploads.progress import progress
from layers.uploads.settling import settle
from layers.uploads.sketch import Sketch
from layers.uploads.survey_wishes import OWN

NO_TABLE = "Survei dibaca dari tabel: CSV, XLSX, GeoPackage, atau Parquet, bukan dari berkas OSM."
SEGMENTS = (
    "Ruas yang sama ada di beberapa baris, padahal satu baris dibaca sebagai survei seluruh ruas."
    " Jadikan satu baris tiap ruas, lalu kirim lagi; berkas per segmen belum dapat dibaca."
)
FIRST = 8  # surveys that a trial shows


def look(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Tell what columns a file has."""
    about = look_into(keeping.path(data_dir, row.stored))
    if about["format"] == Format.OSM_PBF.value:
        raise FileRefusedError(NO_TABLE)
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="open", about=about)


def try_out(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Do all that an import does, and take it back."""
    with engine.connect() as connection, connection.begin() as act:
        outcome = _done(engine, connection, data_dir, row)
        act.rollback()
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="tried", outcome=outcome)


def take(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring the surveys in, and note it in the same transaction."""
    with engine.begin() as connection:
        outcome = _done(engine, connection, data_dir, row)
        settle(connection, row.id, row.state, state="taken", outcome=outcome)
    keeping.path(data_dir, row.stored).unlink(missing_ok=True)


def _done(engine: Engine, connection: Connection, data_dir: Path, row: Row[Any]) -> dict[str, Any]:
    keeping.clear_refused(data_dir, row.stored)
    sketch, last = Sketch(), connection.scalar(select(func.max(RoadSurvey.id))) or 0
    file = _file(data_dir, row)
    outcome = import_surveys(connection, acting(connection, row.actor), file, progress(engine, row.id), sketch.watch)
    if row.wishes["mapping"]["name"] == OWN and outcome.refused[Kind.DUPLICATE]:
        raise FileRefusedError(SEGMENTS)
    first = connection.execute(sql("uploads/first_surveys.sql"), {"last": last, "most": FIRST})
    seen = {name: sketch.told()[name] for name in ("refused", "good", "bad")}
    return {**_told(connection, outcome), **seen, "source": row.wishes["mapping"]["source"], "first": _first(first)}


def _file(data_dir: Path, row: Row[Any]) -> SurveyFile:
    wished = row.wishes
    return SurveyFile(
        keeping.path(data_dir, row.stored),
        keeping.refused_folder(data_dir, row.stored) / "ditolak",
        date.fromisoformat(wished["day"]) if wished["day"] else None,
        file_layer=wished["part"],
        mapped=SurveyMap.model_validate(wished["mapping"]),
        called=row.name,
    )


def _told(connection: Connection, outcome: SurveyOutcome) -> dict[str, Any]:
    readings = []
    if outcome.stated.total():
        known = rules(connection)
        taken = kemantapan_by_reading(known, outcome.taken)
        readings = [[name, share, taken[name]] for name, share in kemantapan_by_reading(known, outcome.stated).items()]
    return {
        "came": outcome.came,
        "written": {name: getattr(outcome, name) for name in ("added", "changed", "same")},
        "doubtful": outcome.doubtful,
        "reasons": [[str(kind), count] for kind, count in outcome.refused.most_common()],
        "refused_file": outcome.refused_path.name if outcome.refused_path else "",
        "readings": readings,
    }


def _first(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "road": row.road,
            "kind": row.kind,
            "on": row.surveyed_on.isoformat(),
            "condition": Finding(None, row.metres).condition,
            "doubt": row.doubt,
        }
        for row in rows
    ]
