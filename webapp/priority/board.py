"""The ranked table: which road first, by which weights, how firmly, and beside another weighting."""

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.exceptions import BadRequest

from geo.weights import shares
from layers.access.queries import people_source
from layers.areas.naming import named
from layers.computing import standing
from layers.priority import LAYER
from layers.priority.profiles import Profile, profiles
from layers.priority.ranking import DRAWS, FIRST, SPREAD, Board, board, candidates, left_out
from layers.priority.treatments import treatments
from layers.priority.units import UNITS
from webapp import arguments, freshness
from webapp.extensions import reading
from webapp.priority import asking
from webapp.priority.asking import Asked
from webapp.priority.drawing import LABELLED, drawn

PAGE = 25


def show() -> ResponseReturnValue:
    """Show a page of the ranking; the usual one where the weights make none, with a sentence about what to mend."""
    given, problem = asked()
    number = arguments.page(request.args)
    with reading() as connection:
        ranked = ranking(connection, given)
        last = max(1, -(-len(ranked.rows) // PAGE))
        if number > last:
            abort(404, gettext("Daftar ini berakhir di halaman %(last)s.", last=last))
        page = render_template(
            "priority/board.html", last=last, problem=problem, **about(connection, given, ranked, number)
        )
        return page, 400 if problem else 200


def asked() -> tuple[Asked, str]:
    """Read which ranking is asked for; the usual one, and a sentence about what to mend, where it makes none."""
    try:
        return asking.asked(request.args), ""
    except BadRequest as wrong:
        return asking.asked({}), str(wrong.description)


def ranking(connection: Connection, given: Asked) -> Board:
    """Rank the candidates that are asked for."""
    return board(candidates(connection, given.unit, given.own), given.weights, given.method, given.of.measures)


def about(connection: Connection, given: Asked, ranked: Board, number: int) -> dict[str, Any]:
    """Gather what the page shows."""
    known = profiles(connection)
    first = (number - 1) * PAGE
    rows = list(ranked.rows[first : first + PAGE])
    return {
        "asked": given,
        "board": ranked,
        "rows": rows,
        "first": first,
        "number": number,
        "units": UNITS.values(),
        "measures": given.of.measures,
        "shown": [m for m in given.of.measures if m.key in given.of.shown],
        "left_out": left_out(connection) if given.unit == "ruas" else [],
        "most_left_out": PAGE,
        "gaps": gaps(ranked),
        "most": max(asking.WHOLE, *given.weights.values()),
        "firmness": ranked.firmness() if any(place.rank for place in ranked.places) else [],
        "other": beside(connection, given, known),
        "profiles": known,
        "notice": asking.told_of_total(given),
        "made_up": treatments(connection).made_up,
        "standing": standing(connection, LAYER),
        "freshness": freshness.told(connection, LAYER),
        "people_source": people_source(connection),
        "sheet": drawn(connection, rows, LABELLED if given.of.of_roads else PAGE),
        "villages": named(connection, [row["village_code"] for row in rows]),
        "shaken": {"top": FIRST, "spread": SPREAD, "draws": DRAWS},
    }


def gaps(ranked: Board) -> dict[str, str]:
    """Say of each criterion how many candidates it is not known of."""
    counts = {m.key: sum(row[m.key] is None for row in ranked.rows) for m in ranked.measures}
    return {key: asking.told_of_gaps(missing, len(ranked.rows)) for key, missing in counts.items()}


def beside(connection: Connection, given: Asked, known: list[Profile]) -> Mapping[str, Any] | None:
    """Rank the same candidates by other weights, to be shown beside; None where none is asked for."""
    if given.beside is None:
        return None
    profile = next((one for one in known if one.id == given.beside), None)
    if profile is None:
        abort(404, gettext("Bobot pembanding itu tidak ada lagi; pilih dari daftar."))
    other = ranking(connection, asking.of_profile(profile, given))
    ranks = {row["id"]: place.rank for row, place in zip(other.rows, other.places, strict=True)}
    weights = shares({m.key: profile.weights.get(m.key, 0.0) for m in given.of.measures})
    first = {row["id"] for row in other.rows[:FIRST]}
    return {"profile": profile, "ranks": ranks, "weights": weights, "first": first}
