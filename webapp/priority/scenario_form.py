"""The form of a scenario: what it offers to change, beside what was chosen."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request
from sqlalchemy import Connection

from layers.offices.kinds import KINDS
from layers.priority.criteria import OWN
from layers.priority.places import OPENED, movable
from layers.priority.ranking import board, candidates
from layers.priority.units import COLLECTION, LINK, UNITS
from layers.roads import STATUSES
from layers.waste import KINDS as WASTE
from webapp import arguments
from webapp.language import in_language
from webapp.priority.scenario_places import Places, point
from webapp.priority.scenario_typed import Typed
from webapp.sheet import CHOICES_PX, Pin, Sheet, home_view, looks, sheet

OFFERED, LINKS, MOST = 12, 4, 40
TITLES = {kind.id: kind.title for kind in KINDS} | {kind.id: kind.title for kind in WASTE if kind.id == COLLECTION}


def page(
    connection: Connection, typed: Typed, places: Places, problems: Mapping[str, str], status: int = 200
) -> Response:
    """Show the form with what was typed so far, and what is wrong with it."""
    drawn = _sheet(connection, typed)
    shown = {"sheet": drawn, "widths": CHOICES_PX, "looks": looks(drawn.view)}
    told = {"typed": typed, "problems": problems, "places": places}
    html = render_template("priority/scenario.html", **shown, **told, **offered(connection, typed))
    return Response(html, status)


def offered(connection: Connection, typed: Typed) -> dict[str, Any]:
    """Offer what has been chosen already, what a name finds, and the candidates that come first."""
    words = typed.words.lower()
    ranked = _ranked(connection, "ruas") + _ranked(connection, LINK)
    first = [row for unit, count in (("ruas", OFFERED), (LINK, LINKS)) for row in _first(ranked, unit, count)]
    every = ranked + (_searched(connection) if words or typed.works else [])
    chosen = [row for row in every if row["source_id"] in typed.works]
    found = [row for row in every if words and words in (row["name"] or "").lower()]
    return {
        "rows": list({row["source_id"]: row for row in [*chosen, *found, *first]}.values())[: MOST + len(chosen)],
        "movable": movable(connection, words, list(typed.places)),
        "kinds": kinds(),
        "titles": TITLES,
        "owners": {one.id: one.title for one in STATUSES if one.id not in OWN},
    }


def _sheet(connection: Connection, typed: Typed) -> Sheet:
    """Lay out the map on which points are pressed, with those that were."""
    of_rows = {str(n): row.at for n, row in enumerate(typed.rows, 1)}
    named = [*of_rows.items(), *(("", typed.to.get(key, "")) for key in typed.moved)]
    pins = [Pin(*at, text, label) for label, text in named if (at := point(text))]
    view = arguments.parse_view(request.form["look"]) if "look" in request.form else None
    return sheet(connection, view or arguments.view(request.form, home_view(connection)), pins)


def _searched(connection: Connection) -> list[Mapping[str, Any]]:
    """List what is found by its name alone: roads of other owners, which flood too, and parts of roads."""
    return candidates(connection, "ruas", own=False) + [
        row for own in (True, False) for row in candidates(connection, "bagian", own)
    ]


def _ranked(connection: Connection, unit: str) -> list[Mapping[str, Any]]:
    of = UNITS[unit]
    return list(board(candidates(connection, unit, own=True), of.usual, "weighted_sum", of.measures).rows)


def _first(ranked: list[Mapping[str, Any]], unit: str, count: int) -> list[Mapping[str, Any]]:
    return [row for row in ranked if row["unit"] == unit][:count]


def kinds() -> list[tuple[str, str]]:
    """List what may be opened."""
    return [(kind, in_language(TITLES[kind])) for kind in OPENED]
