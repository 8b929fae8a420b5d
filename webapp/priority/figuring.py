"""Figures from elsewhere: traffic and IJD scores of roads, poverty of villages, which planners paste as a table."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.priority.criteria import BY_KEY
from layers.priority.figures import COLUMNS, FigureError, every, figure, held, keep_figures
from layers.reading import notation
from webapp.csv_answer import csv_answer
from webapp.extensions import engine, reading
from webapp.priority import pasting
from webapp.security.access import current_actor

MOST = 5_000
PASTED = "pasted"


def show() -> ResponseReturnValue:
    """Show which figures there are, and take more."""
    return page()


def keep() -> ResponseReturnValue:
    """Keep what was pasted; says in words why not, and then keeps nothing of it."""
    try:
        figures = [figure(line) for line in _sent()]
        with engine().begin() as connection:
            keep_figures(connection, current_actor(), figures)
    except FigureError as wrong:
        return page(str(wrong), 422)
    return redirect("/prioritas/angka?kept=1", 303)


def page(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show what there is, with what was pasted and what is wrong with it."""
    with reading() as connection:
        found = held(connection)
    told = {"columns": COLUMNS, "pasted": request.form.get(PASTED, ""), "kept": "kept" in request.args}
    return render_template("priority/figures.html", held=found, by_key=BY_KEY, problem=problem, **told), status


def send() -> Response:
    """Send all figures as CSV, which this page and `scripts/admin priority import-figures` read."""
    with reading() as connection:
        rows = every(connection)
    return csv_answer("angka.csv", COLUMNS, rows)


def _sent() -> list[dict[str, str]]:
    found = pasting.lines(request.form.get(PASTED, ""), COLUMNS, MOST)
    if found is None:
        raise FigureError(f"Baris pertama harus berisi kolom {', '.join(COLUMNS)}, lalu satu angka setiap baris.")
    return [line | {"value": _plain(line["value"])} for line in found]


def _plain(typed: str) -> str:
    """Write a number as programs have it, whatever its decimal sign; what is none stays as it is, and is refused."""
    found = notation.number(typed)
    return typed if found is None else str(found)
