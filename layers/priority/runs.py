"""Questions that the worker answers in a moment, kept so that the same question is answered once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, null, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.priority.refusals import GIVEN_UP
from layers.priority.table import PriorityRun
from layers.priority.treatments import treatments
from layers.priority.trips import trips
from layers.questions import MOST_TRIES
from layers.records.actors import Actor
from layers.records.queue import LONG, PROMPT, defer
from layers.records.versions import states, versions
from layers.roads.queries import newest_version

TASK = "answer_what_if"
SCENARIO = "scenario"  # the kind that takes a moment once the network is at hand
LAYERS = ("roads", "offices", "areas", "settlements", "waste")
RESTS_ON = (*LAYERS, "road_rules", "treatments", "rasters", "home")
ID_LETTERS = 16
PATIENCE = timedelta(minutes=1)  # after which a question that a worker left unanswered is asked anew


@dataclass(frozen=True)
class Run:
    """A question with its answer, or the problem why there is none; neither while the worker is at it.

    `versions` are those of all that the answer rests on, None where it was given before they were kept.
    """

    id: str
    kind: str
    asked: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    problem: str | None
    done_at: datetime | None
    versions: Mapping[str, Any] | None

    @property
    def done(self) -> bool:
        """Say whether the worker has ended."""
        return self.answer is not None or self.problem is not None


def ask(connection: Connection, actor: Actor, kind: str, asked: Mapping[str, Any]) -> str:
    """Have the worker answer a question, unless it did so over the very same data, and name the run.

    One that has no answer is tried anew: not every problem lies in the data, by which a question is known.
    """
    run = name(connection, kind, asked)
    row = {"id": run, "kind": kind, "asked": dict(asked), "author": actor.name}
    statement = insert(PriorityRun).values(row)
    forgotten = PriorityRun.done_at.is_(None) & (PriorityRun.made_at < func.now() - PATIENCE)
    again = {"made_at": func.now(), "done_at": null(), "problem": null(), "tries": 0}
    failed = forgotten | PriorityRun.problem.is_not(None)
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=again, where=failed)
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


def begin(connection: Connection, run_id: str) -> bool:
    """Count a try of a question, and say whether to answer it: not once it is done; after MOST_TRIES it is given up.

    To be committed before the work begins, so that a try over which the worker dies counts too.
    """
    waiting = (PriorityRun.id == run_id) & PriorityRun.done_at.is_(None)
    over = update(PriorityRun).where(waiting, PriorityRun.tries >= MOST_TRIES)
    connection.execute(over.values(problem=GIVEN_UP, done_at=func.now()))
    counted = update(PriorityRun).where(waiting).values(tries=PriorityRun.tries + 1)
    return connection.execute(counted).rowcount > 0


def stated(connection: Connection) -> dict[str, Any]:
    """Name the versions of all that an answer rests on, as they are now."""
    now = versions(connection)
    return {
        "layers": {layer: now.get(layer, 0) for layer in LAYERS},
        "road_rules": newest_version(connection),
        "treatments": treatments(connection).stated,
    }


def changed(connection: Connection, run: Run) -> bool:
    """Say whether anything that an answer rests on has changed since its question was asked."""
    return name(connection, run.kind, run.asked) != run.id


def settle(
    connection: Connection,
    run_id: str,
    answer: Mapping[str, Any] | None,
    problem: str | None,
    versions: Mapping[str, Any] | None = None,
) -> None:
    """Keep what became of a question, and the versions that it was worked out from."""
    kept = {"answer": dict(answer) if answer else None, "versions": dict(versions) if versions else None}
    values = kept | {"problem": problem, "done_at": func.now()}
    connection.execute(update(PriorityRun).where(PriorityRun.id == run_id).values(values))
