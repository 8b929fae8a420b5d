"""Where a layer's rows come from: how many of each source, when they were last checked, under which licence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

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
    known = {**licences(connection, query.layer.id), SAMPLE: query.layer.licence}
    return [Origin(row.source, row[1], row[2], known.get(row.source)) for row in rows]


def mixed(found: Sequence[Origin]) -> bool:
    """Say whether sample rows stand among others, so that each of them has to be marked."""
    return len(found) > 1 and any(each.source == SAMPLE for each in found)


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
