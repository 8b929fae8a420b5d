"""The reporter's own view of a case, also of a secret one: how far it is, and what is kept of oneself."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext

from layers.complaints import photos, queries
from layers.complaints.acts import move
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.records import identities
from layers.records.actors import Actor
from layers.records.identities import Contact
from webapp import arguments
from webapp.complaints import own_acts, passes, survey
from webapp.complaints.case import told
from webapp.complaints.reporter import consent
from webapp.extensions import engine, settings
from webapp.language import in_language

ADDRESS = "/laporan/saya"
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
        contact = identities.look(connection, settings().data_dir, reporter(complaint_id), subject(complaint_id))
        told_of = told(connection, found.case)
        told_of["photos"] = photos.photos(connection, complaint_id)
        told_of["question"] = queries.question(connection, found.case.number)
        told_of["survey"] = survey.shown(connection, complaint_id, f"reporter:{complaint_id}")
    own = {"own": found, "contact": asdict(contact or Contact()), "consent_words": consent()}
    acts = {"acts": own_acts.acts(found.case.state.id), "problem": problem, "typed": typed}
    return Response(render_template("complaints/saya.html", **own, **acts, **told_of), status)


def act(act_id: str) -> Response:
    """Do something with the case; says in words why not, and shows again what was typed."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    target = own_acts.TARGETS.get(act_id) or abort(404)
    reason = request.form.get("reason", "").strip()[:MOST]
    seen = arguments.whole(request.form.get("version", ""))
    try:
        with engine().begin() as connection:
            move(connection, reporter(complaint_id), complaint_id, target, seen_version=seen, reason=reason)
    except ActRefusedError as refused:
        return page(complaint_id, in_language(refused.text), {act_id: reason}, 422)
    except OvertakenError:
        words = gettext(
            "Laporan ini baru saja berubah. Baca dahulu perubahannya, lalu kirim lagi; tulisan Anda masih ada."
        )
        return page(complaint_id, words, {act_id: reason}, 409)
    return to_own()


def to_own() -> Response:
    """Lead to the reporter's own view."""
    return redirect(ADDRESS, 303)  # type: ignore[return-value]


def to_code() -> Response:
    """Lead to where the code is asked for."""
    return redirect("/laporan/kode", 303)  # type: ignore[return-value]


def reporter(complaint_id: int) -> Actor:
    """Name the reporter of a case for the trail."""
    return Actor(f"reporter:{complaint_id}")


def subject(complaint_id: int) -> str:
    """Name the subject under which the contact of a case's reporter is kept."""
    return f"complaint:{complaint_id}"
