"""Answers the questions that wait: scenarios, and choices of works for a budget. For the worker alone."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from layers.priority import budget_questions, budgets, scenarios
from layers.priority.refusals import WhatIfError
from layers.priority.runs import run, settle


def answer(connection: Connection, run_id: str) -> None:
    """Work a kept question out, unless that has been done, and keep what it brings, or why it cannot be worked out."""
    found = run(connection, run_id)
    if found is None or found.done:
        return
    try:
        settle(connection, run_id, KINDS[found.kind](connection, found.asked), None)
    except WhatIfError as problem:
        settle(connection, run_id, None, str(problem))


def _scenario(connection: Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    return scenarios.worked_out(connection, scenarios.read(asked))


def _budget(connection: Connection, asked: Mapping[str, Any]) -> dict[str, Any]:
    return budgets.worked_out(connection, budget_questions.read(asked))


KINDS: Mapping[str, Callable[[Connection, Mapping[str, Any]], dict[str, Any]]] = {
    "scenario": _scenario,
    "budget": _budget,
}
