"""What repairs cost: the table of treatments, which planners fill row by row, or paste as CSV."""

from collections.abc import Mapping
from re import sub

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.priority.treatments import (
    COLUMNS,
    OvertakenError,
    Row,
    TreatmentError,
    Treatments,
    keep_treatments,
    treatment,
    treatments,
)
from layers.roads.rules import CLASSES
from webapp.csv_answer import csv_answer
from webapp.extensions import engine, reading
from webapp.priority import pasting
from webapp.security.access import current_actor
from webapp.typed import number, plain

EMPTY = 2  # rows to fill below those there are
MOST = 30
OVERTAKEN = 409
Line = Mapping[str, str]
PASTED, SEEN = "pasted", "seen"
FIGURES = ("rp_per_km", "life_years")


def show() -> ResponseReturnValue:
    """Show the table in force, each cell to be changed."""
    return page()


def keep() -> ResponseReturnValue:
    """Put what was typed in the place of the table in force; says in words why not."""
    try:
        rows = [treatment(line) for line in _sent()]
        with engine().begin() as connection:
            keep_treatments(connection, current_actor(), rows, request.form.get(SEEN))
    except OvertakenError as wrong:
        return page(str(wrong), OVERTAKEN)
    except TreatmentError as wrong:
        return page(str(wrong), 422)
    return redirect("/prioritas/penanganan?kept=1", 303)


def page(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the table, or what was typed and what is wrong with it."""
    with reading() as connection:
        table = treatments(connection)
    lines = _typed() if problem and not request.form.get(PASTED) else [_line(row) for row in table.rows]
    lines += [dict.fromkeys(COLUMNS, "")] * EMPTY
    pasted = request.form.get(PASTED, "") if problem else ""
    told = {"lines": lines, "classes": CLASSES, "columns": COLUMNS, "pasted": pasted, "kept": "kept" in request.args}
    told |= {"seen": seen(table, status), "overtaken": status == OVERTAKEN}
    return render_template("priority/treatments.html", table=table, problem=problem, **told), status


def seen(table: Treatments, status: int) -> str:
    """Name the table on which the next try builds: that of the first look, until somebody hears of a newer one."""
    return table.hash if status == OVERTAKEN else request.form.get(SEEN, table.hash)


def send() -> Response:
    """Send the table in force as CSV, which `scripts/admin priority import-treatments` reads."""
    with reading() as connection:
        rows = treatments(connection).rows
    return csv_answer("penanganan.csv", COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows))


def _sent() -> list[Line]:
    pasted = request.form.get(PASTED, "")
    if not pasted.strip():
        return [{**line} | {name: _figure(line[name]) for name in FIGURES} for line in _typed()]
    found = pasting.lines(pasted, COLUMNS)
    if found is None:
        raise TreatmentError(f"Baris pertama CSV harus berisi kolom {', '.join(COLUMNS)}.")
    if len(found) > MOST:
        raise TreatmentError(f"Paling banyak {MOST} penanganan.")
    return list(found)


def _figure(typed: str) -> str:
    """Write a number that people typed as files have it; what is none becomes what no file has, and is refused."""
    found = number(typed)
    return typed and ("?" if found is None else str(found))


def _typed() -> list[Line]:
    """Read the rows that have a name, with a code made of it where none is there."""
    found = [{name: request.form.get(f"{name}_{i}", "").strip() for name in COLUMNS} for i in range(MOST)]
    return [line | {"id": line["id"] or sub(r"\W+", "_", line["name"].lower())} for line in found if line["name"]]


def _line(row: Row) -> dict[str, str]:
    words = {name: str(getattr(row, name)) for name in COLUMNS}
    return words | {name: _shown(getattr(row, name)) for name in FIGURES}


def _shown(value: float | None) -> str:
    return "" if value is None else plain(value)
