"""The survey after a repair: by the link of a letter, or from the reporter's own view."""

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext

from layers.complaints import surveys
from layers.complaints.acts import dispute_together
from layers.complaints.following import may_dispute
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import rules
from webapp.complaints import own, passes, survey
from webapp.extensions import engine, reading, settings
from webapp.language import in_language


def show(token: str) -> Response:
    """Ask whoever a letter was sent to whether it is solved."""
    complaint, person = _opened(token)
    return _page(complaint, person)


def take(token: str) -> Response:
    """Keep the answer; who follows and is proven may at once dispute together with others that it is solved."""
    complaint, person = _opened(token)
    try:
        with engine().begin() as connection:
            survey.answer(connection, complaint, person)
            if "dispute" in request.form and request.form.get("solved") != "yes":
                dispute_together(connection, complaint, person)
    except ActRefusedError as refused:
        return _page(complaint, person, in_language(refused.text), 422)
    return redirect(f"{request.path}?terima=1", 303)  # type: ignore[return-value]


def take_own() -> Response:
    """Keep the answer of the reporter, from the own view."""
    complaint = passes.holder()
    if complaint is None:
        return own.to_code()
    try:
        with engine().begin() as connection:
            survey.answer(connection, complaint, own.reporter(connection, complaint).name)
    except ActRefusedError as refused:
        return own.page(complaint, in_language(refused.text), status=422)
    return redirect(f"{own.ADDRESS}#penilaian", 303)  # type: ignore[return-value]


def _opened(token: str) -> tuple[int, str]:
    found = surveys.token_of(settings().data_dir, token)
    complaint, person = found or abort(
        404, gettext("Tautan ini tidak lengkap atau terlalu lama; salin seluruhnya dari surat kami yang terbaru.")
    )
    with reading() as connection:
        if surveys.is_over(connection, complaint):
            abort(410, gettext("Laporan ini sudah ditutup untuk seterusnya; penilaiannya tidak dapat dibuka lagi."))
    return complaint, person


def _page(complaint: int, person: str, problem: str = "", status: int = 200) -> Response:
    with reading() as connection:
        case = surveys.judged(connection, complaint)
        if case is None:
            abort(404)
        page = survey.shown(connection, complaint, person) | {"case": case, "problem": problem}
        page["needed"] = rules(connection).limit("supporters") if may_dispute(connection, complaint, person) else 0
    return Response(render_template("complaints/penilaian.html", kept="terima" in request.args, **page), status)
