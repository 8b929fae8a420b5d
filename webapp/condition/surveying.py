"""The form of a survey: a road, a stretch, a day and what was seen; the class is told before it is kept, or after."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.refusals import ActRefusedError
from layers.roads import acts
from layers.roads.acts import Order
from layers.roads.condition import EDGES, damages
from layers.roads.forms import unfit
from layers.roads.queries import rules
from layers.roads.refusals import FormError
from layers.roads.rules import CLASSES, Rules
from layers.roads.vocabulary import EDGES as EDGE_TITLES
from layers.roads.vocabulary import INPUTS, KINDS, damage
from webapp import fields
from webapp.condition import words
from webapp.condition.road import Road, about, found
from webapp.extensions import engine, reading
from webapp.language import in_language, number, zone
from webapp.security.access import current_actor
from webapp.security.session import current_session

OFFERED = ("sdi", "tti", "iri", "eye")
NUMBERS = {  # with what stands there at first; what may be left empty comes last in SDI
    "sdi": {"crack_percent": "0", "crack_width_mm": "0", "potholes": "0", "over_m": "100", "rut_cm": "0", "iri": ""},
    "tti": {"width_m": ""},
    "iri": {"iri": ""},
    "eye": {},
}
LONGEST = 100  # letters of a field that are shown again
Form = Mapping[str, str]


def ask(road_id: int) -> Response:
    """Show the form of the kind that is asked for, else of the one that fits the surface."""
    return page(road_id, request.args.get("kind", ""))


def keep(road_id: int) -> ResponseReturnValue:
    """Keep the survey and lead to it, or only tell its class; says in words why not."""
    form = request.form
    kind = fields.said(form, "kind")
    try:
        if "weigh" in form:
            return weigh(road_id, kind)
        with engine().begin() as connection:
            kept = acts.survey(connection, current_actor(), _order(connection, road_id, kind), _today())
    except PermissionError:
        abort(403, beyond())
    except (FormError, ActRefusedError) as wrong:
        return page(road_id, kind, in_language(wrong.text), 422, form)
    return redirect(f"/jalan/survei/{kept}?done=1", 303)


def weigh(road_id: int, kind: str) -> Response:
    """Show the form again with the class that it comes to; nothing is kept."""
    with engine().begin() as connection:
        order = _order(connection, road_id, kind)
        weighed, version = acts.weigh(connection, current_actor(), order, _today())
    told = {"condition": words.CLASSES[weighed.condition], "index": words.index(kind, weighed)}
    return page(road_id, kind, form=request.form, weighed=told, version=version)


def page(
    road_id: int, kind: str, problem: str = "", status: int = 200, form: Form | None = None, **told: object
) -> Response:
    """Show the form with what was typed, what was wrong, or the class that it comes to."""
    with reading() as connection:
        row = found(connection, road_id)
        known = rules(connection)
        road = about(connection, row)
    if not road["may"]:
        abort(403, beyond())
    chosen = kind or usual(known, row["surface"])
    if chosen not in OFFERED:
        abort(404, gettext("Jenis survei ini tidak ada; pilih dari daftar."))
    why = unfit(chosen, known, row["surface"])
    at_first = {"from_m": "0", "surveyed_on": _today().isoformat(), **NUMBERS[chosen]}
    at_first |= {"width_m": number(row["width_m"], 2)} if chosen == "tti" and row["width_m"] else {}
    typed = {name: text[:LONGEST] for name, text in form.items()} if form else at_first
    told |= {
        "kind": chosen,
        "kinds": [(one, KINDS[one]) for one in OFFERED],
        "numbers": [(name, INPUTS[name]) for name in NUMBERS[chosen]],
        "seen": [words.CLASSES[one] for one in CLASSES],
        "damages": _damages(known, row["surface"]) if chosen == "tti" and why is None else {},
        "why": why,
        "problem": problem,
        "typed": typed,
        "today": _today(),
    }
    return Response(render_template("condition/form.html", **road, **told), status)


def usual(known: Rules, surface: str | None) -> str:
    """Choose the kind of survey that fits a surface: SDI for asphalt, TTI for others, by eye where it is unknown."""
    return next(kind for kind in ("eye" if surface is None else "sdi", "tti") if unfit(kind, known, surface) is None)


def beyond() -> str:
    """Say that somebody's role does not reach a road."""
    return str(gettext("Ruas ini di luar wilayah tugas Anda; mintalah petugas wilayah itu."))


def _order(connection: Connection, road_id: int, kind: str) -> Order:
    form, row = request.form, found(connection, road_id)
    if kind not in OFFERED:
        abort(404, gettext("Jenis survei ini tidak ada; pilih dari daftar."))
    day = fields.day(form, "surveyed_on")
    if day is None:
        raise FormError("Isi tanggal surveinya.", "Give the day of the survey.")
    session = current_session()
    return Order(
        road_id,
        kind,
        day,
        session.name if session else "",
        _inputs(form, kind, rules(connection), row),
        fields.number(form, "from_m") or 0.0,
        fields.number(form, "to_m"),
    )


def _inputs(form: Form, kind: str, known: Rules, row: Road) -> dict[str, Any]:
    """Read what was noted; what is left empty is left out."""
    told: dict[str, Any] = {name: fields.number(form, name) for name in NUMBERS[kind]}
    told |= {"condition": fields.said(form, "condition") or None} if kind == "eye" else {}
    noted = {name: value for name, value in told.items() if value is not None}
    if kind == "tti" and unfit(kind, known, row["surface"]) is None:
        asked = damages(known, row["surface"])
        counts = {one: fields.number(form, one) for one in asked if one.endswith("_count")}
        noted["counts"] = {one: counted for one, counted in counts.items() if counted is not None}
        shares = {one: fields.whole(form, one) for one in asked if one not in counts}
        noted["shares"] = {one: at for one, at in shares.items() if at}
        noted |= {side: form[side] for side in ("left", "right") if side in form}
    return noted


def _damages(known: Rules, surface: str) -> dict[str, Any]:
    """Give what a TTI form asks on a surface: areas with the middle of each class in %, counts, and edges or none."""
    asked = damages(known, surface)
    weights = known.cells["tti.weights"][known.word("surface", surface, "tti")]
    middles = known.cells["tti.shares"]
    areas = [one for one in asked if not one.endswith("_count")]
    classes = {one: sorted(middles["pothole" if one == "pothole" else "area"].items(), key=_middle) for one in areas}
    return {
        "areas": [(one, damage(one), classes[one]) for one in areas],
        "counts": [(one, damage(one)) for one in asked if one.endswith("_count")],
        "edges": [(one, in_language(EDGE_TITLES[one])) for one in EDGES] if "edge" in weights else [],
        "fixed": weights.get("fixed"),
    }


def _middle(of_class: tuple[str, str]) -> float:
    return float(of_class[1])


def _today() -> date:
    return datetime.now(zone()).date()
