"""Figures from elsewhere that no layer holds: traffic and IJD scores of ruas, poverty of villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.postgresql import insert

from layers.priority.criteria import FROM_FILES
from layers.priority.table import RoadFigure
from layers.records import events
from layers.records.actors import Actor

Figure = dict[str, Any]
COLUMNS = ("criterion", "key", "value", "source", "stated_on")


class FigureError(ValueError):
    """A figure that cannot be used; the message says, in Indonesian, what to mend."""


def figure(line: Mapping[str, str]) -> Figure:
    """Read a figure from a line of a file: criterion, key, value, source, stated_on; raises FigureError."""
    where = f"{line['criterion']} {line['key']}"
    if line["criterion"] not in FROM_FILES or not line["key"] or not line["source"]:
        raise FigureError(f"{where}: kriterianya {', '.join(FROM_FILES)}; kunci dan sumber harus diisi.")
    try:
        value, stated_on = float(line["value"]), date.fromisoformat(line["stated_on"])
    except ValueError:
        raise FigureError(f"{where}: nilai ditulis sebagai angka, tanggal sebagai tahun-bulan-hari.") from None
    if not (isfinite(value) and value >= 0):
        raise FigureError(f"{where}: nilai harus nol atau lebih.")
    return {**line, "value": value, "stated_on": stated_on}


@dataclass(frozen=True)
class Held:
    """How many figures there are of a criterion, who says so, and when it was last stated."""

    criterion: str
    number: int
    sources: tuple[str, ...]
    newest: date


def held(connection: Connection) -> list[Held]:
    """Tell which figures there are, by criterion."""
    said = func.array_agg(func.distinct(RoadFigure.source))
    columns = (RoadFigure.criterion, func.count(), said, func.max(RoadFigure.stated_on))
    rows = connection.execute(select(*columns).group_by(RoadFigure.criterion).order_by(RoadFigure.criterion))
    return [Held(name, number, tuple(sorted(sources)), newest) for name, number, sources, newest in rows]


def every(connection: Connection) -> Sequence[Row[Any]]:
    """List all figures, by the columns of a file."""
    columns = (getattr(RoadFigure, name) for name in COLUMNS)
    return connection.execute(select(*columns).order_by(RoadFigure.criterion, RoadFigure.key)).all()


def keep_figures(connection: Connection, actor: Actor, figures: Sequence[Figure]) -> None:
    """Keep figures; those of the same criterion and key are replaced. Raises FigureError, PermissionError."""
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners bring figures in.")
    keys = [(one["criterion"], one["key"]) for one in figures]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise FigureError(f"{' '.join(twice[0])} disebut dua kali; hapus salah satunya.")
    statement = insert(RoadFigure)
    new = {name: statement.excluded[name] for name in ("value", "source", "stated_on")}
    statement = statement.on_conflict_do_update(index_elements=["criterion", "key"], set_=new)
    connection.execute(statement, list(figures))
    events.record(connection, actor.name, "keep_figures", "priority", rows=len(figures))
