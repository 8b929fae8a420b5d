"""Where agencies find their works, and register a new one: first where it is, then what."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import shapely
from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.complaints.refusals import ActRefusedError
from layers.works import acts, finding, queries, scope
from layers.works.acts import Facts
from layers.works.finding import Wish
from layers.works.scope import Stretch
from layers.works.stages import PLANNER, STAGES
from layers.works.vocabulary import FUNDS, KINDS
from webapp import arguments, fields
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor
from webapp.sheet import CHOICES_PX, around, home_view, sheet
from webapp.works.detail import agency_titles
from webapp.works.lists import HERE, today_of, wish

MOST = 200  # works that are listed at once
NEW = f"{HERE}/baru"
STAGE_TITLES = {stage.id: stage.title for stage in STAGES}


def show_own() -> str:
    """List the works of whoever is signed in: those of the agencies and areas that his roles reach."""
    reach = tuple(grant for grant in current_actor().grants if grant.role in PLANNER)
    with reading() as connection:
        asked: Wish = replace(wish(request.args), reach=reach)
        rows = finding.works(connection, asked, today_of(connection), most=MOST)
    return render_template("works/own.html", rows=rows, most=MOST, wish=asked, stage_titles=STAGE_TITLES)


def ask() -> ResponseReturnValue:
    """Ask where the work is; with a place known, what it is."""
    with reading() as connection:
        clicked = arguments.click(request.args, arguments.view(request.args, home_view(connection)))
    if clicked:
        return redirect(f"{NEW}?lat={clicked[1]:.5f}&lon={clicked[0]:.5f}#apa", 303)
    return page()


def register() -> ResponseReturnValue:
    """Keep a new work and lead to it; says in words why not."""
    form = request.form
    try:
        facts = _facts()
        with engine().begin() as connection:
            work = acts.register(connection, current_actor(), _client(), facts, _place())
    except ActRefusedError as refused:
        return page(in_language(refused.text), 403 if refused.reason == "role" else 422, form)
    return redirect(f"{HERE}/{work}/kelola?done=1", 303)


def page(problem: str = "", status: int = 200, typed: Any = None) -> Response:
    """Show the form with what was wrong and what was typed."""
    given = typed or request.args
    point = arguments.position(given)
    with reading() as connection:
        usual = around([point]) if point else home_view(connection)
        words = arguments.words(given)
        told = {
            "roads": queries.roads_named(connection, words) if words else [],
            "words": words,
            "road": fields.whole(given, "road") or fields.whole(given, "ruas"),
            "point": point,
            "sheet": sheet(connection, arguments.view(given, usual), here=point),
            "agencies": agency_titles(connection),
        }
    told |= {
        "widths": CHOICES_PX,
        "kinds": [(each.id, in_language(each.title)) for each in KINDS],
        "funds": [(each.id, in_language(each.title)) for each in FUNDS],
        "client": (typed or {}).get("client_id") or str(uuid4()),
        "problem": problem,
        "typed": typed or {},
    }
    return Response(render_template("works/new.html", **told), status)


def _facts() -> Facts:
    form = request.form
    return Facts(
        name=fields.said(form, "name"),
        kind=fields.said(form, "kind"),
        agency=fields.said(form, "agency"),
        description=fields.said(form, "description"),
        fund=fields.said(form, "fund") or None,
        year=fields.said(form, "year") or None,
        budget=fields.rupiah(form, "budget"),
        planned_start=fields.day(form, "planned_start"),
        planned_end=fields.day(form, "planned_end"),
    )


def _place() -> shapely.Geometry | Stretch:
    """Take the shape that was pasted, else the stretch of a road, else the point of the map."""
    form = request.form
    if fields.said(form, "shape"):
        return scope.read_shape(fields.said(form, "shape"))
    if fields.whole(form, "road"):
        return Stretch(fields.whole(form, "road"), fields.number(form, "from_m") or 0.0, fields.number(form, "to_m"))
    point = arguments.position(form)
    if point is None:
        raise scope.unplaced()
    return shapely.Point(point)


def _client() -> UUID:
    try:
        return UUID(fields.said(request.form, "client_id"))
    except ValueError:
        return uuid4()
