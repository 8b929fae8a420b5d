"""The report that somebody is writing: its answers, found by the token in the browser's cookie."""

from typing import Any

from flask import Response, request
from sqlalchemy import Connection

from layers.records import drafts
from webapp.extensions import settings

COOKIE = "draft"
PATH = "/lapor"
Answers = dict[str, Any]


def token() -> str:
    """Give the token that the browser sent, "" for none."""
    return request.cookies.get(COOKIE, "")


def answers(connection: Connection) -> Answers | None:
    """Give what has been answered so far; None where no report is being written, or too long ago."""
    return drafts.answers(connection, settings().data_dir, token())


def keep(connection: Connection, added: Answers) -> Answers | None:
    """Keep further answers, and give them all; None where no report is being written."""
    return drafts.keep(connection, settings().data_dir, token(), added)


def begin(connection: Connection, first: Answers, response: Response) -> Response:
    """Begin a report, whose token the response brings to the browser."""
    made = drafts.begin(connection, settings().data_dir, first)
    response.set_cookie(
        COOKIE, made, max_age=drafts.LASTING, path=PATH, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def forget(connection: Connection, response: Response) -> Response:
    """Forget the report, here and in the browser."""
    drafts.drop(connection, token())
    response.delete_cookie(COOKIE, path=PATH)
    return response
