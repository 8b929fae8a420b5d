"""The tracking code: entered by POST alone, tried a limited number of times (webapp/pace.py), never shown again."""

from flask import Response, render_template, request
from flask_babel import gettext

from layers.complaints.tracking import opened_by
from layers.records.codes import CodeError
from webapp.complaints import passes
from webapp.complaints.own import to_code, to_own
from webapp.extensions import reading, settings


def ask() -> str:
    """Ask for a code."""
    return render_template("complaints/kode.html", problem="")


def enter() -> Response:
    """Open the reporter's own view for a browser whose person knows a code."""
    with reading() as connection:
        try:
            complaint_id = opened_by(connection, settings().data_dir, request.form.get("code", ""))
        except CodeError:
            words = gettext("Kode itu salah ketik: kode terdiri dari 12 huruf dan angka. Periksa satu per satu.")
            return _refused(words, 400)
    if complaint_id is None:
        return _refused(gettext("Kode itu tidak membuka laporan mana pun; periksa lagi kodenya."), 404)
    return passes.grant(to_own(), complaint_id)


def leave() -> Response:
    """Close the reporter's own view in this browser."""
    return passes.withdraw(to_code())


def _refused(words: str, status: int) -> Response:
    return Response(render_template("complaints/kode.html", problem=words), status)
