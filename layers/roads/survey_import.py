"""An import of surveys: one file about roads that are on the map, in one transaction, noted as one event."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, insert, text, update

from layers.db import sql
from layers.reading.detection import detect
from layers.reading.identity import identify
from layers.reading.importing import Report, Watch, unwatched
from layers.reading.opening import opened
from layers.reading.refusal import FileRefusedError, Kind
from layers.reading.refused import Refused
from layers.reading.rows import Rows
from layers.records.actors import Actor
from layers.records.events import record
from layers.roads.acts import LAYER
from layers.roads.queries import Lengths, rules
from layers.roads.rules import CLASSES, Rules
from layers.roads.standing import settle
from layers.roads.survey_map import SurveyMap, Wave, survey_map
from layers.roads.survey_rows import Place, Reading, numbers, refuse_empty, surveys
from layers.roads.table import RoadSurvey

EXTENT = ("road_id", "kind", "surveyed_on", "from_m", "to_m")


@dataclass(frozen=True)
class SurveyFile:
    """A file of surveys: where it is, which day it is of where it tells none, and where refused rows go.

    `mapped` says what its columns mean where no saved mapping is asked for, `called` what people call the file.
    """

    path: Path
    refused: Path
    day: date | None = None
    map: str = ""
    file_layer: str = ""
    mapped: SurveyMap | None = None
    called: str = ""

    @property
    def name(self) -> str:
        """Name the file as people know it."""
        return self.called or self.path.name


@dataclass
class SurveyOutcome:
    """What became of a file of surveys.

    `stated` holds the metres of each outside class over all rows that can be read, `taken` over those that went in.
    """

    came: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    doubtful: int = 0
    refused: Counter[Kind] = field(default_factory=Counter)
    refused_path: Path | None = None
    stated: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)


def unreported(_step: str, _done: int, _total: int) -> None:
    """Report to nobody."""


def import_surveys(
    connection: Connection, actor: Actor, file: SurveyFile, report: Report = unreported, watch: Watch = unwatched
) -> SurveyOutcome:
    """Keep the surveys of a file; what came before from the same source is the same or is withdrawn for the new.

    `report` hears how far it is, `watch` sees each chunk of rows that has been checked. Raises FileRefusedError where
    the file as a whole is not taken, and PermissionError.
    """
    if not (actor.may("administrator") or actor.may("planner")):
        raise PermissionError("Hanya administrator dan perencana kabupaten yang boleh memasukkan berkas survei.")
    connection.execute(text("set local statement_timeout = 0"))
    outcome = SurveyOutcome()
    with opened(file.path, detect(file.path), file.file_layer) as source:
        known = file.mapped or survey_map(file.map, file.name, source.columns)
        reading = Reading(rules(connection), _day(file, known), known.source)
        with Refused(file.refused, source.has_geometry) as refused:
            seen: set[str] = set()
            for chunk in source.chunks:
                rows = Rows(chunk)
                _take(connection, rows, known, reading, seen, refused, outcome)
                watch(rows)
                report("periksa", outcome.came, source.total)
            refused.add_broken(source.broken, source.columns)
            outcome.came += len(source.broken)
        outcome.refused, outcome.refused_path = refused.counts, refused.path if refused.counts else None
    _note(connection, actor, file, outcome)
    return outcome


def kemantapan_by_reading(known: Rules, metres: Mapping[str, float]) -> dict[str, float | None]:
    """Give kemantapan of metres by outside class under each row of four_classes."""
    shares = {}
    for read_as, ours in known.cells["four_classes"].items():
        lengths = dict.fromkeys(CLASSES, 0.0)
        for outside, length in metres.items():
            lengths[ours[outside]] += length
        shares[read_as] = Lengths(lengths).steady_share
    return shares


def _day(file: SurveyFile, known: SurveyMap) -> date:
    if file.day is None and any(wave.on is None for wave in known.waves):
        raise FileRefusedError("Berkas ini tidak memuat tanggal survei: sebut dengan --date.")
    return file.day or date.min


def _take(
    connection: Connection,
    rows: Rows,
    known: SurveyMap,
    reading: Reading,
    seen: set[str],
    refused: Refused,
    outcome: SurveyOutcome,
) -> None:
    """Check a chunk and keep its surveys."""
    missing = {column for wave in known.waves for column in wave.columns} - set(rows.chunk.rows.column_names)
    if missing:
        raise FileRefusedError(f"Kolom {', '.join(sorted(missing))} tidak ada.")
    identify(rows, known, seen)
    cells = [numbers(rows, wave) for wave in known.waves]
    for wave, held in zip(known.waves, cells, strict=True):
        outcome.stated.update(_metres(wave, held, rows.good))
        refuse_empty(rows, wave, held)
    places = _places(connection, rows, reading.source)
    unknown = np.array([row_id not in places for row_id in rows.ids], bool)
    rows.refuse(
        unknown, Kind.NOT_FOUND, lambda i: f"Jalan {rows.ids[i]} ({reading.source}) belum ada di peta: impor dahulu."
    )
    made = [one for w, c in zip(known.waves, cells, strict=True) for one in surveys(rows, w, c, places, reading)]
    there = _there(connection, [one for _, one in made])
    for i, one in made:
        before = there.get(_extent(one))
        if before is not None and before.source != reading.source:
            reason = f"Survei {before.id} ({before.source}) atas bagian jalan dan hari yang sama sudah ada."
            rows.refuse(np.arange(len(rows.good)) == i, Kind.TAKEN, reason)
    for wave, held in zip(known.waves, cells, strict=True):
        outcome.taken.update(_metres(wave, held, rows.good))
    _write(connection, [(one, there.get(_extent(one))) for i, one in made if rows.good[i]], outcome)
    refused.add(rows)
    outcome.came += len(rows.chunk)


def _metres(wave: Wave, cells: Mapping[str, np.ndarray], good: np.ndarray) -> dict[str, float]:
    return {name: float(np.nansum(cells[column][good])) for name, column in wave.metres.items()}


def _places(connection: Connection, rows: Rows, source: str) -> dict[str, Place]:
    asked = {"source": source, "ids": [str(row_id) for row_id in rows.ids[rows.good]]}
    found = connection.execute(sql("roads/places_of_surveys.sql"), asked)
    return {row.source_id: Place(row.id, row.surface, row.length_m, row.straight_m) for row in found}


def _there(connection: Connection, made: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], Any]:
    roads = sorted({one["road_id"] for one in made})
    found = connection.execute(sql("roads/surveys_there.sql"), {"roads": roads})
    return {_extent(row._asdict()): row for row in found}


def _extent(survey: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(survey[name] for name in EXTENT)


def _write(connection: Connection, made: Sequence[tuple[dict[str, Any], Any]], outcome: SurveyOutcome) -> None:
    """Add what is new, leave what is the same, and put what differs in the place of what came before."""
    new = [one for one, before in made if before is None or before.inputs != one["inputs"]]
    old = [before.id for one, before in made if before is not None and before.inputs != one["inputs"]]
    gone = {"withdrawn_at": func.now(), "withdrawn_because": "diganti berkas yang lebih baru"}
    connection.execute(update(RoadSurvey).where(RoadSurvey.id.in_(old)).values(gone))
    if new:
        connection.execute(insert(RoadSurvey), new)
    settle(connection, sorted({one["road_id"] for one in new}))
    outcome.added += len(new) - len(old)
    outcome.changed += len(old)
    outcome.same += len(made) - len(new)
    outcome.doubtful += sum(one["doubt"] is not None for one, _ in made)


def _note(connection: Connection, actor: Actor, file: SurveyFile, outcome: SurveyOutcome) -> None:
    counts: Iterable[str] = ("came", "added", "changed", "same", "doubtful")
    with file.path.open("rb") as opened_file:
        digest = hashlib.file_digest(opened_file, "sha256").hexdigest()
    detail = {name: getattr(outcome, name) for name in counts}
    refused = {str(kind): n for kind, n in sorted(outcome.refused.items())}
    record(connection, actor.name, "import_surveys", LAYER, file.name, sha256=digest, **detail, refused=refused)
