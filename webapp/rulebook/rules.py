"""Who handles what: the ordered rules, the kinds with their class and agency, and the numbers of the workflow."""

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

import shapely
from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.naming import named
from layers.areas.queries import NamedVillage
from layers.complaints import rulebook
from layers.complaints.categories import CATEGORIES, KINDS, TITLES
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rulebook import SURENESS, Rule
from layers.complaints.rules import CLASSES
from layers.records.actors import Actor
from layers.records.agencies import agencies
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.rulebook import area, words
from webapp.security.access import current_actor
from webapp.spots import districts

ADDRESS = "/admin/aturan"
LONGEST = 500  # letters
DISTRICT = len("18.03.05")  # letters of a kecamatan's code, with which those of its villages begin


def show_all(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show every rule, every kind and every number, with what was wrong in an act."""
    with reading() as connection:
        rules, kinds = rulebook.all_rules(connection), rulebook.all_kinds(connection)
        told = {"rules": rules, "kinds": kinds, "limits": rulebook.all_limits(connection), "problem": problem}
        told |= offered(connection)
        told["areas"] = named(connection, [rule.area_code for rule in rules if rule.area_code])
    return render_template("rulebook/index.html", words=words, **told), status


def offered(connection: Connection) -> dict[str, Any]:
    """Give what the forms of rules offer."""
    return {
        "agencies": [(agency.id, agency.name) for agency in agencies(connection)],
        "groups": [(category, [kind for kind in KINDS if kind.category == category.id]) for category in CATEGORIES],
        "titles": {id: in_language(title) for id, title in TITLES.items()},
        "assets": [(f"{layer}:{kind}", in_language(title)) for (layer, kind), title in rulebook.assets().items()],
        "classes": [(one, words.case_class(one)) for one in CLASSES],
        "sureness": [(one, words.sureness(one)) for one in SURENESS],
        "districts": districts(connection),
    }


def show_new() -> ResponseReturnValue:
    """Ask for a new rule."""
    return form(None, {})


def show_one(number: int) -> ResponseReturnValue:
    """Show one rule, to be changed."""
    with reading() as connection:
        row = rulebook.one_rule(connection, number) or abort(404)
        drawn = area.written(rulebook.drawn_area(connection, number))
    held = {name: "" if value is None else str(value) for name, value in row._mapping.items()}
    held["asset"] = f"{row.asset_layer}:{row.asset_kind}" if row.asset_layer else ""
    return form(number, held | {name: held[name][:5] for name in ("starts", "ends")} | {area.WRITTEN: drawn})


def form(number: int | None, held: Mapping[str, str], problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the form of a rule with what it holds."""
    with reading() as connection:
        told = {"number": number, "held": held, "problem": problem, **offered(connection)}
        told |= area.map_of(connection, number, held)
        told["lost"] = lost(told["districts"], held.get("area_code", ""))
    return render_template("rulebook/rule.html", **told), status


def lost(listed: Mapping[str, Sequence[NamedVillage]], code: str) -> str:
    """Give the code of a kecamatan or village that is not listed any more, "" for one that is, so that it can stay."""
    villages = {one.code for some in listed.values() for one in some}
    return "" if code in villages | {one[:DISTRICT] for one in villages} else code


def add() -> ResponseReturnValue:
    """Keep a new rule."""
    return keep(None)


def keep(number: int | None) -> ResponseReturnValue:
    """Keep a rule as its form says, or go on with it after a press on its map; says in words why not."""
    file = area.brought()
    typed: Mapping[str, str] = request.form
    try:
        typed = area.with_file(typed, file)
        with reading() as connection:
            going_on = area.pressed(connection, typed)
        if going_on is not None:
            return form(number, going_on)
        with engine().begin() as connection:
            kept = rulebook.drawn_area(connection, number) if number else None
            rulebook.keep_rule(connection, current_actor(), read(typed, kept), number)
    except ActRefusedError as refused:
        return form(number, typed, in_language(refused.text), 422)
    except LookupError:
        abort(404)
    return redirect(f"{ADDRESS}#rute", 303)


def read(typed: Mapping[str, str], kept: shapely.MultiPolygon | None) -> Rule:
    """Read a rule, with the area that was drawn for it before, from its form.

    Refuses with 400 what is no number or no hour, raises ActRefusedError for no area.
    """
    told = {name: text.strip()[:LONGEST] for name, text in typed.items()}
    layer, _, kind = told.get("asset", "").partition(":")
    return Rule(
        position=number_of(told.get("position", "")) or 0,
        agency=told.get("agency", ""),
        why=told.get("why", ""),
        why_en=told.get("why_en", ""),
        source=told.get("source", ""),
        asset_layer=layer or None,
        asset_kind=kind or None,
        kind=told.get("kind") or None,
        area_code=told.get("area_code") or None,
        starts=hour(told.get("starts", "")),
        ends=hour(told.get("ends", "")),
        authority=told.get("authority") or None,
        area_name=told.get("area_name") or None,
        area=area.read(typed.get(area.WRITTEN, ""), kept),
    )


def remove(number: int) -> ResponseReturnValue:
    """Take a rule away."""
    return do(lambda connection, actor: rulebook.remove_rule(connection, actor, number), "rute")


def keep_kind(kind: str) -> ResponseReturnValue:
    """Keep how a kind is handled."""
    told = {name: request.form.get(name, "") for name in ("case_class", "agency", "source")}
    days = number_of(request.form.get("days", ""))
    return do(lambda connection, actor: rulebook.keep_kind(connection, actor, kind, days=days, **told), "jenis")


def keep_limit(limit: str) -> ResponseReturnValue:
    """Keep a number of the workflow."""
    amount = number_of(request.form.get("amount", ""))
    return do(lambda connection, actor: rulebook.keep_limit(connection, actor, limit, amount), "batas")


def do(act: Callable[[Connection, Actor], None], part: str) -> ResponseReturnValue:
    """Do one act in one transaction; a refusal is told on the page of all rules."""
    try:
        with engine().begin() as connection:
            act(connection, current_actor())
    except ActRefusedError as refused:
        return show_all(in_language(refused.text), 422)
    return redirect(f"{ADDRESS}#{part}", 303)


def number_of(written: str) -> int | None:
    """Read a whole number, None where nothing is written; refuses nonsense with 400."""
    if not written.strip():
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        abort(400, gettext("Tulis angka bulat."))
    return int(written)


def hour(written: str) -> time | None:
    """Read an hour such as 16:00, None where nothing is written; refuses nonsense with 400."""
    try:
        return time.fromisoformat(written) if written else None
    except ValueError:
        abort(400, gettext("Jam ditulis seperti 16:00."))
