"""What somebody typed, found among the services, the kinds of office, and the places."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from layers.complaints import queries
from layers.complaints.numbers import typed_number
from layers.offices.queries import services
from layers.offices.vocabulary import kinds, names, wish
from layers.registry import layers
from layers.search import SHARE, Place
from webapp import arguments, remembered
from webapp.extensions import reading
from webapp.sheet import Pin, home_view, sheet, view_of

PAGE = 12


@dataclass(frozen=True)
class Places:
    """A page of the places found; `first` is the number of its first, `total` of all, `more` says there are others."""

    shown: list[Place]
    number: int
    first: int
    total: int
    last: int
    more: bool


def show() -> str | Response:
    """List what fits the text: services and kinds to look for, places to start from, offices to go to.

    The number of a complaint that anyone may see leads to its page; of any other one is told where to look.
    """
    typed = arguments.words(request.args)
    complaint = typed_number(typed)
    with reading() as connection:
        if complaint and queries.case(connection, complaint, datetime.now(UTC)):
            return redirect(f"/laporan/{complaint}", 303)
        return _list(connection, typed, complaint)


def _list(connection: Connection, typed: str, complaint: str | None) -> str:
    asked = wish(typed)
    number = arguments.page(request.args)
    offered = [service for service in services(connection) if names(asked.thing, service.title)]
    found = kinds(asked.thing)
    places = _page(remembered.places(connection, asked.place or asked.thing, SHARE * len(layers())), number)
    pins = [Pin(place.lon, place.lat, place.name, str(i)) for i, place in enumerate(places.shown, places.first)]
    usual = view_of([(place.lon, place.lat) for place in places.shown], home_view(connection))
    ground = sheet(connection, arguments.view(request.args, usual), pins)
    return render_template(
        "explore/search.html",
        typed=typed,
        complaint=complaint,
        near=asked.place,
        services=offered,
        kinds=found,
        places=places,
        layers=layers(),
        sheet=ground,
    )


def _page(found: list[Place], number: int) -> Places:
    """Take a page; as many as one layer may bring can mean that it holds more."""
    last = max(1, -(-len(found) // PAGE))
    if number > last:
        abort(404, gettext("Daftar ini berakhir di halaman %(last)s.", last=last))
    first = (number - 1) * PAGE
    return Places(found[first : first + PAGE], number, first + 1, len(found), last, len(found) >= SHARE)
