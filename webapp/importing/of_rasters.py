"""The form about a raster: its short name, its title, where it comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from layers.rasters.kinds import BROUGHT
from layers.uploads.raster_wishes import LONGEST, Wishes, wrong
from webapp.language import in_language
from webapp.sheet import home_view, written

Form = Mapping[str, str]


def page(
    connection: Connection, row: Row[Any], form: Form | None = None, problems: Sequence[str] = ()
) -> ResponseReturnValue:
    """Ask, with what was typed, what the last trial said, or what the kind of raster suggests."""
    kind = BROUGHT[row.layer]
    suggested = {"id": kind.id, "title": kind.title.id, "source": row.name.rpartition(".")[0]}
    chosen = form or (row.wishes or {}).get("form") or suggested
    page = render_template("importing/raster.html", row=row, kind=kind, chosen=chosen, problems=problems)
    return page, 422 if problems else 200


def read(connection: Connection, _row: Row[Any], form: Form) -> tuple[dict[str, Any], list[str]]:
    """Read the form as it is kept for the worker, and say what is wrong with it."""
    said = {name: form.get(name, "").strip()[:LONGEST] for name in ("id", "title", "source", "licence")}
    wishes = Wishes(**said, estimate="estimate" in form)
    problems = [in_language(one) for one in wrong(wishes)]
    if problems:
        return {}, problems
    typed = {name: form[name][:LONGEST] for name in form}
    return {**wishes.written(), "view": written(home_view(connection)), "form": typed}, []
