"""The sample data: a made-up but plausible Lampung Utara, the same on every machine."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import Connection, Engine, Select, column, func, literal, select, table

from layers.areas import queries, sample_facts
from layers.areas.sample_facts import SOURCE
from layers.layer import Layer, named
from layers.offices.acts import assign_default_services
from layers.records import events, versions
from layers.records.preferences import REGENCY, TIME_ZONE, set_preference
from layers.registry import layers

if TYPE_CHECKING:
    from layers.areas.sample import Row, World

Report = Callable[[str, int, int], None]

WORLD = "layers.areas.sample:make"
SURVEYS = "layers.roads.sample_surveys:survey_sample"
HISTORIES = "layers.complaints.sample_history:tell"
WORKS = "layers.works.sample_history:tell"
UNLOCATED = ("areas",)  # the villages themselves lie in no village
LOAD_TIMEOUT_MS = 120_000


def is_empty(engine: Engine) -> bool:
    """Say whether no layer holds a single row."""
    with engine.connect() as connection:
        return not any(connection.execute(_holdings()).one())


def sampled_layers(connection: Connection) -> set[str]:
    """Name the layers that still show sample data."""
    held = connection.execute(holdings_of_sample()).one()._mapping
    return {layer for layer, holds in held.items() if holds}


def holdings_of_sample() -> Select[*tuple[Any, ...]]:
    """Ask of every layer at once whether it holds sample rows."""
    return _holdings(column("source") == literal(SOURCE))


def load(engine: Engine, report: Report) -> None:
    """Make the sample data and write it in one transaction, as one event; `report` hears of each step.

    Raises ValueError where the database already holds something.
    """
    if not is_empty(engine):
        raise ValueError("The database already holds data; sample data goes into an empty one only.")
    sampled = [layer for layer in layers().values() if layer.sample]
    total = len(sampled) + 2
    report("land", 0, total)
    world = named(WORLD)()
    with engine.begin() as connection:
        connection.execute(select(func.set_config("statement_timeout", str(LOAD_TIMEOUT_MS), True)))
        counts = {}
        for done, layer in enumerate(sampled, start=1):
            report(layer.id, done, total)
            counts[layer.id] = _write(connection, layer, rows(layer, world))
        report("register", total - 1, total)
        _finish(connection, counts)
    report("ready", total, total)


def rows(layer: Layer, world: "World") -> Iterator["Row"]:
    """Give the sample rows of one layer, geometry as shapely objects in EPSG:4326."""
    made: Iterator[Row] = named(layer.sample)(world)
    return made


def _finish(connection: Connection, counts: dict[str, int]) -> None:
    assign_default_services(connection)
    named(SURVEYS)(connection)
    named(HISTORIES)(connection)
    named(WORKS)(connection)
    set_preference(connection, REGENCY, sample_facts.REGENCY_CODE)
    set_preference(connection, TIME_ZONE, sample_facts.TIME_ZONE)
    versions.fold(connection)
    events.record(connection, "system", "load_sample", source=SOURCE, rows=counts)


def _write(connection: Connection, layer: Layer, made: Iterator["Row"]) -> int:
    """Copy rows into a layer's table and give each its village."""
    held = list(made)
    columns = ", ".join(f'"{name}"' for name in held[0])
    statement = f'copy "{layer.table_name}" ({columns}) from stdin (format csv)'
    connection.connection.cursor().copy_expert(statement, copied(held))
    if layer.id not in UNLOCATED:
        queries.locate(connection, layer.table_name)
    return len(held)


def copied(held: list["Row"]) -> io.StringIO:
    """Write rows as COPY reads them, in the order of the first one's columns: geometry as EWKB, empty for null."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in held:
        writer.writerow(row[name] if name != "geom" else _ewkb(row[name]) for name in held[0])
    buffer.seek(0)
    return buffer


def _ewkb(shape: Any) -> str:
    return str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))


def _holdings(*conditions: Any) -> Select[*tuple[Any, ...]]:
    """Ask of each layer, in a column of its name, whether it holds a row that meets the conditions."""
    rows = {
        layer.id: select(literal(1)).select_from(table(layer.table_name, column("source"))).where(*conditions)
        for layer in layers().values()
    }
    return select(*(found.exists().label(layer) for layer, found in rows.items()))
