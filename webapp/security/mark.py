"""A random mark that a browser carries, so that each is counted by itself and not with all who share its line.

It is signed with a key outside the database, so that nobody makes marks of his own; it lasts a day, and nothing is
kept of it but how often it came within the hour.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask, Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from layers.records.keys import newest
from layers.settings import Settings

COOKIE = "mark"
LASTING = timedelta(days=1)
GIVEN_BY = (
    "complaints.start",
    "complaints.question",
    "complaints.case",
    "complaints.code",
    "complaints.link",
    "complaints.own",
    "complaints.own_data",
    "complaints.survey",
    "alerts.ask",
    "alerts.confirmation",
    "alerts.own",
    "internet.measure",
    "internet.signal",
    "works.detail",
)


def install(app: Flask) -> None:
    """Give a mark to each browser that opens a page from which something is sent."""
    app.after_request(give)


def mark() -> str:
    """Tell browsers apart; "" for one without a mark, or with one that we have not made."""
    carried = request.cookies.get(COOKIE, "")
    if not carried:
        return ""
    try:
        token: str = _signer().loads(carried, max_age=int(LASTING.total_seconds()))
    except BadSignature:
        return ""
    return sha256(token.encode()).hexdigest()[:32]


def give(response: Response) -> Response:
    """Hand a browser its mark where it has none yet."""
    if request.endpoint in GIVEN_BY and response.status_code < 400 and not mark():
        made = _signer().dumps(token_urlsafe(16))
        response.set_cookie(COOKIE, made, LASTING, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _signer() -> URLSafeTimedSerializer:
    settings: Settings = current_app.config["SETTINGS"]
    return URLSafeTimedSerializer(newest(settings.data_dir, "marks"), salt="mark")
