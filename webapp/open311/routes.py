"""GeoReport v2 of Open311: the addresses by which programs of others read complaints and send them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from flask import Blueprint, Response, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotFound, ServiceUnavailable, TooManyRequests

from layers.complaints.acts import add_photo, submit
from layers.complaints.georeport import ServiceRequest, service_requests
from layers.complaints.outside import take_update
from layers.complaints.photos import MOST as MOST_PHOTOS
from layers.complaints.queries import timelines
from layers.complaints.refusals import ActRefusedError
from layers.complaints.tracking import give_code
from layers.records import api_keys, identities
from layers.records.actors import Actor
from layers.records.api_keys import Holder
from layers.records.codes import grouped
from layers.records.photos import Photo, PhotoRefusedError, develop
from webapp import language, uploads
from webapp.extensions import engine, reading, settings
from webapp.open311 import asking, records
from webapp.open311.documents import Document, Form, answer
from webapp.security.access import EVERYONE, open_room

room = Blueprint("open311", __name__, url_prefix="/open311/v2")
open_room(room, EVERYONE)
FORM = "<any(xml,json):form>"


@room.get(f"/discovery.{FORM}")
def discovery(form: Form) -> Response:
    """Say where the interface is."""
    return answer(Document("discovery", records.discovery(request.host_url)), form)


@room.get(f"/services.{FORM}")
def services(form: Form) -> Response:
    """List what can be reported."""
    return answer(Document("services", records.services()), form)


@room.get(f"/services/<code>.{FORM}")
def service_definition(code: str, form: Form) -> Response:
    """Say what else may be told when reporting."""
    kind = next((kind for kind in records.kinds() if kind.id == code), None)
    if kind is None:
        raise NotFound("there is no such service: see /open311/v2/services.json")
    return answer(Document("service_definition", records.definition(kind)), form)


@room.get(f"/requests.{FORM}")
def list_requests(form: Form) -> Response:
    """List complaints that anyone may see."""
    wanted = asking.query(request.args, datetime.now(UTC))
    with reading() as connection:
        found = _written(connection, service_requests(connection, **wanted))
    return answer(Document("service_requests", found), form)


@room.get(f"/requests/<number>.{FORM}")
def one_request(number: str, form: Form) -> Response:
    """Show one complaint; a secret one is not there for anyone."""
    with reading() as connection:
        found = _written(connection, service_requests(connection, 1, numbers=[number]))
    if not found:
        raise NotFound("there is no such request")
    return answer(Document("service_requests", found), form)


@room.get(f"/tokens/<token>.{FORM}")
def token(token: str, form: Form) -> Response:
    """Turn a token into a request's id; here every request gets its id at once, which serves as its token too."""
    with reading() as connection:
        known = service_requests(connection, 1, numbers=[token])
    if not known:
        raise NotFound("there is no such token")
    found = [{"service_request_id": token, "token": token}]
    return answer(Document("service_requests", found), form)


@room.get(f"/servicerequestupdates.{FORM}")
def updates(form: Form) -> Response:
    """List the public steps of complaints, the oldest of each first."""
    wanted = asking.query(request.args, datetime.now(UTC))
    with reading() as connection:
        known = service_requests(connection, **wanted)
        steps = timelines(connection, [one.number for one in known])
    found = [
        records.update(one, number, step, language.zone())
        for one in known
        for number, step in enumerate(steps[one.number], start=1)
    ]
    return answer(Document("service_request_updates", found), form)


@room.post(f"/servicerequestupdates.{FORM}")
def send_update(form: Form) -> Response:
    """Take what a program tells about a complaint that anyone may see; staff read it, the public does not."""
    program = _program()
    update = asking.update(request.form)
    number = request.form.get("service_request_id", "")
    with engine().begin() as connection:
        known = service_requests(connection, 1, numbers=[number]) if number else []
        if not known:
            raise NotFound("service_request_id is missing, or there is no such request")
        take_update(connection, program.actor, known[0].id, update)
    found = [{"update_id": update.id, "service_request_id": number}]
    return answer(Document("service_request_updates", found), form)


