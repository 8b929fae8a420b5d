"""What opens a reporter's own view for a while: a cookie that a tracking code, or the sending itself, has earned.

The cookie says which complaint, signed with a key outside the database; no address, log or page ever does.
"""

from flask import Response, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from layers.records.keys import newest
from webapp.extensions import settings

COOKIE = "reporter"
PATH = "/laporan"
LASTING_S = 2 * 3600


def holder() -> int | None:
    """Tell which complaint the browser may open as its reporter; None where it may open none, or no longer."""
    try:
        complaint_id: int = _signer().loads(request.cookies.get(COOKIE, ""), max_age=LASTING_S)
    except BadSignature:
        return None
    return complaint_id


def grant(response: Response, complaint_id: int) -> Response:
    """Let the browser open a complaint as its reporter."""
    written = _signer().dumps(complaint_id)
    response.set_cookie(
        COOKIE, written, max_age=LASTING_S, path=PATH, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def withdraw(response: Response) -> Response:
    """Let the browser open nothing any more."""
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(newest(settings().data_dir, "passes"), salt="reporter")
