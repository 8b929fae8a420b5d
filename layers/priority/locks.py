"""Rankings that are locked: with their inputs frozen, so that they give the same result however much later."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from geo.priority import METHODS, Criterion, Table, rank
from layers.priority.ranking import Board, judged
from layers.priority.table import LockedRanking
from layers.priority.treatments import treatments
from layers.records import computed, events
from layers.records.actors import Actor
from layers.records.versions import versions
from layers.roads.queries import newest_version

LONGEST_TITLE = 120
TOLD = (
    *("source", "name", "unit", "village_code", "length_m", "from_m", "to_m", "lon", "lat"),
    *("treatment", "cost_rp", "cost_made_up"),
)


class LockError(ValueError):
    """A ranking that cannot be locked; the message says, in Indonesian, what to mend."""


@dataclass(frozen=True)
class Locked:
    """A locked ranking; `places` are key, name, rank and score, the first ones first, as they were decided."""

    id: int
    title: str
    author: str
    locked_at: datetime
    method: str
    weights: Mapping[str, float]
    versions: Mapping[str, Any]
    inputs: Mapping[str, Any]
    hash: str
    result: Mapping[str, Any]

    @property
    def places(self) -> list[dict[str, Any]]:
        """List the candidates in the order that was decided."""
        places: list[dict[str, Any]] = self.result["places"]
        return places

    @property
    def holds(self) -> bool:
        """Say whether the frozen inputs are those that were hashed, and give the very same result again."""
        return digest(self.inputs) == self.hash and recomputed(self) == self.places


def lock(connection: Connection, actor: Actor, title: str, board: Board) -> int:
    """Lock a ranking for good and give its number; raises LockError, PermissionError."""
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners lock rankings.")
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise LockError(f"Beri peringkat ini judul, paling panjang {LONGEST_TITLE} huruf.")
    if not any(place.rank for place in board.places):
        raise LockError("Belum ada jalan yang dapat dinilai, sehingga tidak ada yang dapat dikunci.")
    inputs = frozen(board)
    row = {
        "title": title.strip(),
        "author": actor.name,
        "method": board.method,
        "weights": board.weights,
        "versions": stated_versions(connection),
        "inputs": inputs,
        "hash": digest(inputs),
        "result": {"places": _places(inputs, board.weights, board.method)},
    }
    number = int(connection.execute(insert(LockedRanking).values(row).returning(LockedRanking.id)).scalar_one())
    events.record(connection, actor.name, "lock_ranking", "priority", str(number), hash=row["hash"])
    return number


def frozen(board: Board) -> dict[str, Any]:
    """Write down the criteria and each candidate with its values, a gap as null, and what a report says of it."""
    criteria = [
        {"key": m.key, "title": m.title.id, "unit": m.unit.id, "rising": m.rising, "source": m.source.id}
        for m in board.measures
    ]
    candidates = [
        {"key": row["source_id"], "values": [_number(row[m.key]) for m in board.measures]} | {n: row[n] for n in TOLD}
        for row in board.rows
    ]
    return {"criteria": criteria, "candidates": candidates}


def digest(inputs: Mapping[str, Any]) -> str:
    """Hash inputs (SHA-256 of their JSON with sorted keys), so that nobody can change them unseen."""
    written = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def recomputed(locked: Locked) -> list[dict[str, Any]]:
    """Rank the frozen inputs anew by the frozen weights."""
    return _places(locked.inputs, locked.weights, locked.method)


def locked(connection: Connection, number: int) -> Locked | None:
    """Find a locked ranking."""
    found = connection.execute(select(LockedRanking.__table__).where(LockedRanking.id == number)).mappings().first()
    return Locked(**found) if found else None


def locked_rankings(connection: Connection) -> Sequence[Any]:
    """List the locked rankings, the newest first, without their inputs."""
    columns = (LockedRanking.id, LockedRanking.title, LockedRanking.author, LockedRanking.locked_at)
    return connection.execute(select(*columns).order_by(LockedRanking.locked_at.desc(), LockedRanking.id.desc())).all()


def stated_versions(connection: Connection) -> dict[str, Any]:
    """Name the versions of all that a ranking rests on."""
    result = computed.results(connection).get("priority")
    return {
        "computed_at": result.at.isoformat() if result and result.at else None,
        "layers": dict(result.versions) if result else {},
        "priority": versions(connection).get("priority", 0),
        "road_rules": newest_version(connection),
        "treatments": treatments(connection).stated,
    }


def _number(value: float | None) -> float | None:
    return None if value is None else float(value) + 0.0  # JSON in the database knows no minus zero


def _places(inputs: Mapping[str, Any], weights: Mapping[str, float], method: str) -> list[dict[str, Any]]:
    criteria = tuple(Criterion(c["key"], c["unit"], c["rising"], c["source"]) for c in inputs["criteria"])
    values = np.array([one["values"] for one in inputs["candidates"]], np.float64)
    ranked = judged(rank(Table(criteria, values), weights, METHODS[method]))
    listed = [
        {"key": one["key"], "name": one["name"], "rank": place.rank, "score": place.score, "rests_on": place.rests_on}
        for one, place in zip(inputs["candidates"], ranked, strict=True)
    ]
    return sorted(listed, key=lambda place: (place["rank"] is None, place["rank"] or 0, place["key"]))