@room.post(f"/requests.{FORM}")
def send(form: Form) -> Response:
    """Take a complaint from a program that holds a key, with its photos where they come along."""
    data_dir = settings().data_dir
    with _sent_along() as files:
        program = _program()
        contact, pictures = asking.contact(request.form), _developed(files)
    with engine().begin() as connection:
        receipt = submit(connection, program.actor, asking.submission(connection, request.form))
        if contact:
            consent = f"Disetujui pelapor di {program.name}, dikirim melalui Open311"
            subject = f"complaint:{receipt.complaint_id}"
            identities.keep(connection, data_dir, program.actor, subject, contact, consent)
        for picture in pictures:  # sent on behalf of whoever reports
            add_photo(connection, data_dir, Actor(f"reporter:{receipt.complaint_id}"), receipt.complaint_id, picture)
        code = grouped(give_code(connection, data_dir, receipt.complaint_id))
    found = [{"service_request_id": receipt.number, "service_notice": _notice(code), "account_id": None}]
    return answer(Document("service_requests", found), form)


@room.errorhandler(HTTPException)
def refuse(error: HTTPException) -> Response:
    """Answer a refusal in the form that was asked for."""
    response = answer(
        Document("errors", [{"code": error.code, "description": error.description}]),
        (request.view_args or {}).get("form", "json"),
        error.code or 500,
    )
    response.headers.extend((k, v) for k, v in error.get_headers() if k == "Retry-After")
    return response


@room.errorhandler(ActRefusedError)
def refuse_act(error: ActRefusedError) -> Response:
    """Answer what the guards of every complaint refuse."""
    return refuse(BadRequest(error.text.en))


@room.after_request
def open_to_all(response: Response) -> Response:
    """Let pages of other sites read the answers."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def _sent_along() -> Iterator[list[IO[bytes]]]:
    """Lend the photos of a report; a form that can bring none takes no place from those that do."""
    if request.mimetype != "multipart/form-data":
        yield []
        return
    with uploads.photos("media") as files:
        yield files


def _developed(files: list[IO[bytes]]) -> list[Photo]:
    """Make photos anew from their pixels; where one will not do, the report is refused with all of them."""
    if len(files) > MOST_PHOTOS:
        raise BadRequest(f"media may hold {MOST_PHOTOS} photos at most")
    try:
        return [develop(file) for file in files]
    except PhotoRefusedError as refused:
        if refused.reason == "unavailable":
            raise ServiceUnavailable("photos cannot be handled right now: send the report without, or later") from None
        raise BadRequest(f"media: {refused.words.en}") from None


def _notice(code: str) -> str:
    """Word what a program shows to whoever reports: the code, which nobody can read here again."""
    return str(
        gettext(
            "Laporan diterima; isinya tampil setelah diperiksa petugas. Kode lacak pelapor, hanya tampil sekali ini: "
            "%(code)s. Di %(address)s kode itu membuka laporannya: untuk menjawab petugas, membantah hasil, menambah "
            "foto, dan menghapus datanya.",
            code=code,
            address=f"{request.host_url}laporan/kode",
        )
    )


def _program() -> Holder:
    """Find the program whose key came along, and count this against its quota, whatever becomes of what it sends."""
    with engine().begin() as connection:
        program = api_keys.holder(connection, request.form.get("api_key") or request.args.get("api_key", ""))
        if program is None:
            raise Forbidden("api_key is missing or not valid")
        within = api_keys.spend(connection, program)
    if not within:
        raise TooManyRequests("this key has sent as many reports as it may within a day", retry_after=3600)
    return program


def _written(connection: Connection, found: list[ServiceRequest]) -> list[records.Record]:
    """Write complaints, with their steps where the extensions are asked for."""
    zone = language.zone()
    if request.args.get("extensions") != "true":
        return [records.service_request(one, zone) for one in found]
    steps = timelines(connection, [one.number for one in found])
    return [records.service_request(one, zone) | records.extended(one, steps[one.number], zone) for one in found]
