"""A link by e-mail instead of the tracking code: it opens the reporter's own view once, within the hour.

Its token leaves the address at once and waits in a cookie for a button to be pressed: so it stands in no history and no
referrer, and programs that open every link of a letter do not use it up.
"""

from flask import Response, redirect, render_template, request

from layers.complaints.invitations import ask_to_open, open_report
from layers.records.mail import LONGEST, is_address
from webapp.complaints import passes
from webapp.complaints.own import to_own
from webapp.extensions import engine, settings

ADDRESS = "/laporan/tautan"
COOKIE = "opening"
LASTING_S = 600


def ask() -> Response:
    """Send a link to the address, if it is a reporter's; what is answered is the same for every address."""
    email = request.form.get("email", "").strip()[: LONGEST + 1]
    if is_address(email):
        with engine().begin() as connection:
            ask_to_open(connection, settings().data_dir, email)
    return Response(render_template("complaints/tautan.html", step="sent"))


def take(token: str) -> Response:
    """Move the token from the address into a cookie."""
    response: Response = redirect(ADDRESS, 303)  # type: ignore[assignment]
    response.set_cookie(
        COOKIE, token, max_age=LASTING_S, path=ADDRESS, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def show() -> Response:
    """Offer the button that opens the report."""
    return Response(render_template("complaints/tautan.html", step="open" if COOKIE in request.cookies else "over"))


def enter() -> Response:
    """Use the token, and open the own view for this browser."""
    with engine().begin() as connection:
        complaint = open_report(connection, request.cookies.get(COOKIE, ""))
    if complaint is None:
        response = Response(render_template("complaints/tautan.html", step="over"), 410)
    else:
        response = passes.grant(to_own(), complaint)
    response.delete_cookie(COOKIE, path=ADDRESS)
    return response
