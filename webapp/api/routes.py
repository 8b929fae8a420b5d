"""The addresses of the API for programs: all of them read only."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, request
from flask_babel import gettext
from spectree import Response as Answers
from sqlalchemy import Connection

from layers.offices.kinds import KINDS
from layers.offices.placed import PlacedOffices
from layers.offices.queries import NearOffice, Wanted, nearest_offices, offices_as_seen, services
from layers.offices.route import route
from layers.offices.travel import Start, nearest_by_time
from webapp import remembered
from webapp.api import schemas
from webapp.api.description import document, sentence, spec
from webapp.api.geojson import collection, leg, near_office, place, roads, service_record
from webapp.extensions import asking, reading
from webapp.journey import placed_offices
from webapp.language import language
from webapp.security.access import EVERYONE, open_room

LONGEST_QUERY = 2_000  # bytes

room = Blueprint("api", __name__, url_prefix="/api")
open_room(room, EVERYONE)


@room.before_request
def refuse_long_query() -> None:
    """Refuse with 414 a query far longer than any question needs."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(414, gettext("Alamat ini terlalu panjang; kirim hanya parameter di /api/openapi.json."))


@room.after_request
def open_to_all(response: Response) -> Response:
    """Let pages of other sites read the answers; keep questions about positions out of caches."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@room.get("/")
def landing() -> Response:
    """Say what stands here and where it is described."""
    links = [
        {"rel": "service-desc", "href": "/api/openapi.json", "title": "OpenAPI", "type": "application/json"},
        {"rel": "data", "href": "/ogc/", "title": "OGC API Features, OGC API Tiles", "type": "application/json"},
        {"rel": "about", "href": "/about/data", "title": gettext("Sumber dan lisensi"), "type": "text/html"},
    ]
    return _answer({"title": "Peta Layanan", "description": spec.config.description, "links": links})


@room.get("/nearest")
@spec.validate(query=schemas.NearestQuery, resp=Answers(HTTP_200=schemas.NearOffices, HTTP_404=schemas.Problem))
def nearest() -> Response:
    """List the offices that are reached soonest from a point, soonest first."""
    asked: schemas.NearestQuery = request.context.query  # type: ignore[attr-defined]
    placed = placed_offices()
    with asking() as connection:
        offices = _nearest(connection, asked, placed)
        if not offices and asked.service and asked.service not in {service.id for service in services(connection)}:
            abort(404, sentence("service"))
    words = language()
    found = collection((near_office(office, words) for office in offices), roads=roads(placed))
    return _answer(found, "application/geo+json")


@room.get("/way")
@spec.validate(query=schemas.WayQuery, resp=Answers(HTTP_200=schemas.Way, HTTP_404=schemas.Problem))
def way() -> Response:
    """Draw the way to an office in parts of one condition each."""
    asked: schemas.WayQuery = request.context.query  # type: ignore[attr-defined]
    placed, start = placed_offices(), Start(asked.lon, asked.lat, asked.mode, asked.season)
    with asking() as connection:
        working = remembered.working_calendar(connection)
        office = offices_as_seen(connection, *(asked.lon, asked.lat), [asked.office], datetime.now(UTC), working)
    found = route(placed, start, office[asked.office]) if placed and office else None
    if found is None:
        abort(
            404, gettext("Tidak ada jalan yang diketahui sampai ke kantor ini; /api/nearest memberi jarak garis lurus.")
        )
    told = {"minutes": round(found.minutes, 2), "length_m": round(found.travel.length_m, 1)}
    told["damaged_m"] = round(found.travel.damaged_m, 1)
    return _answer(collection(map(leg, found.legs), **told, roads=roads(placed)), "application/geo+json")


@room.get("/search")
@spec.validate(query=schemas.SearchQuery, resp=Answers(HTTP_200=schemas.Places, HTTP_429=schemas.Problem))
def search() -> Response:
    """List the places whose names look like a text, best match first."""
    asked: schemas.SearchQuery = request.context.query  # type: ignore[attr-defined]
    with reading() as connection:
        found = remembered.places(connection, asked.q, asked.limit)
    return _answer(collection(map(place, found)), "application/geo+json")


@room.get("/kinds")
@spec.validate(query=schemas.Asked, resp=Answers(HTTP_200=schemas.Kinds))
def kinds() -> Response:
    """List the kinds of offices."""
    return _answer({"kinds": [{"id": kind.id, "title": asdict(kind.title)} for kind in KINDS]})


@room.get("/services")
@spec.validate(query=schemas.Asked, resp=Answers(HTTP_200=schemas.Services))
def list_services() -> Response:
    """List the services, with what to bring and what they cost."""
    with asking() as connection:
        return _answer({"services": [service_record(service) for service in services(connection)]})


@room.get("/openapi.json")
def openapi() -> Response:
    """Describe the API to programs."""
    return _answer(document())


def _nearest(connection: Connection, asked: schemas.NearestQuery, placed: PlacedOffices | None) -> list[NearOffice]:
    wanted = Wanted(
        kind=asked.kind or None,
        service=asked.service or None,
        open_at=datetime.now(UTC) if asked.open_now else None,
        wheelchair=asked.wheelchair,
    )
    working = remembered.working_calendar(connection)
    if placed is None:
        return nearest_offices(connection, asked.lon, asked.lat, **vars(wanted), limit=asked.limit, working=working)
    start = Start(asked.lon, asked.lat, asked.mode, asked.season)
    return nearest_by_time(connection, placed, start, working, wanted=wanted, limit=asked.limit)


def _answer(body: dict[str, Any], mimetype: str = "application/json") -> Response:
    return Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")), mimetype=mimetype)
