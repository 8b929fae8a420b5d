"""Computed layers: stale when a layer they need has changed, computed anew by the worker, saying from when they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from json import dumps
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    cast,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB, insert

from layers.layer import Layer, Text, named
from layers.provenance import SAMPLE, sources
from layers.records import computed
from layers.records.versions import versions
from layers.records.visits import count_visit, forget, visits
from layers.registry import layers

KEY = ("source", "source_id")
COMPUTED = "dihitung"
MOST_TRIES, TRIED_S = 3, 24 * 3600
GIVEN_UP = Text(
    f"perhitungannya gagal {MOST_TRIES} kali; beri tahu administrator.",
    f"computing it has failed {MOST_TRIES} times; tell an administrator.",
)


class NothingToComputeError(ValueError):
    """What a layer is computed from is not there; the text says what is missing and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Standing:
    """When a layer was computed (None: not yet), and whether a layer that it needs has changed since.

    `problem` says why it could not be computed anew: then it is as it was at `at`.
    """

    at: datetime | None
    stale: bool
    problem: Text | None = None


def standing(connection: Connection, layer: Layer) -> Standing | None:
    """Tell from when a computed layer is; None for an observed one."""
    if layer.observed:
        return None
    result = computed.results(connection).get(layer.id)
    if result is None:
        return Standing(None, stale=True)
    problem = Text(**result.problem) if result.problem else None
    return Standing(result.at, result.tried != _needed(layer, versions(connection)), problem)


def due(connection: Connection) -> list[Layer]:
    """List the computed layers that are stale and need no other one that is: those can be computed now."""
    known, current = computed.results(connection), versions(connection)
    stale = {
        layer.id
        for layer in layers().values()
        if not layer.observed
        and (
            layer.id not in known
            or known[layer.id].tried != _needed(layer, current)
            or _rested(connection, layer, known[layer.id].problem)
        )
    }
    return [layers()[layer_id] for layer_id in sorted(stale) if not stale & set(layers()[layer_id].needs)]


def begin(connection: Connection, layer: Layer) -> bool:
    """Count a try to compute a layer, and say whether it is to be made.

    To be committed before the work begins: a layer that fails again and again, or over which the worker dies, is given
    up. It then stays as it was for a day or until what it needs changes, and those that need it wait for it no longer.
    """
    if count_visit(connection, _tries(layer), TRIED_S) <= MOST_TRIES:
        return True
    forget(connection, _tries(layer))
    computed.refuse(connection, layer.id, _needed(layer, versions(connection)), asdict(GIVEN_UP))
    count_visit(connection, _rest(layer), TRIED_S)
    return False


def compute(connection: Connection, layer: Layer) -> None:
    """Compute a layer anew, and note from what.

    The versions are read first: what changes while it is computed makes it stale again. Where there is nothing to
    compute it from, it stays as it is, and why is noted.
    """
    needed = _needed(layer, versions(connection))
    try:
        with connection.begin_nested():
            named(layer.compute)(connection, layer)
    except NothingToComputeError as refusal:
        computed.refuse(connection, layer.id, needed, asdict(refusal.text))
    else:
        computed.record(connection, layer.id, needed)
    forget(connection, _tries(layer))


def source(connection: Connection, layer: Layer) -> str:
    """Name the source of what a layer computes: sample data as long as any layer that it needs holds such rows."""
    return SAMPLE if any(SAMPLE in sources(connection, layers()[need]) for need in layer.needs) else COMPUTED


def keep(connection: Connection, layer: Layer, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make a layer hold these rows (each with source and source_id) and no others.

    What is the same is not written and keeps its id and what was added to it, so that only a change makes new tiles.
    """
    table = layer.table.__table__
    gone = delete(table)
    if rows:
        named_rows = (func.unnest(cast([row[name] for row in rows], ARRAY(SqlText))) for name in KEY)
        gone = gone.where(tuple_(*(table.c[name] for name in KEY)).not_in(select(*named_rows)))
    connection.execute(gone)
    if not rows:
        return
    names = list(rows[0])
    statement = insert(table).from_select(names, select(*_arriving(layer, names, rows)))
    values = {name: statement.excluded[name] for name in names if name not in KEY}
    differs = or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
    connection.execute(statement.on_conflict_do_update(index_elements=KEY, set_=values, where=differs))


def _arriving(layer: Layer, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterable[ColumnElement[Any]]:
    """Hand all rows over at once, as columns of the layer's own types: one by one thousands take many seconds."""
    sent = cast(literal(dumps(list(rows), default=str), SqlText()), JSONB)
    shape: ColumnElement[Any] = literal_column(f"cast(null as {layer.table_name})")
    return func.jsonb_populate_recordset(shape, sent).table_valued(*names).c


def _tries(layer: Layer) -> str:
    return f"compute-{layer.id}"


def _rest(layer: Layer) -> str:
    return f"rest-{layer.id}"


def _rested(connection: Connection, layer: Layer, problem: Mapping[str, str] | None) -> bool:
    """Say whether it was given up a day ago: what made it fail, such as a full disk, may be gone by now."""
    return problem == asdict(GIVEN_UP) and visits(connection, _rest(layer)) is None


def _needed(layer: Layer, current: Mapping[str, int]) -> dict[str, int]:
    return {need: current.get(need, 0) for need in (*layer.needs, *layer.watches)}
