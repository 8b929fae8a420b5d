"""Answers the questions that wait: scenarios, and choices of works for a budget. For the worker alone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from layers.computing import NothingToComputeError
from layers.priority import budget_questions, budgets, scenario_questions, scenarios
from layers.priority.refusals import BUSY, MISSING, WhatIfError
from layers.priority.runs import run, settle, stated

PATIENCE_MS = 300
LOCKED = "55P03"  # what PostgreSQL answers once a lock was waited for long enough


def answer(connection: Connection, run_id: str) -> None:
    """Work a kept question out, unless that has been done, and keep what it brings, or why it cannot be worked out.

    The versions are read first: what changes in the meantime is not said to be in the answer.
    """
    found = run(connection, run_id)
    if found is None or found.done:
        return
    versions = stated(connection)
    try:
        settle(connection, run_id, KINDS[found.kind](connection, found.asked), None, versions)
    except WhatIfError as problem:
        settle(connection, run_id, None, str(problem))
    except NothingToComputeError as missing:
        settle(connection, run_id, None, MISSING % missing.text.id)


def _scenario(connection: Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    with _at_once(connection):
        return scenarios.worked_out(connection, scenario_questions.read(asked))


@contextmanager
def _at_once(connection: Connection) -> Iterator[None]:
    """Raise WhatIfError rather than wait for a computation that writes where people live: it may take minutes, and
    whoever asks next would wait too.
    """
    try:
        with connection.begin_nested():
            connection.execute(text(f"set local lock_timeout = {PATIENCE_MS}"))
            yield
            connection.execute(text("set local lock_timeout to default"))
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) != LOCKED:
            raise
        raise WhatIfError(BUSY) from None


def _budget(connection: Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    return budgets.worked_out(connection, budget_questions.read(asked))


KINDS: Mapping[str, Callable[[Connection, Mapping[str, Any]], dict[str, Any]]] = {
    "scenario": _scenario,
    "budget": _budget,
}
