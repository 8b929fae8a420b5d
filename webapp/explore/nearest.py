"""Which office is nearest: the answer in order, with its map; or where from, if nobody has said so yet."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from layers import provenance
from layers.layer import Choice
from layers.offices.queries import NearOffice, Service, Wanted, nearest_offices, services
from layers.offices.travel import Start, nearest_by_time
from layers.registry import layers
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES, Mode, Season
from webapp import arguments, journey, remembered
from webapp.explore import roads
from webapp.explore.links import absolute
from webapp.explore.marks import answer
from webapp.explore.offices import cards
from webapp.explore.origin import Origin, alike, asked_origin
from webapp.extensions import reading
from webapp.journey import USUAL_MODE, USUAL_SEASON, placed_offices
from webapp.language import in_language, within
from webapp.sheet import CHOICES_PX, home_view

ANSWERS = 5
KEPT = ("kind", "service", "open_now", "wheelchair", "mode", "season")


@dataclass(frozen=True)
class Wish:
    """What is looked for: a kind of office, a service, open now, accessible with a wheelchair; and how one goes."""

    kind: Choice | None
    service: Service | None
    open_now: bool
    wheelchair: bool
    mode: Mode
    season: Season

    @property
    def parameters(self) -> dict[str, str]:
        """Give the wish as parameters of an address."""
        mode, season = self.mode != USUAL_MODE and self.mode, self.season != USUAL_SEASON and self.season
        told = (
            self.kind and self.kind.id,
            self.service and self.service.id,
            self.open_now,
            self.wheelchair,
            mode,
            season,
        )
        return {
            name: str(value if isinstance(value, str) else 1) for name, value in zip(KEPT, told, strict=True) if value
        }

    def near(self, lon: float, lat: float) -> str:
        """Give the address of the answer for a position, which can be passed on."""
        return "/nearest?" + urlencode({"lat": f"{lat:.5f}", "lon": f"{lon:.5f}", **self.parameters})

    def way(self, origin: Origin) -> str:
        """Give the address of the ways from a position, to which the office is to be added."""
        going = {name: value for name, value in self.parameters.items() if name in ("mode", "season")}
        return "/nearest/way?" + urlencode(
            {"lat": f"{origin.lat:.5f}", "lon": f"{origin.lon:.5f}", **going, "office": ""}
        )


def show() -> str | Response:
    """Answer which offices are nearest, or ask where from."""
    with reading() as connection:
        wish = _wish(connection)
        shown = arguments.view(request.args, home_view(connection))
        clicked = arguments.click(request.args, shown)
        if clicked:
            return redirect(f"{wish.near(*clicked)}#jawaban", 303)
        origin = asked_origin(connection)
        found = _nearest(connection, wish, origin) if origin else []
        page = _page(connection, wish, origin, found)
    return render_template("explore/nearest.html", **page)


def _page(connection: Connection, wish: Wish, origin: Origin | None, found: list[NearOffice]) -> dict[str, Any]:
    heading, link = _heading(wish), wish.near(origin.lon, origin.lat) if origin else ""
    way = wish.way(origin) if origin and placed_offices() else ""
    return {
        "heading": heading,
        "shared": f"{heading} {absolute(link)}",
        "wish": wish,
        "origin": origin,
        "cards": cards(found, origin, datetime.now(UTC), of_one_kind=wish.kind is not None, way=way),
        "standing": roads.standing(connection, wish.mode, wish.season),
        "modes": MODE_CHOICES,
        "seasons": SEASON_CHOICES,
        "mixed": provenance.mixed(remembered.sources(connection, layers()["offices"])),
        "alike": [] if origin else alike(connection),
        "sheet": answer(connection, origin, found),
        "services": services(connection),
        "kinds": layers()["offices"].choices,
        "typed": arguments.words(request.args),
        "link": link,
        "points": _points(wish, origin) if origin else "",
        "choices": CHOICES_PX,
    }


def _heading(wish: Wish) -> str:
    """Ask what the page answers."""
    if wish.service:
        return str(gettext("Di mana mengurus %(service)s?", service=within(in_language(wish.service.title))))
    if wish.kind:
        return str(gettext("Di mana %(kind)s terdekat?", kind=within(in_language(wish.kind.title))))
    return str(gettext("Di mana kantor terdekat?"))


def _wish(connection: Connection) -> Wish:
    kind_id, service_id = request.args.get("kind", ""), request.args.get("service", "")
    kind = layers()["offices"].choice(kind_id)
    service = next((s for s in services(connection) if s.id == service_id), None)
    if kind_id and kind is None:
        abort(404, gettext("Jenis kantor itu tidak dikenal; pilih salah satu dari daftar."))
    if service_id and service is None:
        abort(404, gettext("Layanan itu tidak dikenal; pilih salah satu dari daftar."))
    open_now, wheelchair = (arguments.ticked(request.args, name) for name in ("open_now", "wheelchair"))
    return Wish(kind, service, open_now, wheelchair, *journey.asked(request.args))


def _nearest(connection: Connection, wish: Wish, origin: Origin) -> list[NearOffice]:
    wanted = Wanted(
        kind=wish.kind.id if wish.kind else None,
        service=wish.service.id if wish.service else None,
        open_at=datetime.now(UTC) if wish.open_now else None,
        wheelchair=wish.wheelchair,
    )
    working, placed = remembered.working_calendar(connection), placed_offices()
    if placed is None:
        return nearest_offices(connection, origin.lon, origin.lat, **vars(wanted), limit=ANSWERS, working=working)
    start = Start(origin.lon, origin.lat, wish.mode, wish.season)
    return nearest_by_time(connection, placed, start, working, wanted=wanted, limit=ANSWERS)


def _points(wish: Wish, origin: Origin) -> str:
    """Give the address at which the interactive map finds the same answer."""
    ticked: dict[str, object] = {name: "true" for name in ("open_now", "wheelchair") if name in wish.parameters}
    asked: dict[str, object] = {"lat": origin.lat, "lon": origin.lon, **wish.parameters, **ticked, "limit": ANSWERS}
    return "/api/nearest?" + urlencode(asked)
