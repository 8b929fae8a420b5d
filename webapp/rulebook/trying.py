"""The rules are tried: where would a complaint of this kind, here and at this hour, go, and why; nothing is written."""

from dataclasses import dataclass
from datetime import datetime, time

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import villages
from layers.complaints.categories import CATEGORY_OF
from layers.complaints.routing import Route, route
from layers.complaints.rules import rules
from layers.records.calendar import calendar
from webapp import arguments, subjects
from webapp.extensions import reading
from webapp.language import day
from webapp.rulebook.rules import hour, offered


@dataclass(frozen=True)
class Place:
    """A position (EPSG:4326) that is tried, not `exact` where it stands for a village."""

    lon: float
    lat: float
    exact: bool = True


def show() -> ResponseReturnValue:
    """Show the form, and where the complaint that it describes would go."""
    kind = request.args.get("kind", "")
    if kind and kind not in CATEGORY_OF:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    with reading() as connection:
        thing, at = subjects.asked(connection, request.args), moment(connection)
        spot = place(connection) or (Place(thing.lon, thing.lat) if thing else None)
        asset = (thing.layer, thing.id) if thing else None
        found = route(connection, kind, spot.lon, spot.lat, asset, at, spot.exact) if kind and spot else None
        told = {"found": found, "due": until(connection, found, at) if found else "", **offered(connection)}
        told["unknown"] = bool(request.args.get("about")) and thing is None
    return render_template("rulebook/trying.html", asked=request.args, missing=bool(request.args) and not found, **told)


def place(connection: Connection) -> Place | None:
    """Read a position, else a village: a point in it, which is not exact."""
    pointed = arguments.position({name: request.args.get(name, "").strip() for name in ("lon", "lat")})
    if pointed:
        return Place(*pointed)
    named = next((one for one in villages(connection) if one.code == request.args.get("village")), None)
    return Place(named.lon, named.lat, exact=False) if named else None


def moment(connection: Connection) -> datetime:
    """Give today at the hour that was asked, now where none was, by the clock of the regency."""
    now = datetime.now(calendar(connection).zone)
    asked: time | None = hour(request.args.get("at", ""))
    return now.replace(hour=asked.hour, minute=asked.minute) if asked else now


def until(connection: Connection, found: Route, at: datetime) -> str:
    """Word the deadline that would be set."""
    due = rules(connection).due(found.handling, at)
    return day(due) if due else str(gettext("tanpa batas waktu"))
