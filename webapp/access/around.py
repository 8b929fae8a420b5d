"""What can be reached from a point or an office: the ground within 15, 30 and 60 minutes, drawn and as GeoJSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import shapely
from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.crs import to_metres
from geo.svgmap import in_pixels, path
from geo.view import View
from layers import features
from layers.access import CLASSES, LIMITS
from layers.registry import layers
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import arguments
from webapp.access import asking
from webapp.extensions import reading, settings
from webapp.sheet import CHOICES_PX, Pin, Shape, Sheet, around, home_view, sheet

if TYPE_CHECKING:
    from layers.access.reached import Reached
    from layers.roads.speeds import Mode, Season

WEB_MAP = 3857


@dataclass(frozen=True)
class Answer:
    """From where, and the ground within reach, widest first; `ready` says whether there is a network of roads."""

    lon: float
    lat: float
    name: str
    ready: bool
    grounds: "list[Reached]" = field(default_factory=list)


def show() -> ResponseReturnValue:
    """Show what can be reached from a place, or ask from where."""
    asked = asking.asked(request.args)
    with reading() as connection:
        shown = arguments.view(request.args, home_view(connection))
        clicked = arguments.click(request.args, shown)
        if clicked:
            kept = {"mode": asked.mode, "season": asked.season}
            return redirect(asking.address("/jangkauan/dari", lat=clicked[1], lon=clicked[0], **kept), 303)
        answer = _answer(connection)
        page: dict[str, Any] = {"sheet": sheet(connection, shown)}
        if answer:
            page = {"sheet": _map(connection, answer)}
    choices = {"modes": MODE_CHOICES, "seasons": SEASON_CHOICES, "widths": CHOICES_PX}
    colours = dict(zip(LIMITS, CLASSES, strict=False))
    return render_template("access/around.html", asked=asked, answer=answer, colours=colours, **choices, **page)


def geojson() -> Response:
    """Send the ground within reach as GeoJSON, widest first."""
    with reading() as connection:
        answer = _answer(connection)
    if answer is None:
        abort(400, gettext("Sebutkan dari mana: lat dan lon, atau nomor kantor."))
    if not answer.ready:
        abort(503, gettext("Jaringan jalan belum siap; coba lagi beberapa menit lagi."))
    asked = asking.asked(request.args)
    told = {"mode": asked.mode, "season": asked.season, "from": [answer.lon, answer.lat]}
    drawn = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(shapely.set_precision(ground.shape, 1e-6)),
            "properties": {"minutes": ground.minutes, "km2": round(ground.km2, 2), **told},
        }
        for ground in answer.grounds
    ]
    response = asking.json({"type": "FeatureCollection", "features": drawn})
    response.headers.set("Content-Disposition", "attachment", filename="jangkauan.geojson")
    return response


def _answer(connection: Connection) -> Answer | None:
    place = _place(connection, request.args)
    if place is None:
        return None
    from layers.access.reached import reached  # not sooner: scipy is large, and few pages need it
    from layers.roads import networks

    network, asked = networks.current(settings().data_dir), asking.asked(request.args)
    if network is None:
        return Answer(*place, ready=False)
    ways = cast("Mode", asked.mode), cast("Season", asked.season)
    return Answer(*place, ready=True, grounds=reached(network, *place[:2], *ways, LIMITS))


def _place(connection: Connection, asked: Mapping[str, str]) -> tuple[float, float, str] | None:
    """Read from where: an office by its number, or a position."""
    office = asked.get("office", "")
    if office:
        known = features.feature(connection, layers()["offices"], int(office)) if _is_number(office) else None
        if known is None:
            abort(404, gettext("Kantor ini tidak ada, atau sudah dihapus; cari lagi di daftarnya."))
        return known["lon"], known["lat"], known["name"] or ""
    position = arguments.position(asked)
    return (*position, "") if position else None


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 19


def _map(connection: Connection, answer: Answer) -> Sheet:
    here = (answer.lon, answer.lat)
    if not answer.grounds:
        return sheet(connection, arguments.view(request.args, around([here])), here=here)
    west, south, east, north = answer.grounds[0].shape.bounds
    view = arguments.view(request.args, around([(west, south), (east, north)]))
    looks = dict(zip(LIMITS, CLASSES, strict=False))
    shapes = [_shape(ground, view, looks[ground.minutes].colour) for ground in answer.grounds]
    return sheet(connection, view, [Pin(*here, answer.name or gettext("Titik ini"))], shapes)


def _shape(ground: "Reached", view: View, colour: str) -> Shape:
    drawn = in_pixels(view, shapely.transform(ground.shape, lambda degrees: to_metres(degrees, WEB_MAP)))
    title = gettext("dalam %(n)s menit", n=f"{ground.minutes:.0f}")
    return Shape(path(drawn, 0.8), title, colour, 1.5, filled=True)
