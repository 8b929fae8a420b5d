"""What staff do with a complaint besides moving it: let words pass, sort, note, answer, split."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select

from layers.complaints import clocks
from layers.complaints.categories import CATEGORY_OF
from layers.complaints.company import others
from layers.complaints.guards import GUARDS, SHARED
from layers.complaints.holding import Done, check_length, find_role, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import reporter_of
from layers.complaints.routing import Asset, Route, is_there, route
from layers.complaints.rules import rules
from layers.complaints.submission import Receipt, Submission, submit
from layers.complaints.table import MODERATIONS, POINT, VISIBILITIES, Complaint
from layers.complaints.telling import announce, answer_all, tell_sorted
from layers.complaints.workflow import BY_ID, COORDINATOR, OWNER, PLAIN_CLASSES, REPORTER, VERIFIER
from layers.layer import Text
from layers.records.actors import Actor

UNKNOWN_KIND = Text("Pilih jenis masalahnya.", "Choose what the complaint is about.")
OVER = Text("Laporan ini sudah selesai.", "The complaint is over.")
MADE_PLAIN = Text(
    "Hanya petugas verifikasi yang dapat menjadikan pengaduan sebuah pertanyaan atau usul.",
    "Only a verifier can turn a complaint into a question or a proposal.",
)
LONGEST_TITLE = 200  # characters


@dataclass(frozen=True)
class Part:
    """One of several things that a complaint was about: its kind, and its own description."""

    category: str
    description: str


def moderate(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    to: str,
    *,
    seen_version: int | None,
    title: str | None = None,
    story: str | None = None,
) -> Done:
    """Let the words of a complaint pass as they are given here, or hide the complaint; raises ActRefusedError.

    Nothing but `title` and `story` becomes public; a secret complaint stays out of sight whatever is let pass.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, VERIFIER)
    if to not in MODERATIONS:
        raise ActRefusedError("moderation", Text("Pilih tampil atau sembunyi.", "Choose to show or to hide."))
    check_length(title, LONGEST_TITLE)
    check_length(story)
    shown = to == "approved"
    values = {"moderation": to, "name": title if shown else None, "story": story if shown else None}
    done = write(connection, actor, case, "moderate", role, values, moderation=to)
    if shown and case.moderation != "approved" and case.visibility != "secret":
        announce(connection, done.event, case, "appeared")
    return done


def change_category(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    category: str,
    *,
    seen_version: int | None,
    now: datetime | None = None,
) -> Done:
    """Say that a complaint is of another kind: a clock is added, and before dispatch the agency is chosen anew.

    Into a class that an answer alone resolves it is put by a verifier, not by those who would then resolve it. Raises
    ActRefusedError.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, (*VERIFIER, *OWNER))
    if category not in CATEGORY_OF:
        raise ActRefusedError("category", UNKNOWN_KIND)
    if not BY_ID[case.state].open:
        raise ActRefusedError("state", OVER)
    found = _route_of(connection, case, category, at)
    made_plain = found.handling.case_class in PLAIN_CLASSES and case.case_class not in PLAIN_CLASSES
    if made_plain and find_role(actor, case, VERIFIER) is None:
        raise ActRefusedError("role", MADE_PLAIN)
    paused_at = case.state_since if BY_ID[case.state].clock == "paused" else None
    due_on = clocks.change_class(connection, complaint_id, found.handling, rules(connection), at, paused_at)
    parent = CATEGORY_OF[category]
    values = {"category": parent, "kind": category if category != parent else None, "due_on": due_on}
    values |= {"case_class": found.handling.case_class, **(found.columns if case.state == "received" else {})}
    noted = {"category": category, "was": case.kind or case.category, "due_on": str(due_on) if due_on else None}
    noted |= {"made_plain": True} if made_plain else {}
    done = write(connection, actor, case, "change_category", role, values, **noted)
    tell_sorted(connection, done.event, case, category, due_on)
    return done


def change_visibility(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    visibility: str,
    *,
    seen_version: int | None,
    reason: str = "",
) -> Done:
    """Change who may see a complaint: its reporter as he likes, staff only to protect him, and they say why.

    He does not hide from others what they are in too. Raises ActRefusedError.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, (*REPORTER, *VERIFIER))
    if visibility not in VISIBILITIES or (role != "reporter" and _opens(case.visibility, visibility)):
        told = Text("Hanya pelapor yang dapat membuka laporannya.", "Only its reporter can open a complaint up.")
        raise ActRefusedError("visibility", told)
    hides = visibility == "secret" and case.visibility != "secret"
    if hides and role in REPORTER and others(connection, case.id, reporter_of(case)):
        raise ActRefusedError("alone", SHARED)
    if role != "reporter" and not reason.strip():
        raise ActRefusedError("reason", GUARDS["reason"][1])
    values, words = {"visibility": visibility}, {"reason": reason}
    done = write(connection, actor, case, "change_visibility", role, values, words, visibility=visibility)
    if case.visibility == "secret" and visibility != "secret" and case.moderation == "approved":
        announce(connection, done.event, case, "appeared")
    return done


