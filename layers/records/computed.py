"""From when a computed layer is, and from which versions of the layers that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, null, select
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import ComputedLayer


@dataclass(frozen=True)
class Result:
    """When a layer was last computed (None: never) and from which versions, and those of the last try.

    `problem` says by language why the last try was refused.
    """

    at: datetime | None
    versions: Mapping[str, int]
    tried: Mapping[str, int]
    problem: Mapping[str, str] | None


def results(connection: Connection) -> dict[str, Result]:
    """Tell of each layer that anybody has ever tried to compute."""
    table = ComputedLayer
    rows = connection.execute(select(table.layer, table.computed_at, table.versions, table.tried, table.problem))
    return {row.layer: Result(row.computed_at, row.versions, row.tried, row.problem) for row in rows}


def record(connection: Connection, layer: str, versions: Mapping[str, int]) -> None:
    """Note that a layer has been computed just now, from these versions."""
    made = {"computed_at": func.now(), "versions": dict(versions), "tried": dict(versions), "problem": null()}
    _note(connection, layer, made, {})


def refuse(connection: Connection, layer: str, versions: Mapping[str, int], problem: Mapping[str, str]) -> None:
    """Note why a layer cannot be computed from these versions; it stays as it was, and from what it was."""
    _note(connection, layer, {"tried": dict(versions), "problem": dict(problem)}, {"versions": {}})


def _note(connection: Connection, layer: str, known: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Keep what is known of a layer; `before` is what holds where nothing was kept of it yet."""
    statement = insert(ComputedLayer).values(layer=layer, **known, **before)
    connection.execute(statement.on_conflict_do_update(index_elements=["layer"], set_=dict(known)))
