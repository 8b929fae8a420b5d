"""Another layer on the second map of the desk: what can be chosen, its picture and its own legend."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, abort, request
from flask_babel import gettext
from sqlalchemy import Connection

from geo.view import View
from layers.layer import Choice, Layer
from layers.overview.pictures import Subject, picture
from webapp import arguments, freshness, remembered
from webapp.extensions import reading
from webapp.language import in_language, within
from webapp.planning import asking
from webapp.sheet import home_view, written

A_YEAR_S = 31_536_000
POLICY = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Beside:
    """A layer as the second map shows it: title, address of its picture, legend with the numbers in the view.

    `afar` says that too much lies in the view to be counted, `crowded` that it is too much even to be drawn,
    `freshness` from when a computed layer is.
    """

    layer: Layer
    title: str
    address: str
    svg: str
    legend: tuple[tuple[Choice, int], ...]
    afar: bool
    crowded: bool
    freshness: str


def offered(layout: asking.Layout) -> list[tuple[str, str]]:
    """List what the second map may show: the ways of the layout first, then all other layers."""
    ways = gettext("musim kering dan hujan") if layout == "geser" else gettext("waktu tempuh dengan cara lain")
    return [("", ways), *((key, in_words(subject)) for key, subject in asking.others().items())]


def in_words(subject: Subject) -> str:
    """Name what a picture shows: the layer, and the field where that is not the one of its legend."""
    layer, title = subject.layer, in_language(subject.layer.title)
    return title if subject.id == layer.id else f"{title}: {within(in_language(subject.field.title))}"


def found(connection: Connection, subject: Subject, view: View) -> Beside:
    """Draw a layer in the view of the desk, and count what is seen of each entry of its legend."""
    drawn = picture(connection, subject, view)
    asked = {"lapis2": subject.id, "tampilan": "sanding", "view": written(view), "v": _state(connection, subject)}
    return Beside(
        subject.layer,
        in_words(subject),
        "/perencana/lapis.svg?" + urlencode(asked),
        drawn.svg,
        tuple((choice, drawn.counts[choice.id]) for choice in subject.field.choices if choice.id in drawn.counts),
        drawn.afar,
        drawn.crowded,
        freshness.told(connection, subject.layer),
    )


def show() -> Response:
    """Answer the picture of a layer in a view; one that was asked for by its state may be kept for good."""
    subject = asking.second(request.args)
    if subject is None:
        abort(404)
    with reading() as connection:
        state = _state(connection, subject)
        drawn = picture(connection, subject, arguments.view(request.args, home_view(connection)))
    response = Response(drawn.svg, mimetype="image/svg+xml", headers={"Content-Security-Policy": POLICY})
    response.cache_control.private = True
    if request.args.get("v") == state:
        response.cache_control.max_age = A_YEAR_S
    else:
        response.cache_control.no_cache = True
    return response


def _state(connection: Connection, subject: Subject) -> str:
    return remembered.states(connection).of(subject.layer.id)