def note(connection: Connection, actor: Actor, complaint_id: int, text: str, *, seen_version: int | None) -> Done:
    """Leave a note that staff alone read."""
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, (*VERIFIER, *OWNER, "checker", "agent"))
    return write(connection, actor, case, "note", role, {}, {"note": text})


def answer(connection: Connection, actor: Actor, complaint_id: int, text: str, *, seen_version: int | None) -> Done:
    """Say something to everyone about a complaint, without moving it; also the answer of another authority."""
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, (*VERIFIER, *OWNER))
    done = write(connection, actor, case, "answer", role, {}, {"public_text": text})
    answer_all(connection, done.event, case)
    return done


def split(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    parts: Sequence[Part],
    *,
    seen_version: int | None,
    now: datetime | None = None,
) -> list[Receipt]:
    """Make a complaint of its own of each part, linked to this one, with its reporter, place and visibility."""
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, (*VERIFIER, *COORDINATOR))
    if not BY_ID[case.state].open:
        raise ActRefusedError("state", OVER)
    lon, lat = _place(connection, complaint_id)
    asset = _asset(connection, case)
    made = [submit(connection, actor, _child(case, part, lon, lat, asset), now, role, case) for part in parts]
    write(connection, actor, case, "split", role, {}, parts=[receipt.number for receipt in made])
    return made


def _opens(was: str, visibility: str) -> bool:
    return VISIBILITIES.index(visibility) < VISIBILITIES.index(was)


def _place(connection: Connection, complaint_id: int) -> tuple[float, float]:
    geom = Complaint.__table__.c.geom
    lon, lat = connection.execute(select(func.st_x(geom), func.st_y(geom)).where(Complaint.id == complaint_id)).one()
    return lon, lat


def _route_of(connection: Connection, case: Row[Any], category: str, at: datetime) -> Route:
    lon, lat = _place(connection, case.id)
    return route(connection, category, lon, lat, _asset(connection, case), at, exact=case.precision == POINT)


def _asset(connection: Connection, case: Row[Any]) -> Asset | None:
    """Give the thing that a complaint is about while it is there; an import may have taken it away since."""
    asset = (case.asset_layer, case.asset_id) if case.asset_layer else None
    return asset if asset and is_there(connection, *asset) else None


def _child(case: Row[Any], part: Part, lon: float, lat: float, asset: Asset | None) -> Submission:
    return Submission(
        client_id=uuid4(),
        category=part.category,
        lon=lon,
        lat=lat,
        description=part.description,
        place_note=case.place_note or "",
        visibility=case.visibility,
        channel=case.channel or "web",
        happened_at=case.happened_at,
        asset=asset,
        exact=case.precision == POINT,
        about_nothing=case.about_nothing,
    )
