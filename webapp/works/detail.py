"""One work with all that anyone may know of it: how far, for how much, where, and how to ask about it."""

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers import provenance
from layers.areas.naming import named
from layers.complaints.categories import TITLES as COMPLAINTS
from layers.complaints.workflow import BY_ID as STATES
from layers.records.actors import VISITOR, Actor
from layers.records.agencies import agencies
from layers.registry import layers
from layers.works import photos, queries
from layers.works.following import followable
from layers.works.vocabulary import CONDITIONS, DOCUMENTS, FUNDS, ROADWORKS, TITLES
from webapp import arguments, marks
from webapp.agreement import consent
from webapp.extensions import reading
from webapp.sheet import Sheet, around
from webapp.works import words
from webapp.works.lists import HERE, today_of

ABOUT = {  # what a report about such a work is likely to be about
    **dict.fromkeys(ROADWORKS, "jalan_rusak"),
    "jembatan": "jembatan",
    "drainase": "drainase",
    "lampu_jalan": "lampu_jalan",
    "air_bersih": "air_bersih",
    "persampahan": "sampah",
    "telekomunikasi": "internet",
}


def show(work_id: int) -> str:
    """Show one work."""
    return page(work_id, {})


def page(work_id: int, problems: Mapping[str, str]) -> str:
    """Show one work, with what was wrong with the address that somebody wanted to follow it by."""
    with reading() as connection:
        told = about(connection, found(connection, work_id))
    told |= {"problems": problems, "typed": request.form, "consent_words": consent()}
    told |= {"followable": followable(told["work"].stage), "joined": request.args.get("ikut", "")}
    return render_template("works/detail.html", **told)


def found(connection: Connection, work_id: int) -> Row[Any]:
    """Find a work; answers 404 where there is none."""
    told = gettext("Pekerjaan ini tidak ada, atau sudah dihapus; cari lagi di daftarnya.")
    return (queries.work(connection, work_id) if work_id < 2**63 else None) or abort(404, told)


def about(connection: Connection, work: Row[Any], actor: Actor = VISITOR) -> dict[str, Any]:
    """Gather what a page shows of a work to somebody."""
    layer, today = layers()["works"], today_of(connection)
    return {
        "layer": layer,
        "work": work,
        "stage": layer.choice(work.stage),
        "kind": TITLES[work.kind],
        "category": ABOUT.get(work.kind, "lain"),
        "village": named(connection, [work.village_code]).get(work.village_code or ""),
        "agency": next((title for id, title in agency_titles(connection) if id == work.agency), work.agency),
        "fund": next((fund.title for fund in FUNDS if fund.id == work.fund), None),
        "condition": next((each.title for each in CONDITIONS if each.id == work.condition_after), None),
        "late": queries.days_late(work, today),
        "way": words.way(work.stage),
        "amounts": words.amounts(work),
        "roads": queries.roads_of(connection, work.id),
        "complaints": queries.complaints_of(connection, work.id, actor),
        "complaint_titles": COMPLAINTS,
        "states": STATES,
        "progress": queries.progress_of(connection, work.id),
        "changes": queries.changes_of(connection, work.id),
        "documents": queries.documents_of(connection, work.id),
        "document_titles": {choice.id: choice.title for choice in DOCUMENTS},
        "photos": photos.photos(connection, work.id),
        "stops": words.stops(queries.timeline(connection, work.number)),
        "sheet": _map(connection, work),
        "sample": work.source == provenance.SAMPLE,
    }


def agency_titles(connection: Connection) -> list[tuple[str, str]]:
    """List the agencies: id and name."""
    return [(agency.id, agency.name) for agency in agencies(connection)]


def _map(connection: Connection, work: Row[Any]) -> Sheet:
    west, south, east, north = queries.shape_of(work).bounds
    view = arguments.view(request.args, around([(west, south), (east, north)]))
    rows = [dict(work._mapping)]
    return marks.features(connection, layers()["works"], rows, view, numbered=False, home=HERE)
