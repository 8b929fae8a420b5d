"""What if: a planner picks what to repair, close, open or move, and sees before and after."""

import time
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import path
from layers.areas.naming import named
from layers.overview.queries import shapes
from layers.priority import runs
from layers.priority.places import called
from layers.priority.scenario_questions import Where, read
from layers.registry import layers
from webapp import arguments
from webapp.extensions import engine, reading
from webapp.priority import scenario_form, scenario_typed
from webapp.priority.scenario_form import TITLES
from webapp.priority.scenario_places import Places
from webapp.security.access import current_actor
from webapp.sheet import Pin, Shape, Sheet, home_view, sheet

BUTTONS = ("find", "more", "look", "edit")  # that go on with the form
PATIENCE_S, LOOK_S = 0.9, 0.02
GAIN, LOSS = "#0571b0", "#b2182b"


def show() -> Response:
    """Offer what may be changed, with what a link has chosen already."""
    with reading() as connection:
        places = Places(connection)
        return scenario_form.page(connection, scenario_typed.linked(request.args, places), places, {})


def ask() -> ResponseReturnValue:
    """Go on with a scenario as the button says: search, add a row, take a point of the map, or have it worked out."""
    with engine().begin() as connection:
        places, typed = Places(connection), scenario_typed.read(request.form)
        pressed = arguments.click(request.form, arguments.view(request.form, home_view(connection)))
        if pressed:
            typed = typed.at_point(places.typed(Where(point=pressed)))
        if pressed or any(button in request.form for button in BUTTONS):
            return scenario_form.page(connection, typed.longer() if "more" in request.form else typed, places, {})
        problems = typed.problems(places)
        if problems:
            return scenario_form.page(connection, typed, places, problems, 422)
        run = runs.ask(connection, current_actor(), runs.SCENARIO, typed.asked(places).written())
    return redirect(f"/skenario/{run}", 303)


def show_run(run_id: str) -> str:
    """Show what a scenario brings, or that it is being worked out."""
    found = waited_for(run_id)
    with reading() as connection:
        told = about(connection, found)
        if found.answer:
            told |= {"sheet": drawn(connection, told)}
        return render_template("priority/scenario_run.html", **told)


def about(connection: Connection, run: runs.Run) -> dict[str, Any]:
    """Gather what every form of a scenario shows: what was asked in words, and who gains and loses."""
    changed = run.answer["villages"] if run.answer else []
    asked, places = read(run.asked), Places(connection)
    return {
        "run": run,
        "asked": asked,
        "fields": scenario_typed.fields(asked, places),
        "names": called(connection, asked.keys),
        "wheres": places.words(asked.wheres),
        "titles": TITLES,
        "villages": named(connection, [one["code"] for one in changed]),
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


def drawn(connection: Connection, told: Mapping[str, Any]) -> Sheet:
    """Draw the villages that gain, those that lose with a broken rim, and the points at which something opens."""
    view = arguments.view(request.args, home_view(connection))
    names, changed = told["villages"], told["run"].answer["villages"]
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
    pins = [Pin(where.point[0], where.point[1], words) for where, words in told["wheres"].items() if where.point]
    return sheet(connection, view, pins, marks)
