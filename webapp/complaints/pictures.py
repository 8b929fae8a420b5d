"""Photos of a case: added one by one by its reporter, handed out to whoever may see them."""

from uuid import UUID

from flask import Response, abort, jsonify, redirect, request, send_file
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import desks, photos, queries
from layers.complaints.photos import KeptPhoto, TooManyPhotosError
from layers.complaints.placing import can_move
from layers.complaints.table import POINT
from layers.records.photo_files import Size, path
from layers.records.photos import PhotoRefusedError, develop
from webapp import uploads
from webapp.complaints import drafting, own, passes, placing
from webapp.complaints.own import reporter
from webapp.complaints.place import PLACE
from webapp.complaints.report import to
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.media import JSON
from webapp.security.access import current_actor

AN_HOUR_S = 3600


def add() -> Response:
    """Keep a photo with the case that the browser may open as its reporter; says in words why not."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return _answer(gettext("Masukkan kode lacak dahulu, lalu kirim fotonya."), 403)
    try:
        with uploads.photo() as file:
            made = develop(file)
        with engine().begin() as connection:
            me, sent_as = reporter(connection, complaint_id), _client_id()
            photos.add_photo(connection, settings().data_dir, me, complaint_id, made, client_id=sent_as)
            spot = made.position if made.position and can_move(connection, complaint_id, *made.position) else None
    except uploads.NoPhotoError as nothing:
        return _answer(str(nothing.description), 422)
    except PhotoRefusedError as refused:
        return _answer(in_language(refused.words), 503 if refused.reason == "unavailable" else 422)
    except TooManyPhotosError:
        return _answer(gettext("Laporan ini sudah punya 10 foto; itu batasnya."), 409)
    sent = gettext("Foto terkirim. Foto tampil setelah diperiksa petugas.")
    return placing.offer(_answer(sent, 201, placing.ADDRESS), complaint_id, spot) if spot else _answer(sent, 201)


def _client_id() -> UUID | None:
    """Read the id that a photo keeps when it is sent again; None where a form without a script sends it."""
    try:
        return UUID(request.form.get("client_id", ""))
    except ValueError:
        return None


def locate() -> Response:
    """Take the place that a photo says it was taken at, for its reporter to confirm; the photo itself is not kept."""
    words = gettext("Foto ini tidak menyimpan lokasi; tekan peta, atau pilih desa.")
    try:
        with uploads.photo() as file:
            position = develop(file).position
    except uploads.NoPhotoError as nothing:
        position, words = None, str(nothing.description)
    except PhotoRefusedError as refused:
        position, words = None, in_language(refused.words)
    with engine().begin() as connection:
        found = {"lon": position[0], "lat": position[1], "precision": POINT} if position else {}
        if drafting.keep(connection, {**found, "photo_problem": "" if position else words}) is None:
            return to("")
    return to(PLACE.id)


def show_full(number: int) -> Response:
    """Hand out a photo to whoever may see it; for everybody else there is none."""
    return _show(number, "full")


def show_small(number: int) -> Response:
    """Hand out a photo in small."""
    return _show(number, "small")


def _show(number: int, size: Size) -> Response:
    with reading() as connection:
        kept = photos.photo(connection, number)
        if kept is None:
            abort(404)
        public = kept.moderation == "approved" and queries.is_public(connection, kept.complaint_id)
        if not public and not _may_see(connection, kept):
            abort(404)
    file = path(settings().data_dir, kept.name, size, photos.FOLDER)
    if not file.exists():  # such as after a restore of the database alone
        abort(404)
    response = send_file(file, "image/jpeg", conditional=True, max_age=AN_HOUR_S if public else 0)
    response.cache_control.private = True
    return response


def _may_see(connection: Connection, kept: KeptPhoto) -> bool:
    """Say whether the reporter of a photo's case asks, or staff whose roles reach that case."""
    mine = passes.holder() == kept.complaint_id
    return mine or bool(desks.reached(connection, current_actor(), [kept.complaint_id]))


def _answer(words: str, status: int, onward: str = "") -> Response:
    """Tell a script what became of a photo, or show a person the own view with those words; ask for the code."""
    if request.accept_mimetypes.best == JSON:
        response = jsonify(words=words, offer=onward)
        response.status_code = status
        return response
    if status == 201:
        if "noting" in request.form:  # the code may not be noted yet
            return redirect(f"{own.RECEIPT}?foto={'letak' if onward else '1'}", 303)  # type: ignore[return-value]
        return redirect(onward, 303) if onward else own.to_own(own.PHOTOS)  # type: ignore[return-value]
    complaint_id = passes.holder()
    return own.to_code() if complaint_id is None else own.page(complaint_id, words, status=status)
