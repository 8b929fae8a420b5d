"""Where a layer's rows come from: how many of each source, when they were last checked, under which licence."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, func, select, text

from layers.db import HERE
from layers.layer import Layer, Licence, Text
from layers.query import Query, conditions
from layers.records.licences import licences

SAMPLE = "contoh"
NOT_STATED = Text("lisensi tidak dinyatakan", "licence not stated")


@dataclass(frozen=True)
class Origin:
    """The rows of one source; `checked_on` is the latest day on which one of them was checked.

    `licence` is None where the source states none that is known.
    """

    source: str
    number: int
    checked_on: date | None
    licence: Licence | None = None


def origins(connection: Connection, layer: Layer) -> list[Origin]:
    """List the sources of a layer's rows, the largest first."""
    return origins_of(connection, Query(layer))


def origins_of(connection: Connection, query: Query) -> list[Origin]:
    """List the sources of what a query finds on all its pages, the largest first; raises QueryError.

    Sample rows are under the licence that the layer itself states.
    """
    number = func.count()
    statement = select(query.table.c.source, number, func.max(query.table.c.checked_on)).where(*conditions(query))
    rows = connection.execute(statement.group_by(query.table.c.source).order_by(number.desc(), query.table.c.source))
    known = _licences(connection, query.layer)
    return [Origin(row.source, row[1], row[2], known.get(row.source)) for row in rows]


def origins_among(connection: Connection, layer: Layer, rows: Sequence[Mapping[str, Any]]) -> list[Origin]:
    """List the sources of some of a layer's rows, the most frequent first."""
    known = _licences(connection, layer)
    counted = Counter(row["source"] for row in rows)
    return [Origin(source, number, None, known.get(source)) for source, number in counted.most_common()]


def sources(connection: Connection, layer: Layer) -> list[str]:
    """List the names of a layer's sources by alphabet, one look into the index a source."""
    return list(connection.execute(_sources(layer.table_name)).scalars())


def mixed(found: Collection[str]) -> bool:
    """Say whether sample rows stand among those of other sources, so that each of them has to be marked."""
    return len(found) > 1 and SAMPLE in found


def terms(found: Sequence[Origin]) -> Text:
    """Say under which licences rows may be used: source by source, where they have several."""
    stated = [(each.source, each.licence.name if each.licence else "") for each in found]
    if not stated:
        return NOT_STATED
    if len(stated) == 1:
        ((_, name),) = stated
        return Text(name or NOT_STATED.id, name or NOT_STATED.en)
    return Text(
        "; ".join(f"{source}: {name or NOT_STATED.id}" for source, name in stated),
        "; ".join(f"{source}: {name or NOT_STATED.en}" for source, name in stated),
    )


def _licences(connection: Connection, layer: Layer) -> dict[str, Licence]:
    return {**licences(connection, layer.id), SAMPLE: layer.licence}


@cache
def _sources(table: str) -> TextClause:
    return text((HERE / "sources.sql").read_text(encoding="utf-8").format(table=table))
