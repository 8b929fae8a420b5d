"""A ranking as it is laid on the table: what was ranked, from what it was made, and how firmly it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.priority import METHODS, Criterion, Table, rank
from layers.layer import Text
from layers.priority.criteria import BY_KEY, Measure
from layers.priority.locks import TOLD, Locked
from layers.priority.ranking import FIRST, Board, judged
from layers.provenance import SAMPLE

SURE = 0.95  # of the draws: beyond it a place among the first ones does not hang on taste
NEVER = 0.05
OF_SAMPLE = f"{SAMPLE}:"  # how keys of made-up roads begin: all that early locks tell of where rows come from


@dataclass(frozen=True)
class Report:
    """A ranking with its criteria in the order of the table's columns, its versions, and when it was made.

    `number`, `hash` and `author` are those of a locked ranking; 0 and "" say that it may still change.
    """

    title: str
    board: Board
    measures: Sequence[Measure]
    versions: Mapping[str, Any]
    made_at: datetime
    number: int = 0
    hash: str = ""
    author: str = ""

    @property
    def sampled(self) -> bool:
        """Say whether any of it is sample data."""
        return any(row["source"] == SAMPLE or row["source_id"].startswith(OF_SAMPLE) for row in self.board.rows)

    @property
    def ranked(self) -> int:
        """Count the candidates that have a place."""
        return sum(place.rank is not None for place in self.board.places)

    @cached_property
    def firmness(self) -> NDArray[np.float64]:
        """Tell how often each candidate (n,) is among the first ones when the weights are shaken."""
        return self.board.firmness()

    @property
    def contested(self) -> list[int]:
        """List the rows whose place among the first ones hangs on taste."""
        return np.flatnonzero((self.firmness > NEVER) & (self.firmness < SURE)).tolist()

    @property
    def firm(self) -> list[int]:
        """List the rows that are among the first ones whatever the taste."""
        return np.flatnonzero(self.firmness >= SURE).tolist()

    def kept_by_other_method(self) -> int:
        """Count the first ones that are among the first by the other method as well."""
        other = next(method for name, method in METHODS.items() if name != self.board.method)
        ranks = rank(self.board.table, self.board.weights, other).ranks
        return int(((ranks[:FIRST] > 0) & (ranks[:FIRST] <= FIRST)).sum())


def of_board(board: Board, title: str, versions: Mapping[str, Any], made_at: datetime) -> Report:
    """Report on a ranking as it stands now."""
    return Report(title, board, board.measures, versions, made_at)


def of_locked(locked: Locked) -> Report:
    """Report on a locked ranking from its frozen inputs alone."""
    measures = [_measure(criterion) for criterion in locked.inputs["criteria"]]
    kept = {one["key"]: one for one in locked.inputs["candidates"]}
    rows = [_row(kept[place["key"]], measures) for place in locked.places]
    values = np.array([[row[m.key] for m in measures] for row in rows], np.float64)
    criteria = tuple(Criterion(c["key"], c["unit"], c["rising"], c["source"]) for c in locked.inputs["criteria"])
    table, weights = Table(criteria, values), dict(locked.weights)
    places = judged(rank(table, weights, METHODS[locked.method]))
    board = Board(rows, table, weights, locked.method, places)
    return Report(
        locked.title, board, measures, locked.versions, locked.locked_at, locked.id, locked.hash, locked.author
    )


def _measure(frozen: Mapping[str, Any]) -> Measure:
    """Give a criterion as it was frozen; in English where it is still the same criterion."""
    known = BY_KEY.get(frozen["key"])
    if known and (known.title.id, known.unit.id, known.rising) == (frozen["title"], frozen["unit"], frozen["rising"]):
        return known
    title, unit, source = (Text(frozen[name], frozen[name]) for name in ("title", "unit", "source"))
    return Measure(frozen["key"], title, Text("", ""), unit, source, 0, frozen["rising"], digits=2)


def _row(frozen: Mapping[str, Any], measures: Sequence[Measure]) -> dict[str, Any]:
    """Give a candidate as it was frozen; what earlier locks did not keep is not known."""
    plain: dict[str, Any] = dict.fromkeys(TOLD)
    values = {m.key: value for m, value in zip(measures, frozen["values"], strict=True)}
    return (
        plain
        | {name: value for name, value in frozen.items() if name != "values"}
        | values
        | {"source_id": frozen["key"]}
    )
