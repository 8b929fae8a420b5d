"""The home page: one question, the kinds of office as large buttons, and the map."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from layers import provenance
from layers.layer import Choice
from layers.offices.queries import NearOffice, nearest_of_each
from layers.offices.travel import Start, soonest_of_each
from layers.registry import layers
from webapp import arguments, remembered
from webapp.explore.marks import answer
from webapp.explore.offices import cards
from webapp.explore.origin import Origin, asked_origin
from webapp.extensions import reading
from webapp.journey import USUAL_MODE, USUAL_SEASON, placed_offices
from webapp.sheet import CHOICES_PX, home_view

FIRST = ("dukcapil", "puskesmas", "kantor_desa", "kantor_camat", "rumah_sakit", "sd", "smp", "polisi", "damkar")


def show() -> str | Response:
    """Ask which service the visitor looks for; once a position is known, name the nearest office of each kind."""
    kinds = layers()["offices"].choices
    with reading() as connection:
        clicked = arguments.click(request.args, arguments.view(request.args, home_view(connection)))
        if clicked:
            return redirect(f"/?{_position(*clicked)}#jawaban", 303)
        origin = asked_origin(connection)
        offices = _nearest(connection, origin) if origin else []
        known = remembered.counts(connection, layers()["offices"])
        ground = answer(connection, origin, offices)
        mixed = provenance.mixed(remembered.sources(connection, layers()["offices"]))
    return render_template(
        "explore/home.html",
        first=_foremost(kinds),
        others=[kind for kind in kinds if kind.id not in FIRST and kind.id in known],
        origin=origin,
        position=f"&{_position(origin.lon, origin.lat)}" if origin else "",
        cards=cards(offices, origin, datetime.now(UTC), of_one_kind=False, way=_way(origin)),
        by_road=placed_offices() is not None,
        mixed=mixed,
        sheet=ground,
        choices=CHOICES_PX,
    )


def _nearest(connection: Connection, origin: Origin) -> list[NearOffice]:
    """Find the nearest office of each kind: by motorcycle in the dry, in a straight line before roads are known."""
    placed = placed_offices()
    if placed is None:
        return nearest_of_each(connection, origin.lon, origin.lat, FIRST)
    start = Start(origin.lon, origin.lat, USUAL_MODE, USUAL_SEASON)
    return soonest_of_each(connection, placed, start, FIRST, remembered.working_calendar(connection))


def _way(origin: Origin | None) -> str:
    return f"/nearest/way?{_position(origin.lon, origin.lat)}&office=" if origin and placed_offices() else ""


def _position(lon: float, lat: float) -> str:
    return urlencode({"lat": f"{lat:.5f}", "lon": f"{lon:.5f}"})


def _foremost(kinds: tuple[Choice, ...]) -> list[Choice]:
    return sorted((k for k in kinds if k.id in FIRST), key=lambda kind: FIRST.index(kind.id))
