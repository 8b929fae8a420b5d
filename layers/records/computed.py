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
    """When a layer was last computed (None: never), from which versions, or why it could not be, by language."""

    at: datetime | None
    versions: Mapping[str, int]
    problem: Mapping[str, str] | None


def results(connection: Connection) -> dict[str, Result]:
    """Tell of each layer that anybody has ever tried to compute."""
    table = ComputedLayer
    rows = connection.execute(select(table.layer, table.computed_at, table.versions, table.problem))
    return {row.layer: Result(row.computed_at, row.versions, row.problem) for row in rows}


def record(connection: Connection, layer: str, versions: Mapping[str, int]) -> None:
    """Note that a layer has been computed just now, from these versions."""
    _note(connection, layer, {"computed_at": func.now(), "versions": dict(versions), "problem": null()})


def refuse(connection: Connection, layer: str, versions: Mapping[str, int], problem: Mapping[str, str]) -> None:
    """Note why a layer cannot be computed from these versions; it stays as it was."""
    _note(connection, layer, {"versions": dict(versions), "problem": dict(problem)})


def _note(connection: Connection, layer: str, known: Mapping[str, Any]) -> None:
    statement = insert(ComputedLayer).values(layer=layer, **known)
    connection.execute(statement.on_conflict_do_update(index_elements=["layer"], set_=dict(known)))
