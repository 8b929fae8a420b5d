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
from webapp.typed import THOUSANDS, plain

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
        rows = [row._asdict() for row in every(connection)]
    return csv_answer("angka.csv", COLUMNS, ((row | {"value": _shown(row["value"])}).values() for row in rows))


def _sent() -> list[dict[str, str]]:
    found = pasting.lines(request.form.get(PASTED, ""), COLUMNS)
    if found is None:
        raise FigureError(f"Baris pertama harus berisi kolom {', '.join(COLUMNS)}, lalu satu angka setiap baris.")
    if len(found) > MOST:
        raise FigureError(f"Paling banyak {MOST} baris sekaligus; bagi menjadi beberapa kali.")
    return [line | {"value": _number(line), "stated_on": _day(line["stated_on"])} for line in found]


def _number(line: dict[str, str]) -> str:
    """Write a number as programs have it, whatever its decimal sign; what is none stays as it is, and is refused.

    Spreadsheets show 1.500 for a thousand and more, programs for one and a half: raises FigureError.
    """
    typed = line["value"]
    if THOUSANDS.fullmatch(typed):
        where, grouped, decimal = f"{line['criterion']} {line['key']}", typed.replace(".", ""), plain(float(typed))
        raise FigureError(f"{where}: {typed} dapat berarti {grouped} atau {decimal}; tulis salah satunya, tanpa titik.")
    found = notation.number(typed)
    return typed if found is None else str(found)


def _day(typed: str) -> str:
    """Write a day as programs have it; what is none stays as it is, and is refused."""
    found = notation.day(typed)
    return typed if found is None else found.isoformat()


def _shown(value: float) -> str:
    """Write a number so that it has one meaning when it comes back."""
    written = str(value)
    return f"{written}0" if THOUSANDS.fullmatch(written) else written
