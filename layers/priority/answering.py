"""Answers the questions that wait: scenarios, and choices of works for a budget. For the worker alone."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from layers.computing import NothingToComputeError
from layers.priority import budget_questions, budgets, scenarios
from layers.priority.refusals import MISSING, WhatIfError
from layers.priority.runs import run, settle, stated


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
    return scenarios.worked_out(connection, scenarios.read(asked))


def _budget(connection: Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    return budgets.worked_out(connection, budget_questions.read(asked))


KINDS: Mapping[str, Callable[[Connection, Mapping[str, Any]], dict[str, Any]]] = {
    "scenario": _scenario,
    "budget": _budget,
}
