"""A report is sent: once, however often the button is pressed; then its number, and its code, shown until noted."""

from datetime import timedelta
from uuid import UUID

from flask import Response, abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.acts import Receipt, Submission, submit
from layers.complaints.photos import photos
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import POINT
from layers.complaints.tracking import give_code
from layers.records import drafts, identities
from layers.records.actors import VISITOR, Actor
from layers.records.calendar import calendar
from layers.records.codes import grouped
from webapp.complaints import drafting, own, passes
from webapp.complaints.about import is_road_denied, meant
from webapp.complaints.details import happened
from webapp.complaints.drafting import Answers
from webapp.complaints.report import STEPS, to
from webapp.complaints.reporter import consent, contact
from webapp.complaints.steps import left_open
from webapp.extensions import engine, reading, settings
from webapp.language import in_language, language

RECEIPT = "terima"
NOTING = timedelta(hours=1)  # for which a code waits to be noted, so that a lost line does not lose it


def send() -> Response:
    """Keep the report and lead to its receipt; a second press finds what the first has kept."""
    if request.form.get("homepage"):  # hidden from people; programs fill in whatever they find
        abort(400, gettext("Isian ini tampak dikirim oleh program; kirim lagi dari halaman periksa."))
    with engine().begin() as connection:
        answers = drafts.answers(connection, settings().data_dir, drafting.token(), changing=True)
        if answers is None:
            return to("")
        if "number" in answers:
            return passes.grant(to(RECEIPT), answers["complaint"])
        open_step = left_open(connection, STEPS[:-1], answers)
        if open_step:
            return to(open_step.id)
        receipt = _keep(connection, answers)
    return passes.grant(to(RECEIPT), receipt.complaint_id)


def show_receipt() -> str | Response:
    """Show number and code, and take photos; who sent one when the code shows no more goes on to the own view."""
    with reading() as connection:
        answers = drafting.answers(connection)
        if answers is None or "number" not in answers:
            return own.to_own(own.PHOTOS) if "foto" in request.args else to("")
        kept = photos(connection, answers["complaint"])
    code = grouped(answers["code"])
    told = {"number": answers["number"], "code": code, "photos": kept, "sent": request.args.get("foto", "")}
    return render_template("complaints/terima.html", **told)


def note() -> Response:
    """Forget the code, since its reporter has noted it; from here on it is kept by nobody else."""
    with engine().begin() as connection:
        return drafting.forget(connection, own.to_own())


def _keep(connection: Connection, answers: Answers) -> Receipt:
    """Keep complaint, contact and code in one transaction, and nothing of the draft but what the receipt shows."""
    data_dir = settings().data_dir
    try:
        receipt = submit(connection, VISITOR, _submission(connection, answers))
    except ActRefusedError as refused:
        abort(400, in_language(refused.text))
    told = contact(answers)
    if told:
        reporter, subject = Actor(f"reporter:{receipt.complaint_id}"), f"complaint:{receipt.complaint_id}"
        identities.keep(connection, data_dir, reporter, subject, told, consent(), language())
    code = give_code(connection, data_dir, receipt.complaint_id)
    shown = {"complaint": receipt.complaint_id, "number": receipt.number, "code": code}
    drafts.replace(connection, data_dir, drafting.token(), shown, NOTING)
    return receipt


def _submission(connection: Connection, answers: Answers) -> Submission:
    return Submission(
        client_id=UUID(answers["client_id"]),
        category=answers["kind"],
        lon=answers["lon"],
        lat=answers["lat"],
        description=answers["details"],
        place_note=answers.get("landmark", ""),
        visibility=answers["visibility"],
        happened_at=happened(answers, calendar(connection).zone),
        asset=meant(connection, answers),
        exact=answers["precision"] == POINT,
        about_nothing=is_road_denied(connection, answers),
    )
