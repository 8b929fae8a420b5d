"""Rankings of candidates under any weights, from the criteria that are kept: light enough for every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.explanation import Changes, changes_to_be_first, rank_without, time_in_top
from geo.priority import METHODS, Criterion, NothingKnownError, Ranking, Table, rank
from geo.weights import AllZeroError, shares
from layers.db import sql
from layers.priority.criteria import MEASURES, OWN

Weights = Mapping[str, float]
FIRST, SECOND = 10, 50
SPREAD, DRAWS, SEED = 0.3, 1_000, 1


@dataclass(frozen=True)
class Judged:
    """The place of one candidate: rank and score None where nothing is known of it; how far it rests on data."""

    rank: int | None
    score: float | None
    rests_on: float
    lowest: float | None
    highest: float | None


def table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Make the table of criteria of some candidates, with gaps where a value is not known."""
    values = np.array([[row[m.key] for m in MEASURES] for row in rows], np.float64).reshape(-1, len(MEASURES))
    return Table(tuple(Criterion(m.key, m.unit.id, m.rising, m.source.id) for m in MEASURES), values)


def judge(rows: Sequence[Mapping[str, Any]], weights: Weights, method: str = "weighted_sum") -> list[Judged]:
    """Rank candidates by weights of any sum; nobody has a place where nothing is known at all."""
    try:
        return judged(rank(table(rows), shares(weights), METHODS[method]))
    except NothingKnownError:
        return [Judged(None, None, 0.0, None, None)] * len(rows)


def judged(ranking: Ranking) -> list[Judged]:
    """Take a ranking apart, candidate by candidate."""
    columns = (ranking.ranks, ranking.scores, ranking.rests_on, ranking.lowest, ranking.highest)
    return [
        Judged(int(place), float(score), float(rests_on), float(lowest), float(highest))
        if place
        else Judged(None, None, 0.0, None, None)
        for place, score, rests_on, lowest, highest in zip(*columns, strict=True)
    ]


def standing(rank: int | None) -> str:
    """Name the standing of one of the regency's own roads by its rank."""
    if rank is None:
        return "tanpa_data"
    return "teratas" if rank <= FIRST else "tinggi" if rank <= SECOND else "lain"


@dataclass(frozen=True)
class Board:
    """Candidates ranked by some weights: rows, table and places in the same order, the first ones first."""

    rows: Sequence[Mapping[str, Any]]
    table: Table
    weights: dict[str, float]
    method: str
    places: Sequence[Judged]

    def at(self, row_id: int) -> int | None:
        """Tell in which row a candidate stands; None where it is not among these."""
        return next((i for i, row in enumerate(self.rows) if row["id"] == row_id), None)

    @property
    def parts(self) -> NDArray[np.float64]:
        """Split each score into what each criterion brought (n, c)."""
        return METHODS[self.method].parts(self.table, np.array([self.weights[key] for key in self.table.keys]))

    def firmness(self, top: int = FIRST) -> NDArray[np.float64]:
        """Tell how often each candidate (n,) is among the first ones when the weights are shaken."""
        method = METHODS[self.method]
        return time_in_top(self.table, self.weights, method, top, spread=SPREAD, draws=DRAWS, seed=SEED)

    def changes(self, at: int) -> Changes:
        """Find what would make the candidate of a row the first."""
        return changes_to_be_first(self.table, self.weights, METHODS[self.method], at)

    def rank_without(self, at: int, key: str) -> int | None:
        """Tell the rank of the candidate of a row without one criterion; None where nothing else carries weight."""
        ranks = self.ranks_without(key)
        return None if ranks is None else int(ranks[at]) or None

    def ranks_without(self, key: str) -> NDArray[np.int_] | None:
        """Tell the ranks (n,) without one criterion, 0 for none; None where nothing else carries weight."""
        try:
            return rank_without(self.table, self.weights, METHODS[self.method], key).ranks
        except (AllZeroError, NothingKnownError):
            return None


def candidates(connection: Connection, unit: str, own: bool) -> list[dict[str, Any]]:
    """List the candidates of one unit (ruas, bagian): the regency's own, or those of other owners."""
    found = connection.execute(sql("priority/of_unit.sql"), {"unit": unit, "own": own, "owners": list(OWN)})
    return [dict(row) for row in found.mappings()]


def ids_of(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Find the candidates of today by their keys; one that is there no more is left out."""
    found = connection.execute(sql("priority/of_keys.sql"), {"keys": list(keys)})
    return {row.source_id: row.id for row in found}


def board(rows: Sequence[Mapping[str, Any]], weights: Weights, method: str) -> Board:
    """Rank candidates, the first ones first; raises a WeightsError that tells what is wrong with the weights."""
    given = {m.key: weights.get(m.key, 0.0) for m in MEASURES}
    places = judge(rows, given, method)
    order = sorted(range(len(rows)), key=lambda i: (places[i].rank is None, places[i].rank or 0, rows[i]["source_id"]))
    kept = [rows[i] for i in order]
    return Board(kept, table(kept), shares(given), method, [places[i] for i in order])
