"""Which works for a budget: a planner states money and rules, and sees what it brings, year by year."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from layers.areas.queries import districts
from layers.priority import runs
from layers.priority.budget_questions import MOST_YEARS, read
from layers.priority.criteria import USUAL
from layers.priority.ranking import board, candidates
from layers.priority.treatments import treatments
from webapp.extensions import engine, reading
from webapp.priority import budget_answer, budget_form
from webapp.priority.scenario import waited_for
from webapp.security.access import current_actor

KIND = "budget"
OFFERED = 12


def show() -> ResponseReturnValue:
    """Ask for a budget and rules, as they were in an earlier question where one is named."""
    known = waited_for(request.args["run"], KIND) if request.args.get("run") else None
    return form(budget_form.written(read(known.asked)) if known else {})


def ask() -> ResponseReturnValue:
    """Have works chosen, or show the form with more works to speak of."""
    typed = request.form.to_dict()
    if "look" in typed:
        return form(typed)
    try:
        asked = budget_form.question(typed)
    except budget_form.FormError as wrong:
        return form(typed, str(wrong), 422)
    with engine().begin() as connection:
        run = runs.ask(connection, current_actor(), KIND, asked.written())
    return redirect(f"/anggaran/{run}", 303)


def form(typed: Mapping[str, str], problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the form as it was typed."""
    words = typed.get("q", "").strip().lower()[:100]
    with reading() as connection:
        priced = works(connection)
        rows = budget_form.kept(list(priced.values()), budget_form.named(typed), words, OFFERED)
        told = {
            "lines": budget_form.lines(typed, rows),
            "pairs": budget_form.pairs(typed),
            "districts": districts(connection),
            "table": treatments(connection),
            "total": len(priced),
            "cheapest": min((row["cost_rp"] for row in priced.values()), default=None),
        }
    usual = {"years": range(1, MOST_YEARS + 1), "connection": budget_form.USUAL_CONNECTION}
    return render_template("priority/budget.html", typed=typed, words=words, problem=problem, **told, **usual), status


def works(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """List by key what can be chosen among: the regency's candidates of known cost, those that come first on top."""
    found = [
        row
        for unit in ("ruas", "bagian")
        for row in board(candidates(connection, unit, own=True), USUAL, "weighted_sum").rows
    ]
    return {row["source_id"]: row for row in found if row["cost_rp"]}


def show_run(run_id: str) -> str:
    """Show which works were chosen and what they bring, or that the worker is at it."""
    found = waited_for(run_id, KIND)
    with reading() as connection:
        told: dict[str, Any] = {"run": found}
        if found.answer:
            told |= budget_answer.told(connection, found)
            told |= {"sheet": budget_answer.drawn(connection, told["years"])}
        return render_template("priority/budget_run.html", **told)
