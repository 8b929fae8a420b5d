"""Rankings of candidates under any weights, from the criteria that are kept: light enough for every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.explanation import Changes, changes_to_be_first, rank_without, time_in_top
from geo.priority import METHODS, Criterion, NothingKnownError, Ranking, Table, rank
from geo.weights import AllZeroError, shares
from layers.db import sql
from layers.priority.criteria import MEASURES, OWN, Measure
from layers.priority.units import UNITS, Unit

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


def table(rows: Sequence[Mapping[str, Any]], measures: Sequence[Measure] = MEASURES) -> Table:
    """Make the table of criteria of some candidates, with gaps where a value is not known."""
    values = np.array([[row[m.key] for m in measures] for row in rows], np.float64).reshape(-1, len(measures))
    return Table(tuple(Criterion(m.key, m.unit.id, m.rising, m.source.id) for m in measures), values)


def judge(
    rows: Sequence[Mapping[str, Any]],
    weights: Weights,
    method: str = "weighted_sum",
    measures: Sequence[Measure] = MEASURES,
) -> list[Judged]:
    """Rank candidates by weights of any sum; nobody has a place where nothing is known at all."""
    try:
        return judged(rank(table(rows, measures), shares(weights), METHODS[method]))
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
    measures: Sequence[Measure] = MEASURES

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
    """List the candidates of one unit: of roads the regency's own, or those of other owners."""
    if not UNITS[unit].of_roads:
        return _proposals(connection, UNITS[unit]) if own else []
    found = connection.execute(sql("priority/of_unit.sql"), {"unit": unit, "own": own, "owners": list(OWN)})
    return [dict(row) for row in found.mappings()]


def _proposals(connection: Connection, unit: Unit) -> list[dict[str, Any]]:
    """List what could be built, as the rows of roads are; what is said of roads alone is not known of it."""
    unsaid = dict.fromkeys(("road_id", "from_m", "to_m", "treatment", "cost_rp", "checked_on"))
    plain = unsaid | {"source": unit.id, "owner": OWN[0], "cost_made_up": False}
    unknown = dict.fromkeys(measure.key for measure in unit.measures)
    found = connection.execute(sql("priority/proposals.sql"), {"unit": unit.id}).mappings()
    return [plain | dict(row) | unknown | row["criteria"] for row in found]


def left_out(connection: Connection) -> Sequence[Row[Any]]:
    """List the roads that are judged nowhere since each was drawn on top of another, with that other road."""
    return connection.execute(sql("priority/left_out.sql")).all()


def ids_of(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Find the candidates of today by their keys; one that is there no more is left out."""
    found = connection.execute(sql("priority/of_keys.sql"), {"keys": list(keys)})
    return {row.source_id: row.id for row in found}


def board(
    rows: Sequence[Mapping[str, Any]], weights: Weights, method: str, measures: Sequence[Measure] = MEASURES
) -> Board:
    """Rank candidates, the first ones first; raises a WeightsError that tells what is wrong with the weights."""
    given = {m.key: weights.get(m.key, 0.0) for m in measures}
    places = judge(rows, given, method, measures)
    order = sorted(range(len(rows)), key=lambda i: (places[i].rank is None, places[i].rank or 0, rows[i]["source_id"]))
    kept = [rows[i] for i in order]
    return Board(kept, table(kept, measures), shares(given), method, [places[i] for i in order], measures)
