"""The way to one office: drawn on the map, with how long it takes and in what condition the roads are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import shapely
from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import in_pixels, path
from geo.view import View, mercator
from layers.layer import Choice
from layers.offices.queries import NearOffice, offices_as_seen
from layers.offices.route import Leg, Route, route
from layers.offices.travel import Start
from layers.registry import layers
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import arguments, journey, remembered
from webapp.explore import roads
from webapp.explore.offices import road, status, ways
from webapp.extensions import reading
from webapp.journey import duration, placed_offices
from webapp.language import in_language
from webapp.sheet import Pin, Shape, Sheet, around, sheet
from webapp.ways import ON_FOOT, look

WIDTH = 4.0


def show() -> str:
    """Show the way from a position to an office, or say that none is known."""
    position, number = arguments.position(request.args), request.args.get("office", "")
    if position is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        abort(404, gettext("Rute ini tidak lengkap; pilih lagi kantornya dari daftar yang terdekat."))
    start = Start(*position, *journey.asked(request.args))
    now = datetime.now(UTC)
    with reading() as connection:
        office = _office(connection, start, int(number), now)
        placed = placed_offices()
        found = route(placed, start, office) if placed else None
        page = _page(connection, start, office, found) | {"status": status(office.hours, now)}
    return render_template("explore/way.html", **page)


def _office(connection: Connection, start: Start, number: int, now: datetime) -> NearOffice:
    working = remembered.working_calendar(connection)
    found = offices_as_seen(connection, start.lon, start.lat, [number], now, working)
    if number not in found:
        abort(404, gettext("Kantor ini tidak ada, atau sudah dihapus; cari lagi yang terdekat."))
    return found[number]


def _page(connection: Connection, start: Start, office: NearOffice, found: Route | None) -> dict[str, Any]:
    kind = layers()["offices"].choice(office.kind)
    title = office.name or (in_language(kind.title) if kind else office.kind)
    return {
        "layer": layers()["roads"],
        "office": office,
        "title": title,
        "time": duration(found.minutes) if found else "",
        "length": road(found.travel) if found else "",
        "rows": list(_rows(found)) if found else [],
        "standing": roads.standing(connection, start.mode, start.season),
        "sheet": _map(connection, start, office, title, found),
        "ways": ways(office.lon, office.lat, title, (start.lon, start.lat)),
        "start": start,
        "modes": MODE_CHOICES,
        "seasons": SEASON_CHOICES,
        "back": f"/nearest?{urlencode({**_going(start), 'kind': office.kind})}",
        "points": f"/api/way?{urlencode({**_going(start), 'office': office.id})}" if found else "",
    }


def _going(start: Start) -> dict[str, str]:
    position = {"lat": f"{start.lat:.5f}", "lon": f"{start.lon:.5f}"}
    return position | {"mode": start.mode, "season": start.season}


def _rows(found: Route) -> Iterator[tuple[Choice, float, float]]:
    """Tell the metres and the share of the way in each condition, in the order of the legend, and those on foot."""
    metres, total = found.metres, found.travel.length_m
    for choice in (*layers()["roads"].by_name["condition"].choices, ON_FOOT):
        length_m = metres.get(choice.id or None, 0.0)
        if round(length_m):
            yield choice, length_m, length_m / total


def _map(connection: Connection, start: Start, office: NearOffice, title: str, found: Route | None) -> Sheet:
    ends = [(start.lon, start.lat), (office.lon, office.lat)]
    passed = [tuple(point) for leg in found.legs for point in leg.line.coords] if found else []
    view = arguments.view(request.args, around([*ends, *passed]))
    shapes = [_shape(leg, view) for leg in found.legs] if found else []
    pin = Pin(office.lon, office.lat, title, "1", href=f"/layers/offices/{office.id}")
    return sheet(connection, view, [pin], [shape for shape in shapes if shape.path], here=ends[0])


def _shape(leg: Leg, view: View) -> Shape:
    choice = look(leg.condition)
    metres = shapely.LineString([mercator(lon, lat) for lon, lat in leg.line.coords])
    drawn = path(shapely.MultiLineString([in_pixels(view, metres)]), 0.6)
    return Shape(drawn, in_language(choice.title), choice.colour, WIDTH, dashed=choice.dashed)
