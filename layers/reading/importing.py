"""An import: one file into one layer, checked row by row, written in one transaction, noted as one event."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from layers.layer import Layer
from layers.provenance import SAMPLE
from layers.reading.absence import check_named, check_whole, missing, retire
from layers.reading.apart import read_apart
from layers.reading.checks import check_position, check_shape
from layers.reading.completeness import check_codes, check_found, check_free, check_required
from layers.reading.detection import Format, detect
from layers.reading.identity import identify
from layers.reading.incoming import STAGING, Incoming, unique_column
from layers.reading.mapping import FileMap, guessed, mended, pick, unmended
from layers.reading.meaning import Meaning, meaning
from layers.reading.opening import opened
from layers.reading.osm import tag_columns
from layers.reading.places import Reference, place, reference
from layers.reading.refusal import FileRefusedError, Kind
from layers.reading.refused import Refused
from layers.reading.rows import Rows
from layers.reading.source import Chunk, Source
from layers.reading.twins import NO_TWINS, Twins, twins
from layers.reading.values import read_values
from layers.reading.working_area import WorkingArea, working_area
from layers.reading.writing import Written, amend, write
from layers.records.events import record
from layers.records.licences import keep_licence
from layers.records.preferences import TIME_ZONE, preference

Report = Callable[[str, int, int], None]
Watch = Callable[[Rows], None]


@dataclass(frozen=True)
class Order:
    """What a person asked for: which file into which layer, and how; `refused` is the folder for refused rows.

    `source` is the name that rows keep of where they come from, where it is not the mapping's or the file's. `whole`
    tells that the file holds all that the source has: known rows that it does not hold go. `actor` stands in the trail.
    `file_map` names a saved mapping; `mapped` is one that somebody has made for this file. `called` is what the file
    was called where it came from, if it is kept under another name here.
    """

    layer: Layer
    path: Path
    refused: Path
    file_layer: str = ""
    file_map: str = ""
    area: tuple[str, ...] = ()
    crs: str = ""
    source: str = ""
    dry_run: bool = False
    whole: bool = False
    actor: str = "import"
    mapped: FileMap | None = None
    called: str = ""

    @property
    def name(self) -> str:
        """Name the file as people know it."""
        return self.called or self.path.name


@dataclass(frozen=True)
class Outcome:
    """What became of a file: how many rows came, were written, were refused and why, and where those are."""

    came: int
    written: Written
    refused: Counter[Kind]
    refused_path: Path | None
    file_map: str
    source: str
    area: str
    sha256: str
    twins: Twins = NO_TWINS


@dataclass
class _Work:
    """The parts of one running import, and the identities it has met."""

    layer: Layer
    meaning: Meaning
    file_map: FileMap
    reference: Reference
    area: WorkingArea
    incoming: Incoming
    ids: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)


def import_file(engine: Engine, order: Order, report: Report) -> Outcome:
    """Bring a file into a layer; a dry run does everything and then takes it back.

    `report` hears the name of each step, and rows done and expected. Raises FileRefusedError where the file as a whole
    is not taken; nothing is written then.
    The counts that crowded tiles show follow when the worker folds the changes, within seconds.
    """
    form = detect(order.path)
    with _source(order, form) as (source, file_map), engine.connect() as connection, connection.begin() as act:
        outcome = _import(connection, order, source, file_map, report, unwatched)
        if order.dry_run:
            act.rollback()
    return outcome


def take_in(connection: Connection, order: Order, report: Report, watch: Watch) -> Outcome:
    """Bring a file into a layer within the caller's transaction, who takes it back after a dry run.

    `watch` sees each chunk of rows once it has been checked. Raises FileRefusedError as `import_file` does.
    """
    with _source(order, detect(order.path)) as (source, file_map):
        return _import(connection, order, source, file_map, report, watch)


def unwatched(_: Rows) -> None:
    """Watch no rows."""


@contextmanager
def _source(order: Order, form: Format) -> Iterator[tuple[Source, FileMap]]:
    """Open the file and find its mapping; OSM needs the mapping first, to know which tags are wanted."""
    asked = (order.layer, order.file_map, order.name)
    if form is Format.OSM_PBF:
        file_map = order.mapped or pick(*asked, order.file_layer, (), form.value)
        if file_map is None or not file_map.osm:
            raise FileRefusedError(f"Lapisan {order.layer.id} belum punya pemetaan untuk berkas OSM. Pakai --map.")
        tags = (file_map.osm, tag_columns(file_map.used), order.layer.geometry)
        with read_apart("osm", order.path, *tags) as source:
            yield source, file_map
        return
    with opened(order.path, form, order.file_layer) as source:
        means = meaning(order.layer)
        try:
            file_map = order.mapped or pick(*asked, order.file_layer, source.columns, form.value)
            if file_map is None:
                named = order.source or unmended(source.columns, Path(order.name).stem)
                file_map = guessed(means, source.columns, named, source.has_geometry)
            yield source, file_map.model_copy(update={"source": order.source or file_map.source})
        except FileRefusedError as refusal:
            raise FileRefusedError(str(refusal), source.total) from refusal


def _prepare(connection: Connection, layer: Layer) -> None:
    """Make a transaction one in which an import may run, alone in its layer."""
    connection.execute(text("set local statement_timeout = 0"))
    connection.execute(text("set local work_mem = '64MB'"))
    connection.execute(text("set local peta.importing = 'on'"))  # states jump as they do elsewhere
    connection.execute(text("select pg_advisory_xact_lock(hashtext(:name))"), {"name": f"import {layer.id}"})
    zone = preference(connection, TIME_ZONE)
    connection.execute(text("select set_config('timezone', :zone, true)"), {"zone": zone})


def _import(
    connection: Connection, order: Order, source: Source, file_map: FileMap, report: Report, watch: Watch
) -> Outcome:
    _prepare(connection, order.layer)
    means = meaning(order.layer)
    fields = {*file_map.columns, *file_map.constants, *(() if file_map.place.key else means.fields)}
    area = working_area(connection, order.area, means.placed_by_code)
    if order.whole:
        check_whole(means, file_map, source.columns)
    incoming = Incoming(connection, order.layer, file_map.source, fields)
    work = _Work(order.layer, means, file_map, reference(source, file_map, order.crs), area, incoming)
    with Refused(_refused_path(order), source.has_geometry) as refused:
        came = _take(work, source, refused, report, watch)
    report("tulis", came, came)
    if order.whole:
        check_named(incoming.nameless + len(source.broken))
    double = NO_TWINS if file_map.place.key or means.lasting else twins(incoming, order.layer)
    if double.most and not (file_map.name or order.mapped or _meant(order, double.source == file_map.source)):
        raise FileRefusedError(double.told(file_map.source), came)
    written = _write(work, order, mended(source.columns))
    report("rapikan", came, came)
    if written.any:
        means.afterwards(connection)
    path = refused.path if refused.counts else None
    named = (file_map.name, file_map.source, area.name)
    outcome = Outcome(came, written, refused.counts, path, *named, _hash(order.path), double)
    if file_map.licence:
        keep_licence(connection, order.layer.id, file_map.source, file_map.licence.name, file_map.licence.url)
    _note(connection, order, outcome)
    return outcome


def _meant(order: Order, own: bool) -> bool:
    """Say whether whoever sends a list has settled what becomes of rows that stand there: of its own source or not."""
    return order.whole if own else bool(order.source)


def _take(work: _Work, source: Source, refused: Refused, report: Report, watch: Watch) -> int:
    """Check chunk after chunk, keeping the good rows for the database and the others for people."""
    came = 0
    for chunk in source.chunks:
        rows = _check(work, chunk, first=came == 0)
        work.incoming.add(rows)
        refused.add(rows)
        watch(rows)
        came += len(chunk)
        report("periksa", came, max(source.total, came))
    refused.add_broken(source.broken, source.columns)
    return came + len(source.broken)


def _check(work: _Work, chunk: Chunk, first: bool) -> Rows:
    """Run every check on a chunk: its place, its values, what only this layer knows, and its identity."""
    rows = Rows(chunk)
    key = work.file_map.place.key
    if not key:
        place(rows, work.file_map, work.reference, work.area, first)
        check_position(rows, work.area)
        check_shape(rows, work.layer.geometry, work.file_map.place.longest_km)
    read_values(rows, work.layer, work.file_map, work.meaning)
    work.meaning.complete(rows)
    if not key:
        check_required(rows, work.layer, work.meaning.named)
    if work.meaning.placed_by_code:
        check_codes(rows, work.area)
    identify(rows, work.file_map, work.ids)
    unique = key or unique_column(work.layer)
    if unique:
        giving_way = () if key else (SAMPLE, *work.file_map.supersedes)
        held = work.incoming.taken(rows.values[unique], unique, giving_way)
        if key:
            check_found(rows, unique, held)
        else:
            check_free(rows, unique, held, work.file_map.source, work.codes)
    return rows


def _write(work: _Work, order: Order, in_part: bool) -> Written:
    """Write what came; rows of the source that a whole file does not hold go, and one event names them."""
    if work.file_map.place.key:
        return amend(work.incoming, work.file_map.place.key)
    gone = [] if in_part else missing(work.incoming, work.layer, work.area, work.meaning.placed_by_code)
    if order.whole and gone:
        retire(work.incoming, gone)
        record(work.incoming.connection, order.actor, "retire", work.layer.id, work.incoming.source, source_ids=gone)
    if not order.area:
        work.meaning.beforehand(work.incoming.connection, STAGING)
    written = write(work.incoming, work.layer, work.file_map.supersedes, work.meaning)
    return replace(written, retired=len(gone)) if order.whole else replace(written, missing=len(gone))


def _note(connection: Connection, order: Order, outcome: Outcome) -> None:
    """Write the import into the trail."""
    record(
        connection,
        order.actor,
        "import",
        order.layer.id,
        order.name,
        sha256=outcome.sha256,
        file_layer=order.file_layer,
        mapping=outcome.file_map,
        source=outcome.source,
        area=outcome.area,
        came=outcome.came,
        **asdict(outcome.written),
        refused={str(kind): n for kind, n in sorted(outcome.refused.items())},
    )


def _refused_path(order: Order) -> Path:
    parts = (order.layer.id, order.name.partition(".")[0], order.file_layer, f"{datetime.now():%Y%m%d-%H%M%S-%f}")
    return order.refused / "-".join(_plain(part) for part in parts if part)


def _plain(part: str) -> str:
    """Write a part of a file's name so that it leads nowhere else: the names of layers come from outside."""
    return re.sub(r"[^\w-]+", "_", part)[:60]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
