"""What if: a planner picks what to repair, close or open, and sees before and after."""

import time
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import path
from layers.areas.naming import named
from layers.areas.queries import villages
from layers.offices.kinds import KINDS
from layers.overview.queries import shapes
from layers.priority import runs
from layers.priority.criteria import USUAL
from layers.priority.ranking import board, candidates
from layers.registry import layers
from webapp import arguments
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor
from webapp.sheet import Shape, Sheet, home_view, sheet

OFFERED, MOST = 12, 40
PATIENCE_S, LOOK_S = 0.9, 0.05
GAIN, LOSS = "#0571b0", "#b2182b"
TITLES = {kind.id: kind.title for kind in KINDS}


def show() -> str:
    """Offer the roads that come first, and those that a name finds, to be repaired or closed."""
    words, wished = arguments.words(request.args).lower(), request.args.get("road", "")
    with reading() as connection:
        ranked = board(candidates(connection, "ruas", own=True), USUAL, "weighted_sum").rows
        found = [row for row in ranked if words and words in (row["name"] or "").lower()]
        chosen = [row for row in ranked if row["source_id"] == wished]
        rows = list({row["id"]: row for row in [*chosen, *found, *ranked[:OFFERED]]}.values())[:MOST]
        return render_template(
            "priority/scenario.html",
            rows=rows,
            wished=wished,
            words=words,
            villages=villages(connection),
            kinds=kinds(),
        )


def kinds() -> list[tuple[str, str]]:
    """List the kinds of office that may be opened."""
    wanted = ("puskesmas", "rumah_sakit", "sd", "smp", "sma", "kantor_camat")
    return [(kind, in_language(TITLES[kind])) for kind in wanted]


def ask() -> ResponseReturnValue:
    """Have a scenario worked out."""
    acts = {key.removeprefix("road:"): act for key, act in request.form.items() if key.startswith("road:")}
    kind, village = request.form.get("kind", ""), request.form.get("village", "")
    asked = {
        "repair": sorted(key for key, act in acts.items() if act == "repair"),
        "close": sorted(key for key, act in acts.items() if act == "close"),
        "wet": "wet" in request.form,
        "kind": kind if village else "",
        "village": village if kind else "",
    }
    if not (asked["repair"] or asked["close"] or asked["wet"] or asked["kind"]):
        abort(400, gettext("Pilih paling sedikit satu perubahan: perbaiki, tutup, musim hujan, atau kantor baru."))
    if kind and kind not in dict(kinds()):
        abort(400, gettext("Jenis kantor ini tidak dikenal; pilih dari daftar."))
    with engine().begin() as connection:
        run = runs.ask(connection, current_actor(), "scenario", asked)
    return redirect(f"/skenario/{run}", 303)


def show_run(run_id: str) -> str:
    """Show what a scenario brings, or that it is being worked out."""
    found = waited_for(run_id)
    with reading() as connection:
        names = {row["source_id"]: row["name"] for row in candidates(connection, "ruas", own=True)}
        told: dict[str, Any] = {"run": found, "names": names, "titles": TITLES}
        if found.answer:
            changed = found.answer["villages"]
            told |= {"villages": named(connection, [one["code"] for one in changed] + [found.asked["village"]])}
            told |= {"sheet": drawn(connection, changed, told["villages"])}
        return render_template("priority/scenario_run.html", **told)


def waited_for(run_id: str, kind: str = "scenario") -> runs.Run:
    """Find a run of a kind, and wait a moment for its answer; answers 404 where there is none."""
    last = time.monotonic() + PATIENCE_S
    while True:
        with reading() as connection:
            found = runs.run(connection, run_id)
        if found is None or found.kind != kind:
            abort(404, gettext("Skenario ini tidak ada; buat yang baru."))
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
