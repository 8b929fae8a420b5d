"""A photo knows where it was taken: its place is offered to the reporter, who uses it for the report, or does not.

Until then it stands in a cookie of that browser alone: in no address, no log, no table.
"""

from datetime import UTC, datetime

from flask import Response, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from layers.complaints import acts, queries
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.records.keys import newest
from webapp.complaints import own, passes
from webapp.complaints.case import heading
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.sheet import around, sheet
from webapp.spots import spot_at

ADDRESS = f"{own.ADDRESS}/letak"
COOKIE = "spot"
LASTING_S = 3600
Position = tuple[float, float]


def offer(response: Response, complaint_id: int, position: Position) -> Response:
    """Let the browser keep the place of a photo (lon, lat in EPSG:4326) until its reporter has looked at it."""
    written = _signer().dumps([complaint_id, *position])
    response.set_cookie(
        COOKIE, written, max_age=LASTING_S, path=ADDRESS, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def show() -> Response:
    """Ask whether the place of the photo is that of the report."""
    complaint_id = passes.holder()
    position = _offered(complaint_id)
    if complaint_id is None or position is None:
        return own.to_own()
    with reading() as connection:
        found = queries.own_case(connection, complaint_id, datetime.now(UTC))
        if found is None:
            return own.to_code()
        told = {"spot": spot_at(connection, *position, exact=True), "heading": heading(connection, found.case)}
        told["sheet"] = sheet(connection, around([position]), here=position)
    return Response(render_template("complaints/letak.html", own=found, case=found.case, **told))


def take() -> Response:
    """Put the report at the place of the photo; says in words why not."""
    complaint_id = passes.holder()
    position = _offered(complaint_id)
    if complaint_id is None or position is None:
        return own.to_own()
    try:
        with engine().begin() as connection:
            me, seen = own.reporter(connection, complaint_id), own.seen_version()
            acts.correct_place(connection, me, complaint_id, *position, seen_version=seen)
    except ActRefusedError as refused:
        return own.page(complaint_id, in_language(refused.text), status=422)
    except OvertakenError:
        return own.page(complaint_id, own.overtaken(), status=409)
    response: Response = redirect(own.ADDRESS, 303)  # type: ignore[assignment]
    response.delete_cookie(COOKIE, path=ADDRESS)
    return response


def _offered(complaint_id: int | None) -> Position | None:
    """Read the place that a photo of this very report offers."""
    try:
        about, lon, lat = _signer().loads(request.cookies.get(COOKIE, ""), max_age=LASTING_S)
    except BadSignature:
        return None
    return (lon, lat) if about == complaint_id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(newest(settings().data_dir, "passes"), salt="spot")
