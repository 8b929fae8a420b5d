"""The page of waste standards: what rules ask for, with the source, and, for planners and administrators, changing."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.standards import StandardError
from layers.waste_service import standards
from layers.waste_service.standards import KINDS, Standard
from webapp import typed
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor, holders, open_to

KEEPERS = holders("planner", "administrator")


def show() -> ResponseReturnValue:
    """Show every standard."""
    return page()


def page(problem: str = "", status: int = 200) -> Response:
    """Show the standards, and what was wrong with one that was sent."""
    with reading() as connection:
        known = standards.standards(connection)
    may = KEEPERS.allows(current_actor())
    written = render_template(
        "waste/standards.html", kinds=KINDS, known=known, may=may, problem=problem, sent=request.form
    )
    return Response(written, status)


@open_to(KEEPERS)
def keep() -> ResponseReturnValue:
    """Keep a standard, or take one away."""
    sent = request.form
    name = sent.get("id", "")
    if sent.get("hapus"):
        with engine().begin() as connection:
            standards.remove_standard(connection, current_actor(), name)
        return redirect("/sampah/standar", 303)
    try:
        with engine().begin() as connection:
            wanted = Standard(name, typed.number(sent.get("value", "")) or 0.0, sent.get("source", "")[:500])
            standards.set_standard(connection, current_actor(), wanted)
    except StandardError as error:
        return page(in_language(error.text), 422)
    return redirect("/sampah/standar", 303)
