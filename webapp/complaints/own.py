"""The reporter's own view of a case, also of a secret one: how far it is, and what is kept of oneself."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import acts, photos, queries
from layers.complaints.categories import TITLES
from layers.complaints.company import others
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.complaints.reporters import Other, origin, others_of_it
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records import identities
from layers.records.actors import Actor
from layers.records.identities import Contact
from webapp import arguments
from webapp.complaints import own_acts, passes, survey
from webapp.complaints.case import told
from webapp.complaints.reporter import consent
from webapp.extensions import engine, reading, settings
from webapp.language import in_language

ADDRESS = "/laporan/saya"
RECEIPT = "/lapor/terima"  # which shows the code until it is noted
PHOTOS = "#foto"
MOST = 4000  # letters
NOTHING: Mapping[str, str] = {}


def show() -> Response:
    """Show the case whose code this browser has earned; asks for the code where it has not."""
    complaint_id = passes.holder()
    return to_code() if complaint_id is None else page(complaint_id)


def page(complaint_id: int, problem: str = "", typed: Mapping[str, str] = NOTHING, status: int = 200) -> Response:
    """Show a case to its reporter, with what was wrong in an act and the words that were typed into it."""
    with engine().begin() as connection:  # a look at the contact stands in the trail
        found = queries.own_case(connection, complaint_id, datetime.now(UTC))
        if found is None:
            return to_code()
        me = reporter(connection, complaint_id)
        contact = identities.look(connection, settings().data_dir, me, subject(connection, complaint_id))
        told_of = told(connection, found.case)
        told_of["photos"] = photos.photos(connection, complaint_id)
        told_of["question"] = queries.question(connection, found.case.number)
        told_of["survey"] = survey.shown(connection, complaint_id, me.name)
        told_of["company"] = others(connection, complaint_id, me.name)
        told_of["others"] = [worded(*one) for one in others_of_it(connection, complaint_id).items()]
    own = {"own": found, "contact": asdict(contact or Contact()), "consent_words": consent()}
    able = {"acts": own_acts.acts(found.case.state.id, told_of["company"]), "problem": problem, "typed": typed}
    able["receipt"] = RECEIPT if "noting" in request.form else ""
    return Response(render_template("complaints/saya.html", **own, **able, **told_of), status)


def act(act_id: str) -> Response:
    """Do something with the case; says in words why not, and shows again what was typed."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    target = own_acts.TARGETS.get(act_id) or abort(404)
    reason = request.form.get("reason", "").strip()[:MOST]
    seen = seen_version()
    try:
        with engine().begin() as connection:
            acts.move(
                connection, reporter(connection, complaint_id), complaint_id, target, seen_version=seen, reason=reason
            )
    except ActRefusedError as refused:
        return page(complaint_id, in_language(refused.text), {act_id: reason}, 422)
    except OvertakenError:
        return page(complaint_id, overtaken(), {act_id: reason}, 409)
    return to_own()


def change_visibility() -> Response:
    """Change who may see the case; nobody but its reporter opens it up."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    to, seen = request.form.get("visibility", ""), seen_version()
    try:
        with engine().begin() as connection:
            acts.change_visibility(connection, reporter(connection, complaint_id), complaint_id, to, seen_version=seen)
    except ActRefusedError as refused:
        return page(complaint_id, in_language(refused.text), status=422)
    except OvertakenError:
        return page(complaint_id, overtaken(), status=409)
    return to_own()


def open_other() -> Response:
    """Show another case that came of the same report: a part that it was split into, or the whole."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    with reading() as connection:
        found = others_of_it(connection, complaint_id).get(request.form.get("number", ""))
    return passes.grant(to_own(), found.id) if found else to_own()


def worded(number: str, other: Other) -> tuple[str, str]:
    """Tell of another case of the same report: its number, and what it is about and how far."""
    kind = TITLES.get(other.kind, Text(other.kind, other.kind))
    return number, f"{in_language(kind)} · {in_language(BY_ID[other.state].label)}"


def seen_version() -> int | None:
    """Read which version of the case the form was filled in for; None where it tells none, and any will do."""
    return arguments.whole(request.form.get("version", ""))


def overtaken() -> str:
    """Say that the case has changed since it was shown."""
    return str(
        gettext("Laporan ini baru saja berubah. Baca dahulu perubahannya, lalu kirim lagi; tulisan Anda masih ada.")
    )


def to_own(part: str = "") -> Response:
    """Lead to the reporter's own view, or to a part of it."""
    return redirect(ADDRESS + part, 303)  # type: ignore[return-value]


def to_code() -> Response:
    """Lead to where the code is asked for."""
    return redirect("/laporan/kode", 303)  # type: ignore[return-value]


def reporter(connection: Connection, complaint_id: int) -> Actor:
    """Name the reporter of a case, or of a part of one, for the trail."""
    return Actor(f"reporter:{origin(connection, complaint_id)}")


def subject(connection: Connection, complaint_id: int) -> str:
    """Name the subject under which the contact of a case's reporter is kept."""
    return f"complaint:{origin(connection, complaint_id)}"
