"""What a failed request gets: one clear sentence, as a page for people or as problem+json for programs."""

import errno
from dataclasses import asdict, dataclass
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, InternalServerError, ServiceUnavailable

from layers.query import QueryError
from webapp.frame import Frame
from webapp.media import JSON

PROGRAMS = ("/api/", "/ogc/", "/open311/", "/tiles/", "/health/", "/metrics/")
RETRY_AFTER_S = 5
DISK_FULL = "53100"  # as PostgreSQL says it

log = structlog.get_logger()


@dataclass(frozen=True)
class Problem:
    """A failed request as RFC 9457 describes it; `reference` finds it in the log."""

    status: int
    title: str
    detail: str
    reference: str
    type: str = "about:blank"


class NoRoomError(HTTPException):
    """Nothing more can be kept: the disk is full."""

    code = HTTPStatus.INSUFFICIENT_STORAGE


def install(app: Flask) -> None:
    """Answer every failure of the application."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(DataError, refuse_value)
    app.register_error_handler(QueryError, refuse_question)
    for lost in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(lost, wait_for_database)
    app.register_error_handler(OSError, refuse_for_room)
    app.register_error_handler(PermissionError, refuse_person)
    app.register_error_handler(Exception, answer_unexpected)


def answer(error: HTTPException) -> Response:
    """Answer a refused request with the sentence of whoever refused it, or with our own for its status."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    written = error.description if error.description != type(error).description else None
    problem = Problem(status, title(status), written or sentence(status), g.get("request_id", ""))
    plain = for_programs(request.path) or request.accept_mimetypes.best == JSON  # as our own scripts ask
    response = _as_json(problem) if plain else _as_page(problem)
    response.headers.extend((k, v) for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length"))
    return response


def refuse_value(error: DataError) -> Response:
    """Answer a value that the database cannot hold, such as a number beyond its range."""
    log.warning("value refused by the database", code=_code(error))
    return answer(BadRequest())


def refuse_question(_error: QueryError) -> Response:
    """Answer a filter that its layer does not have, or with a value that its field cannot hold."""
    return answer(BadRequest())


def wait_for_database(error: Exception) -> Response:
    """Answer while the database is away or overloaded: 503, and when to come back; 507 where its disk is full."""
    log.error("database unavailable", error=type(error).__name__, code=_code(error))
    if _code(error) == DISK_FULL:
        return answer(NoRoomError())
    return answer(ServiceUnavailable(retry_after=RETRY_AFTER_S))


def refuse_for_room(error: OSError) -> Response:
    """Answer what cannot be kept because the disk is full; any other fault of the machine is ours."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return answer_unexpected(error)
    log.error("disk full", path=error.filename)
    return answer(NoRoomError())


def refuse_person(error: PermissionError) -> Response:
    """Answer whoever an act refuses, though the page is open to his role: it reaches no farther than his own area."""
    if error.errno is not None:  # a file that the program itself may not read
        return answer_unexpected(error)
    return answer(Forbidden())


def answer_unexpected(error: Exception) -> Response:
    """Answer a fault of ours with a number that finds its trace in the log."""
    log.error("unexpected error", exc_info=error)
    return answer(InternalServerError())


def for_programs(path: str) -> bool:
    """Say whether an address is read by programs rather than by people."""
    return f"{path}/".startswith(PROGRAMS)


def title(status: int) -> str:
    """Name a status in the reader's language, for a heading."""
    titles = {
        400: gettext("Permintaan tidak dapat dibaca"),
        403: gettext("Tidak berhak"),
        404: gettext("Tidak ditemukan"),
        405: gettext("Cara ini tidak didukung"),
        408: gettext("Terlalu lama"),
        409: gettext("Keadaannya sudah lain"),
        410: gettext("Tidak berlaku lagi"),
        413: gettext("Terlalu besar"),
        414: gettext("Alamat terlalu panjang"),
        429: gettext("Terlalu banyak permintaan"),
        500: gettext("Ada kesalahan di sistem kami"),
        503: gettext("Sedang tidak tersedia"),
        507: gettext("Penyimpanan penuh"),
    }
    return str(titles.get(status, gettext("Permintaan tidak dapat dilayani")))


def sentence(status: int) -> str:
    """Say in one sentence what happened and what to do, where nobody said it better."""
    sentences = {
        403: gettext("Akun Anda tidak berhak membuka atau mengubah ini; mintalah kepada administrator."),
        404: gettext("Halaman atau data ini tidak ada; periksa alamatnya atau mulai dari beranda."),
        405: gettext("Halaman ini tidak menerima cara permintaan itu; buka alamatnya seperti biasa."),
        408: gettext("Kiriman terputus karena jaringan terlalu lambat; kirim sekali lagi."),
        409: gettext("Keadaannya sudah berubah sejak halaman ini dibuka; buka lagi halamannya, lalu ulangi."),
        413: gettext("Kiriman ini terlalu besar; kirim bagian yang lebih kecil."),
        414: gettext("Alamat ini terlalu panjang; kurangi saringan atau teks pencarian."),
        429: gettext("Permintaan dari jaringan Anda terlalu sering; tunggu satu menit, lalu coba lagi."),
        500: gettext("Permintaan ini gagal dan sudah tercatat; coba lagi, dan sebutkan nomornya bila melapor."),
        503: gettext("Data sedang tidak dapat dibaca; coba lagi dalam beberapa detik."),
        507: gettext("Penyimpanan kami penuh, jadi kiriman ini belum tersimpan; kembalilah dan coba lagi nanti."),
    }
    return str(sentences.get(status, gettext("Ada isian yang tidak dapat dipakai; periksa alamat atau isian Anda.")))


def _as_json(problem: Problem) -> Response:
    response = jsonify(asdict(problem))
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    return response


def _as_page(problem: Problem) -> Response:
    bare = {"frame": Frame} if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else {}  # the database may be away
    return Response(render_template("errors.html", problem=problem, **bare), problem.status)


def _code(error: Exception) -> str | None:
    return getattr(error.orig, "pgcode", None) if isinstance(error, DBAPIError) else None
