"""By which rules roads are judged and their speeds told: tables, one cell to be changed, and the versions so far."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.records.accounts import people
from layers.roads.acts import LONGEST, change_rule
from layers.roads.queries import changed_rules, newest_version, rule_cells, rule_versions
from layers.roads.refusals import OvertakenError, RuleError
from layers.roads.rules import CERTAINTIES, RULES, Cell, choices
from layers.roads.vocabulary import TABLES
from webapp import fields
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.rulebook import road_words, words
from webapp.security.access import current_actor

ADDRESS = "/admin/aturan/jalan"
MOST_VERSIONS = 20
PLACE = ("rule", "row", "column")
Form = Mapping[str, str]


def show_all() -> str:
    """List the tables, and the versions with who made each, when, why, and what it changed."""
    with reading() as connection:
        versions = rule_versions(connection)
        names = {one.actor.name: one.name for one in people(connection)}
        told = [
            (one, names.get(one.actor, one.actor), changed_rules(connection, one.version))
            for one in versions[:MOST_VERSIONS]
        ]
    return render_template(
        "rulebook/roads.html", tables=TABLES, versions=told, number=len(versions), words=road_words, here=ADDRESS
    )


def show_table(rule: str) -> str:
    """Show a table as it stands, or stood in one version, with the source of each cell."""
    if rule not in RULES:
        abort(404, gettext("Tabel ini tidak ada; pilih dari daftar."))
    with reading() as connection:
        newest = newest_version(connection)
        version = fields.whole(request.args, "version") or newest
        cells = [cell for cell in cells_of(connection, version) if cell.rule == rule]
    if not cells:
        abort(404, gettext("Versi ini tidak ada; pilih dari daftar."))
    told = {"rule": rule, "title": TABLES[rule], "version": version, "newest": newest, "done": "done" in request.args}
    cells.sort(key=lambda cell: (road_words.rank(cell.row), road_words.rank(cell.column)))
    return render_template("rulebook/road_table.html", cells=cells, words=road_words, here=ADDRESS, **told)


def ask() -> Response:
    """Show the form of one cell."""
    return page(request.args)


def keep() -> ResponseReturnValue:
    """Put what was typed in the place of a cell, as a new version of all tables; says in words why not."""
    form = request.form
    told = {name: fields.said(form, name) for name in (*PLACE, "value", "source", "certainty")}
    seen = fields.whole(form, "seen")
    try:
        with engine().begin() as connection:
            change_rule(connection, current_actor(), Cell(**told), fields.said(form, "reason"), seen)
    except RuleError as wrong:
        return page(form, in_language(wrong.text), 409 if isinstance(wrong, OvertakenError) else 422)
    return redirect(f"{ADDRESS}/tabel/{told['rule']}?done=1", 303)


def page(given: Form, problem: str = "", status: int = 200) -> Response:
    """Show the form of the cell that is named, as it stands now, with what was typed and what was wrong."""
    place = tuple(given.get(name, "") for name in PLACE)
    with reading() as connection:
        version = newest_version(connection)
        cell = next((one for one in cells_of(connection, version) if one.place == place), None)
    if cell is None:
        abort(404, gettext("Isian ini tidak ada; pilih dari tabelnya."))
    typed = {name: given.get(name, "")[:LONGEST] for name in ("value", "source", "certainty", "reason")}
    told: dict[str, Any] = {
        "cell": cell,
        "typed": typed if problem else {**vars(cell), "reason": ""},
        "version": version,
        "choices": choices(cell.rule, cell.column),
        "sureness": [(one, words.sureness(one)) for one in CERTAINTIES],
        "title": TABLES[cell.rule],
        "most": LONGEST,
    }
    page = render_template("rulebook/road_cell.html", problem=problem, words=road_words, here=ADDRESS, **told)
    return Response(page, status)


def cells_of(connection: Connection, version: int) -> list[Cell]:
    """List the cells of a version; none where its number is larger than any can be."""
    return rule_cells(connection, version) if version < 2**31 else []
