"""What if: a planner picks what to repair, close or open, and sees before and after."""

import time
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import path
from layers.areas.naming import named
from layers.overview.queries import shapes
from layers.priority import runs
from layers.priority.places import called
from layers.registry import layers
from webapp import arguments
from webapp.extensions import engine, reading
from webapp.priority import scenario_form
from webapp.priority.scenario_form import TITLES
from webapp.security.access import current_actor
from webapp.sheet import Shape, Sheet, home_view, sheet

ACTS = ("repair", "close", "shut", "move")  # of which a question names keys
PATIENCE_S, LOOK_S = 0.9, 0.02
GAIN, LOSS = "#0571b0", "#b2182b"


def show() -> str:
    """Offer what may be changed."""
    with reading() as connection:
        return render_template("priority/scenario.html", **scenario_form.offered(connection))


def ask() -> ResponseReturnValue:
    """Have a scenario worked out."""
    asked = scenario_form.asked()
    with engine().begin() as connection:
        run = runs.ask(connection, current_actor(), "scenario", asked)
    return redirect(f"/skenario/{run}", 303)


def show_run(run_id: str) -> str:
    """Show what a scenario brings, or that it is being worked out."""
    found = waited_for(run_id)
    with reading() as connection:
        told = about(connection, found)
        if found.answer:
            told |= {"sheet": drawn(connection, found.answer["villages"], told["villages"])}
        return render_template("priority/scenario_run.html", **told)


def about(connection: Connection, run: runs.Run) -> dict[str, Any]:
    """Gather what every form of a scenario shows: what was asked in words, and who gains and loses."""
    changed = run.answer["villages"] if run.answer else []
    codes = [one["code"] for one in changed]
    return {
        "run": run,
        "names": called(connection, [key for act in ACTS for key in run.asked.get(act, ())]),
        "titles": TITLES,
        "villages": named(connection, [*codes, run.asked["village"]]),
        "changed": runs.changed(connection, run),
        "gaining": [one for one in changed if one["minutes"] > 0],
        "losing": [one for one in changed if one["minutes"] < 0],
    }


def waited_for(run_id: str, kind: str = "scenario") -> runs.Run:
    """Find a run of a kind, and wait a moment for its answer; answers 404 where there is none."""
    last = time.monotonic() + PATIENCE_S
    while True:
        with reading() as connection:
            found = runs.run(connection, run_id)
        if found is None or found.kind != kind:
            abort(404, gettext("Jawaban ini tidak ada; ajukan pertanyaannya lagi."))
        if found.done or time.monotonic() > last:
            return found
        time.sleep(LOOK_S)


def drawn(connection: Connection, changed: list[dict[str, Any]], names: Any) -> Sheet:
    """Draw the villages that gain, and those that lose with a broken rim."""
    view = arguments.view(request.args, home_view(connection))
    by_id = {names[one["code"]].id: one for one in changed if one["code"] in names}
    marks = [
        Shape(
            path(shape, 0.6),
            names[by_id[i]["code"]].name,
            GAIN if by_id[i]["minutes"] > 0 else LOSS,
            1.5,
            filled=True,
            dashed=by_id[i]["minutes"] < 0,
        )
        for i, shape in shapes(connection, layers()["areas"], list(by_id), view).items()
    ]
    return sheet(connection, view, (), marks)
