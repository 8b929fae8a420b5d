"""Sheets as PDF: whether one is ready, and the file, for whoever has ordered it and nobody else."""

from flask import Blueprint, Response, abort, render_template, send_file
from flask_babel import gettext

from layers.records import papers
from webapp.extensions import reading, settings
from webapp.security.access import SIGNED_IN, current_actor, open_room

room = Blueprint("papers", __name__)
open_room(room, SIGNED_IN)

LOOK_AGAIN_S = 2


@room.get("/cetak/<int:number>")
def show(number: int) -> Response:
    """Say whether a sheet is ready; the page loads anew until then."""
    found = _ordered(number)
    page = Response(render_template("papers/page.html", number=number, order=found))
    if found.settled_at is None:
        page.headers["Refresh"] = str(LOOK_AGAIN_S)
    page.cache_control.no_store = True
    return page


@room.get("/cetak/<int:number>.pdf")
def download(number: int) -> Response:
    """Hand the PDF out, as a download alone."""
    found = _ordered(number)
    file = papers.path(settings().data_dir, found.file) if found.file else None
    if file is None or not file.exists():
        abort(404, gettext("Berkas ini belum ada atau sudah dihapus; cetak sekali lagi."))
    response = send_file(file, "application/pdf", as_attachment=True, download_name=f"{found.name}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


def _ordered(number: int) -> papers.Order:
    """Find a sheet of whoever asks; answers 404 for others', as if they were not there."""
    with reading() as connection:
        found = papers.ordered(connection, current_actor(), number) if number < 2**63 else None
    if found is None:
        abort(404, gettext("Lembar ini tidak ada atau sudah lewat seminggu; cetak sekali lagi."))
    return found
