"""The session of a request: a random token in a cookie, all else in the database, asked only where it matters."""

from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine

from layers.records import sessions
from layers.records.sessions import Session
from webapp.security.device import device

COOKIE = "session"
LOCKED = "__Host-"  # with it, browsers take the cookie from this very host and over TLS alone
FORGET = ""


def install(app: Flask) -> None:
    """Hand browsers their tokens, and keep what is of one person out of every store."""
    app.after_request(give_token)
    app.after_request(keep_private)
    app.jinja_env.globals.update(carries_session=carries_session)


def carries_session() -> bool:
    """Say whether the browser sent a token, be it good or not; asks nobody."""
    return bool(request.cookies.get(cookie()))


def cookie() -> str:
    """Name the cookie that holds the token."""
    return f"{LOCKED if request.is_secure else ''}{COOKIE}"


def current_session() -> Session | None:
    """Find the session of this request, once; a request without a token asks no database."""
    if "session" not in g:
        g.session = _find(request.cookies.get(cookie(), ""))
    found: Session | None = g.session
    return found


def begin(account_id: int | None = None, **data: Any) -> None:
    """Open a session under a new token, in the place of the one that this browser had."""
    before = current_session()
    with _engine().begin() as connection:
        if before is not None:
            sessions.end(connection, before.id, before.account_id)
        token = sessions.begin(connection, device(request.user_agent.string), account_id, **data)
        g.session = sessions.session(connection, token)
    g.token = token


def end() -> None:
    """End the session of this request and let the browser forget its token."""
    before = current_session()
    if before is not None:
        with _engine().begin() as connection:
            sessions.end(connection, before.id, before.account_id)
    g.session, g.token = None, FORGET


def give_token(response: Response) -> Response:
    """Set the cookie of a session that has begun, take away that of one that has ended."""
    token: str | None = g.get("token")
    if token is not None:
        age = 0 if token == FORGET else None
        response.set_cookie(cookie(), token, age, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def keep_private(response: Response) -> Response:
    """Forbid every store to keep an answer for which it mattered who asks; its forms may tell where they come from."""
    if g.get("session") is not None or "token" in g:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"  # without it, browsers hide the origin of forms too
    return response


def _find(token: str) -> Session | None:
    if not token:
        return None
    with _engine().begin() as connection:
        return sessions.session(connection, token)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine
