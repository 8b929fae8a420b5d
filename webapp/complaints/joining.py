"""Saya juga: a browser joins a case under a name that tells nobody who it is, or somebody does so by e-mail."""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from flask import Response, abort, redirect, request
from flask_babel import gettext

from layers.complaints.acts import follow
from layers.complaints.invitations import ask_to_follow
from layers.complaints.queries import case
from layers.records.keys import hashed, newest
from webapp import agreement
from webapp.complaints.case import followable, page
from webapp.extensions import engine, settings
from webapp.language import language

COOKIE = "follower"
LASTING = timedelta(days=365)


def join(number: str) -> Response:
    """Let this browser follow a case that anyone may see; again changes nothing."""
    token = request.cookies.get(COOKIE) or token_urlsafe(24)
    follower = name(token)
    with engine().begin() as connection:
        found = case(connection, number, datetime.now(UTC))
        if found is None or not found.state.open:
            abort(404, gettext("Laporan dengan nomor ini tidak ada, atau sudah selesai; periksa nomornya."))
        follow(connection, found.id, follower)
    response: Response = redirect(f"/laporan/{found.number}?ikut=1", 303)  # type: ignore[assignment]
    response.set_cookie(
        COOKIE, token, max_age=LASTING, path="/laporan", httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def follow_by_mail(number: str) -> Response:
    """Ask the owner of an address, by a letter, whether he follows a case that anyone may see."""
    with engine().begin() as connection:
        found = case(connection, number, datetime.now(UTC))
        if found is None or not followable(found):
            abort(404, gettext("Laporan dengan nomor ini tidak ada, atau sudah selesai; periksa nomornya."))
        problems = agreement.wrong()
        if not problems:
            before, email = name(request.cookies.get(COOKIE, "")), agreement.typed()
            ask_to_follow(connection, settings().data_dir, found.id, email, agreement.consent(), before, language())
    if problems:
        return Response(page(number, problems), 422)
    return redirect(f"/laporan/{found.number}?ikut=surat", 303)  # type: ignore[return-value]


def name(token: str) -> str:
    """Name a browser by its cookie, so that the name tells nobody who it is."""
    return f"browser:{hashed(newest(settings().data_dir, 'followers'), token).hex()[:32]}"
