"""Writing a report: one question a page, each answer kept at once: neither going back nor a lost line loses it."""

from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.records.preferences import emergency_numbers
from webapp import subjects
from webapp.complaints import about, drafting
from webapp.complaints.check import CHECK
from webapp.complaints.details import DETAILS
from webapp.complaints.drafting import Answers
from webapp.complaints.kind import KIND
from webapp.complaints.likeness import SIMILAR
from webapp.complaints.place import LANDMARK, PLACE
from webapp.complaints.reporter import CONTACT, VISIBILITY
from webapp.complaints.steps import Problems, Step, asked, unanswered
from webapp.extensions import engine, reading

STEPS = (PLACE, LANDMARK, KIND, SIMILAR, DETAILS, VISIBILITY, CONTACT, CHECK)
BY_ID = {step.id: step for step in STEPS}


def start() -> str:
    """Tell what is an emergency and whom to call, before anything is asked."""
    with reading() as connection:
        answers = drafting.answers(connection)
        page = {
            "numbers": emergency_numbers(connection),
            "about": subjects.asked(connection, request.args),
            "carried": {name: request.args[name] for name in ("about", "kind", "lon", "lat") if name in request.args},
            "writing": answers is not None and "number" not in answers,
        }
    return render_template("complaints/start.html", **page)


def begin() -> Response:
    """Begin a new report, about the thing that a link carried along, if any."""
    with engine().begin() as connection:
        return drafting.begin(connection, about.carried(connection, request.form), to(PLACE.id))


def show(step_id: str) -> str | Response:
    """Show one question with what was answered before; leads to the first open question before it."""
    step = _step(step_id)
    with reading() as connection:
        answers = drafting.answers(connection)
        if answers is None or "number" in answers:
            return to("")
        steps = asked(connection, STEPS, answers)
        if step not in steps:
            return to(CHECK.id)
        open_step = unanswered(connection, steps[: steps.index(step)], answers)
        if open_step:
            return to(open_step.id)
        problems = step.problems(connection, answers) if step.id in answers.get("done", []) else {}
        page = _page(connection, step, steps, answers, problems)
    return render_template(f"complaints/{step.id}.html", **page)


def take(step_id: str) -> Response:
    """Keep the answer to one question, right or wrong, and go on if it will do."""
    step = _step(step_id)
    with engine().begin() as connection:
        before = drafting.answers(connection)
        if before is None or "number" in before:
            return to("")
        done = sorted({*before.get("done", []), step.id})
        answers = drafting.keep(connection, {**step.read(connection, request.form), "done": done}) or {}
        if "go" not in request.form or step.problems(connection, answers):
            return to(step.id)
        steps = asked(connection, STEPS, answers)
        behind = steps[steps.index(step) + 1 :] if step in steps else [CHECK]
        return to(CHECK.id if "ubah" in request.args else behind[0].id)


def detach() -> Response:
    """Let the report not be about the thing that a link named; at its place it is not found anew."""
    with engine().begin() as connection:
        before = drafting.answers(connection) or {}
        kept = drafting.keep(
            connection, {"asset": None, "about": "", "denied": before.get("asset") or before.get("denied")}
        )
    return to("" if kept is None else KIND.id)


def forget() -> Response:
    """Forget what was typed."""
    with engine().begin() as connection:
        return drafting.forget(connection, to(""))


def to(step_id: str) -> Response:
    """Lead to a question, "" to the first page."""
    return redirect(f"/lapor/{step_id}" if step_id else "/lapor", 303)  # type: ignore[return-value]


def _page(
    connection: Connection, step: Step, steps: list[Step], answers: Answers, problems: Problems
) -> dict[str, Any]:
    here = steps.index(step)
    return {
        "answers": answers,
        "problems": problems,
        "place": here + 1,
        "length": len(steps),
        "back": f"/lapor/{steps[here - 1].id}" if here else "/lapor",
        **step.shows(connection, answers),
    }


def _step(step_id: str) -> Step:
    if step_id not in BY_ID:
        abort(404, gettext("Pertanyaan itu tidak ada; mulai lagi dari halaman Lapor."))
    return BY_ID[step_id]
