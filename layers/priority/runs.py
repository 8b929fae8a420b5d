"""Questions that the worker answers in a moment, kept so that the same question is answered once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.priority.table import PriorityRun
from layers.priority.trips import trips
from layers.records.actors import Actor
from layers.records.queue import LONG, PROMPT, defer
from layers.records.versions import states

TASK = "answer_what_if"
SCENARIO = "scenario"  # the kind that takes a moment once the network is at hand
LAYERS = ("roads", "offices", "areas", "settlements", "waste")
RESTS_ON = (*LAYERS, "road_rules", "treatments", "rasters", "home")
ID_LETTERS = 16
PATIENCE = timedelta(minutes=1)  # after which a question that a worker left unanswered is asked anew


@dataclass(frozen=True)
class Run:
    """A question with its answer, or the problem why there is none; neither while the worker is at it."""

    id: str
    kind: str
    asked: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    problem: str | None
    done_at: datetime | None

    @property
    def done(self) -> bool:
        """Say whether the worker has ended."""
        return self.answer is not None or self.problem is not None


def ask(connection: Connection, actor: Actor, kind: str, asked: Mapping[str, Any]) -> str:
    """Have the worker answer a question, unless it did so over the very same data, and name the run."""
    run = name(connection, kind, asked)
    row = {"id": run, "kind": kind, "asked": dict(asked), "author": actor.name}
    statement = insert(PriorityRun).values(row)
    forgotten = PriorityRun.done_at.is_(None) & (PriorityRun.made_at < func.now() - PATIENCE)
    again = {"made_at": func.now()}
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=again, where=forgotten)
    if connection.execute(statement).rowcount:
        defer(connection, TASK, PROMPT if kind == SCENARIO else LONG, f"{TASK}:{run}", run=run)
    return run


def name(connection: Connection, kind: str, asked: Mapping[str, Any]) -> str:
    """Name a question by what it asks and by the state of all data that its answer rests on."""
    state = states(connection)
    taken = [(one.kind, one.trips, one.longest_min) for one in trips(connection)]
    stated = [kind, asked, [state.of(layer) for layer in RESTS_ON], taken]
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()[:ID_LETTERS]


def run(connection: Connection, run_id: str) -> Run | None:
    """Find a question and what became of it."""
    columns = (getattr(PriorityRun, one.name) for one in fields(Run))
    found = connection.execute(select(*columns).where(PriorityRun.id == run_id)).first()
    return Run(*found) if found else None


def settle(connection: Connection, run_id: str, answer: Mapping[str, Any] | None, problem: str | None) -> None:
    """Keep what became of a question."""
    values = {"answer": dict(answer) if answer else None, "problem": problem, "done_at": func.now()}
    connection.execute(update(PriorityRun).where(PriorityRun.id == run_id).values(values))
