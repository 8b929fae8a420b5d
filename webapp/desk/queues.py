"""The page of a queue: what waits for whom, the nearest deadline first, a page after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers import features
from layers.areas.naming import named
from layers.complaints import desks, files, saved
from layers.complaints.categories import CATEGORIES, TITLES
from layers.complaints.deadlines import WorkingDays
from layers.complaints.desks import PAGE
from layers.complaints.files import Template
from layers.complaints.queries import is_overdue
from layers.complaints.rules import rules
from layers.complaints.workflow import BY_ID, MOVES, OWNER, STATES, VERIFIER
from layers.query import Query
from layers.records import accounts
from layers.records.actors import Actor
from layers.records.agencies import agencies
from layers.registry import layers
from webapp import clocks
from webapp.clocks import Step
from webapp.desk import asking, words
from webapp.extensions import reading
from webapp.language import day, in_language
from webapp.security.access import current_actor

LONGEST_LINE = 120  # letters
SIZES = (str(PAGE), "100", "500")


@dataclass(frozen=True)
class Line:
    """One complaint of a queue as its page shows it."""

    id: int
    number: str
    version: int
    heading: str
    begins: str
    state: str
    place: str
    agency: str
    reported_at: datetime
    due: str
    late: bool
    step: Step | None
    again: str
    pending: bool


def show() -> ResponseReturnValue:
    """Show the queue that the address asks for; a number alone leads to its case."""
    number = asking.queue(request.args).text.upper()
    with reading() as connection:
        if number and desks.case(connection, current_actor(), number) is not None:
            return redirect(f"{asking.DESK}/{number}", 303)
    return page()


def page(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the queue that the address asks for, with what was wrong in an act."""
    queue, actor, now = asking.queue(request.args), current_actor(), datetime.now(UTC)
    size = _size(request.args)
    with reading() as connection:
        beside, backwards = _beside(request.args)
        found = desks.waiting(connection, actor, queue, beside=beside, backwards=backwards, most=size + 1, now=now)
        more = len(found) > size
        rows = (found[1:] if backwards else found[:size]) if more else found
        told = {
            "queue": queue,
            "problem": problem,
            "lines": lines(connection, rows, now),
            "total": desks.count(connection, actor, queue, now),
            "before": rows[0].id if rows and (more if backwards else beside is not None) else None,
            "after": rows[-1].id if rows and (more or backwards) else None,
            "boards": asking.boards(actor),
            "size": size if size != PAGE else "",
            **shelves(connection, actor),
            **at_once(connection, actor),
            **choices(connection),
        }
    return render_template("desk/queue.html", written=asking.written, most=desks.MOST_COUNTED, **told), status


def shelves(connection: Connection, actor: Actor) -> dict[str, Any]:
    """Give what stands beside a queue: kept ones, with whom one may be shared, and what else the roles open."""
    held = {grant.role for grant in actor.grants}
    own = saved.agencies_of(actor)
    return {
        "kept": saved.saved(connection, actor),
        "shares": [(agency.id, agency.name) for agency in agencies(connection) if agency.id in own],
        "takes_calls": "agent" in held,
        "finds_contacts": not held.isdisjoint((*VERIFIER, *OWNER, "agent")),
    }


def at_once(connection: Connection, actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """Give what somebody may do to many cases at once: to which states, to whom, with which ready texts."""
    held = {grant.role for grant in actor.grants}
    usual = [move for move in MOVES if held & set(move.parties) and not {"proof", "work"} & set(move.needs)]
    reached = {move.target for move in usual}
    officers = [
        (one.actor.name, one.name)
        for one in accounts.people(connection)
        if one.active and any(grant.role == "officer" and _leads(actor, grant.agency) for grant in one.grants)
    ]
    return {
        "targets": [(state.id, in_language(state.label)) for state in STATES if state.id in reached],
        "colleagues": officers,
        "templates": [(each.id, titled(each)) for each in files.templates(connection, saved.agencies_of(actor))],
    }


def titled(text: Template) -> str:
    """Name a ready text, with the state that it is for."""
    return f"{text.title} ({in_language(BY_ID[text.state].label)})" if text.state else text.title


def _leads(actor: Actor, agency: str | None) -> bool:
    return any(grant.role in OWNER and grant.agency in (None, agency) for grant in actor.grants)


def choices(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """Give what the filters of a queue offer: ids and words."""
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    offered = sorted(((str(row["code"]), str(row["name"])) for row in districts), key=lambda area: area[1])
    return {
        "states": [(state.id, in_language(state.label)) for state in STATES],
        "categories": [(choice.id, in_language(choice.title)) for choice in CATEGORIES],
        "agencies": [(agency.id, agency.name) for agency in agencies(connection)],
        "districts": offered,
    }


def lines(connection: Connection, rows: list[Row[Any]], now: datetime) -> list[Line]:
    """Put the complaints of a queue into words."""
    areas = named(connection, [row.village_code for row in rows])
    titles = {agency.id: agency.name for agency in agencies(connection)}
    days = rules(connection).days
    return [_line(row, areas, titles, days, now) for row in rows]


def _line(row: Row[Any], areas: Mapping[str, Any], titles: Mapping[str, str], days: WorkingDays, now: datetime) -> Line:
    village = areas.get(row.village_code or "")
    kind = row.kind or row.category
    return Line(
        id=row.id,
        number=row.number,
        version=row.version,
        heading=row.name or (in_language(TITLES[kind]) if kind in TITLES else kind),
        begins=(row.description or "")[:LONGEST_LINE],
        state=in_language(BY_ID[row.state].label),
        place=", ".join(filter(None, (village.name, village.above))) if village else "",
        agency=titles.get(row.agency, row.agency or ""),
        reported_at=row.reported_at,
        due=day(row.due_on) if row.due_on else "",
        late=is_overdue(BY_ID[row.state], row.due_on, days.today(now)),
        step=clocks.step(row.state, row.agency, row.act_by, days, now),
        again=words.again(row),
        pending=row.moderation == "pending",
    )


def _beside(asked: Mapping[str, str]) -> tuple[int | None, bool]:
    """Read after or before which complaint the page begins; refuses nonsense with 400."""
    for name in ("after", "before"):
        written = asked.get(name, "")
        if written:
            if not (written.isascii() and written.isdigit() and len(written) < 19):
                abort(400, gettext("Halaman antrean ini tidak ada; mulai dari halaman pertama."))
            return int(written), name == "before"
    return None, False


def _size(asked: Mapping[str, str]) -> int:
    """Read how many complaints a page holds."""
    written = asked.get("size") or str(PAGE)
    if written not in SIZES:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return int(written)
