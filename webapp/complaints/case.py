"""The page of a case that anyone may open by its number: how far it has come, and until when it should be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.naming import named
from layers.complaints import photos, queries
from layers.complaints.categories import CATEGORIES
from layers.complaints.following import support
from layers.complaints.queries import PublicCase
from layers.complaints.rules import rules
from layers.complaints.workflow import BY_ID
from webapp import arguments, clocks, subjects
from webapp.agreement import consent
from webapp.complaints.deadline import deadline
from webapp.extensions import reading
from webapp.language import in_language
from webapp.milestones import milestone
from webapp.sheet import Pin, Sheet, around, sheet

NOTHING: Mapping[str, str] = {}
AHEAD = ("received", "dispatched", "in_progress", "pending_check", "resolved")  # the usual way, in its order


@dataclass(frozen=True)
class Stop:
    """One stop of a case's journey: what happened, when, and what staff said of it.

    `kind` is done, now, ahead, or aside for what happened without bringing the case further.
    """

    kind: str
    words: str
    at: datetime | None = None
    text: str | None = None


def show(number: str) -> str:
    """Show a case by its public number; a secret one is not there for anybody."""
    return page(number, NOTHING)


def page(number: str, problems: Mapping[str, str]) -> str:
    """Show a case, with what was wrong with the address that somebody wanted to follow it by."""
    with reading() as connection:
        found = queries.case(connection, number, datetime.now(UTC))
        if found is None:
            abort(404, gettext("Laporan dengan nomor ini tidak ada, atau tidak untuk umum; periksa nomornya."))
        shown = told(connection, found)
        shown["photos"] = photos.photos(connection, found.id, approved=True)
    shown |= {"joined": request.args.get("ikut", ""), "problems": problems, "typed": request.form}
    return render_template("complaints/case.html", followable=followable(found), consent_words=consent(), **shown)


def followable(case: PublicCase) -> bool:
    """Say whether there is something to hear of a case still."""
    return case.state.open or case.state.id == "resolved"


def told(connection: Connection, case: PublicCase) -> dict[str, Any]:
    """Gather what a page tells of a case."""
    now, days = datetime.now(UTC), rules(connection).days
    agency = queries.agency_title(connection, case.agency)
    return {
        "case": case,
        "heading": heading(connection, case),
        "area": named(connection, [case.village_code]).get(case.village_code or ""),
        "agency": in_language(agency) if agency else (case.agency or "").upper(),
        "deadline": deadline(case, days, now),
        "step": clocks.step(case.state.id, case.agency, case.act_by, days, now),
        "clocks": clocks.told(case.clocks),
        "journey": list(journey(case)),
        "support": support(connection, case.id),
        "about": subjects.subject(connection, *case.asset) if case.asset else None,
        "sheet": spot_sheet(connection, case),
        "shared": f"{heading(connection, case)} {request.url_root}laporan/{case.number}",
    }


def heading(connection: Connection, case: PublicCase) -> str:
    """Name a case: by the title that a moderator has let pass, else by its kind and village."""
    if case.title:
        return case.title
    village = named(connection, [case.village_code]).get(case.village_code or "")
    kind = in_language(case.kind)
    return str(gettext("%(kind)s di %(village)s", kind=kind, village=village.name)) if village else kind


def journey(case: PublicCase) -> Iterator[Stop]:
    """Tell the stops so far, and those that usually lie ahead of a case that is open."""
    steps = [step for step in case.timeline if step.told]
    last = max((at for at, step in enumerate(steps) if step.moved), default=-1)
    for at, step in enumerate(steps):
        now = at == last and case.state.open
        yield Stop("now" if now else "done" if step.moved else "aside", milestone(step), step.at, step.text)
    if case.state.open and case.state.id in AHEAD:
        for state_id in AHEAD[AHEAD.index(case.state.id) + 1 :]:
            yield Stop("ahead", in_language(BY_ID[state_id].label))


def spot_sheet(connection: Connection, case: PublicCase) -> Sheet:
    """Lay out the map of a case."""
    look = next((choice for choice in CATEGORIES if choice.id == case.category), CATEGORIES[-1])
    view = arguments.view(request.args, around([(case.lon, case.lat)]))
    return sheet(connection, view, [Pin(case.lon, case.lat, in_language(case.kind), "", look.icon, look.colour)])
