"""The texts that staff send often, on one page: each is changed in place, a new one is added below."""

from secrets import token_hex

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.complaints import rulebook
from layers.complaints.refusals import ActRefusedError
from layers.complaints.workflow import STATES
from layers.records.agencies import agencies
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor

ADDRESS = "/admin/teks"


def show_all(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show every text, with what was wrong in an act and what was typed."""
    with reading() as connection:
        told = {
            "texts": [dict(row._mapping) for row in rulebook.all_texts(connection)],
            "states": [(state.id, in_language(state.label)) for state in STATES],
            "agencies": [(agency.id, agency.name) for agency in agencies(connection)],
        }
    typed = request.form if problem else {}
    return render_template("rulebook/texts.html", problem=problem, typed=typed, **told), status


def keep() -> ResponseReturnValue:
    """Keep a text, a new one where none is named; says in words why not."""
    form = request.form
    name, state, agency = form.get("name", "")[:40] or f"teks_{token_hex(4)}", form.get("state"), form.get("agency")
    title, body = form.get("title", ""), form.get("body", "")
    try:
        with engine().begin() as connection:
            rulebook.keep_text(connection, current_actor(), name, title, body, state or None, agency or None)
    except ActRefusedError as refused:
        return show_all(in_language(refused.text), 422)
    return redirect(ADDRESS, 303)


def remove(name: str) -> ResponseReturnValue:
    """Take a text away."""
    with engine().begin() as connection:
        rulebook.remove_text(connection, current_actor(), name)
    return redirect(ADDRESS, 303)
