"""Works for programs: project packages of OC4IDS 0.9.5, all in pages or one alone."""

from datetime import UTC, datetime

from flask import Response, abort, jsonify, request
from flask_babel import gettext

from layers.areas.queries import Regency
from layers.works import queries
from layers.works.oc4ids import Publisher, package
from webapp import arguments
from webapp.extensions import reading, settings
from webapp.frame import home_regency

AT_ONCE = 500
LINK = '<{}>; rel="next"'


def show_all() -> Response:
    """Answer a page of works; a header names the next one, since the standard's package has no room for it."""
    number = arguments.page(request.args)
    with reading() as connection:
        found = queries.all_works(connection, (number - 1) * AT_ONCE, AT_ONCE + 1)
        if not found:
            abort(404, gettext("Di halaman ini tidak ada pekerjaan."))
        home = home_regency(connection)
        address = site()
        uri = f"{address}/works.json" + (f"?page={number}" if number > 1 else "")
        answer = jsonify(package(connection, found[:AT_ONCE], publisher(home), uri, datetime.now(UTC)))
    if len(found) > AT_ONCE:
        answer.headers["Link"] = LINK.format(f"{address}/works.json?page={number + 1}")
    return answer


def show_one(work_id: int) -> Response:
    """Answer one work as a package of its own."""
    with reading() as connection:
        work = queries.work(connection, work_id) if work_id < 2**63 else None
        if work is None:
            abort(404, gettext("Pekerjaan ini tidak ada, atau sudah dihapus; cari lagi di daftarnya."))
        uri = f"{site()}/works/P-{work_id}.json"
        return jsonify(package(connection, [work], publisher(home_regency(connection)), uri, datetime.now(UTC)))


def site() -> str:
    """Give the public address of this installation."""
    return settings().site_address.rstrip("/") or request.host_url.rstrip("/")


def publisher(home: Regency | None) -> Publisher:
    """Name who publishes: the regency, once it is known."""
    return Publisher(home.name if home else "Peta Layanan", site(), settings().oc4ids_prefix)
