"""What is kept of people ends: some time after a case is closed, or when its reporter asks; the case itself stays.

What nobody has let pass for the public goes: contact, code, the reporter's words, words of staff, photos. The trail
keeps its events and loses their words, so that it can still be proven.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, literal, or_, select, update

from layers.areas.queries import centre
from layers.complaints import photos
from layers.complaints.holding import hold, role_of, write
from layers.complaints.photos import ComplaintPhoto
from layers.complaints.reporters import reporter_of
from layers.complaints.submission import LAYER
from layers.complaints.surveys import ComplaintSurvey
from layers.complaints.table import VILLAGE, Complaint, ComplaintFollower
from layers.complaints.tracking import TrackingCode
from layers.db import sql
from layers.records import events, identities, photo_files, trail
from layers.records.actors import SYSTEM, Actor
from layers.records.preferences import PUBLIC_WORDS, RETENTION, preference
from layers.records.tables import Event, EventContent

Reason = Literal["retention", "request"]
AT_ONCE = 200
PUBLIC = {"public_text"}  # what staff say to everybody
RETOLD = "retell"  # the act that tells the public words of another one (`event`) by themselves
ABOUT_1_KM = 2  # decimals of a degree


def anonymise_due(connection: Connection, data_dir: Path, now: datetime) -> tuple[int, list[Path]]:
    """Anonymise what was closed too long ago, 200 at most; give how many, and the files to discard after the commit."""
    asked = {"now": now, "months": int(preference(connection, RETENTION)), "most": AT_ONCE}
    due = connection.scalars(sql("complaints/due_to_forget.sql"), asked).all()
    files = [file for one in due for file in anonymise(connection, data_dir, SYSTEM, one, "retention", now)]
    return len(due), files


def anonymise(
    connection: Connection, data_dir: Path, actor: Actor, complaint_id: int, reason: Reason, now: datetime | None = None
) -> list[Path]:
    """Erase what is kept of people about a complaint, and leave a tombstone: when, why, and how much went.

    What its reporter asks for holds for its parts too.

    Gives the files of photos that went: whoever commits removes them (`photo_files.discard`). Raises ActRefusedError
    for anybody but the reporter and the system, LookupError where there is no such complaint.
    """
    case = hold(connection, complaint_id, None)
    role = role_of(actor, case, ("reporter", "system"))
    public_words = _is_shown(case) and preference(connection, PUBLIC_WORDS) == "keep"
    files = _forget_photos(connection, data_dir, case, reason)
    spared = _keep_public(connection, actor, case) if public_words else ()
    words = trail.erase(connection, actor, LAYER, case.number, spared)
    contact = identities.erase(connection, actor, f"complaint:{complaint_id}")
    connection.execute(delete(TrackingCode).where(TrackingCode.complaint_id == complaint_id))
    _forget_others(connection, case, reason)
    values = {
        "anonymised_at": now or datetime.now(UTC),
        "anonymised_for": reason,
        **_left(connection, case, public_words),
    }
    gone = {"contact": contact, "events": words, "photos": len(files) // 2}
    write(connection, actor, case, "anonymise", role, values, None, reason=reason, **gone)
    parts = _parts(connection, case) if reason == "request" else ()
    return files + [file for part in parts for file in anonymise(connection, data_dir, actor, part, reason, now)]


def _is_shown(case: Row[Any]) -> bool:
    return bool(case.visibility != "secret" and case.moderation != "hidden")


def _left(connection: Connection, case: Row[Any], public_words: bool) -> dict[str, Any]:
    """Say what stays of a complaint's row: of a secret one not even the place, which may be where somebody lives."""
    left: dict[str, Any] = {"description": None, "place_note": None, "source_id": case.number}
    if not (public_words and case.moderation == "approved"):
        left |= {"name": None, "story": None}
    if case.visibility == "secret":
        point = centre(connection, case.village_code) if case.village_code else None
        here = func.st_setsrid(func.st_makepoint(*point), 4326) if point else None
        left["geom"] = func.st_snaptogrid(Complaint.geom, 10**-ABOUT_1_KM) if here is None else here
        left["precision"] = VILLAGE if point else case.precision
    return left


def _forget_photos(connection: Connection, data_dir: Path, case: Row[Any], reason: Reason) -> list[Path]:
    """Take out the photos that the public may not see; at the reporter's wish, those of repairs stay."""
    gone = delete(ComplaintPhoto).where(ComplaintPhoto.complaint_id == case.id)
    if _is_shown(case):
        gone = gone.where(ComplaintPhoto.moderation != "approved")
    if reason == "request":
        gone = gone.where(ComplaintPhoto.purpose == "report")
    names = connection.scalars(gone.returning(ComplaintPhoto.name)).all()
    sizes: tuple[photo_files.Size, ...] = ("full", "small")
    return [photo_files.path(data_dir, name, size, photos.FOLDER) for name in names for size in sizes]


def _keep_public(connection: Connection, actor: Actor, case: Row[Any]) -> list[int]:
    """Find the events whose words staff said to everybody, and nothing else.

    What was said to everybody beside other words is told once more by itself, since the words of one event go together.
    """
    said = select(Event.id, EventContent.content).join(EventContent, EventContent.event_id == Event.id)
    rows = connection.execute(said.where(Event.layer == LAYER, Event.subject == case.number).order_by(Event.id)).all()
    return [_keep_of(connection, actor, case, row.id, json.loads(row.content)) for row in rows]


def _keep_of(connection: Connection, actor: Actor, case: Row[Any], event: int, said: dict[str, str]) -> int:
    """Give the event that holds the public words of an act: the act itself, or a new one; 0 where it has none."""
    public = {name: words for name, words in said.items() if name in PUBLIC}
    if public and public != said:
        return events.record_words(connection, actor.name, RETOLD, LAYER, case.number, public, event=event)
    return event if public else 0


def _forget_others(connection: Connection, case: Row[Any], reason: Reason) -> None:
    """Forget what the reporter said in surveys; with time also the words of others, and who followed."""
    survey, me, late = update(ComplaintSurvey).values(words=None), reporter_of(case), reason == "retention"
    about = ComplaintSurvey.complaint_id
    connection.execute(survey.where(about == case.id, or_(ComplaintSurvey.person == me, literal(late))))
    merged_into = select(ComplaintFollower.complaint_id).where(ComplaintFollower.follower == me)
    connection.execute(survey.where(about.in_(merged_into), ComplaintSurvey.person == me))
    if late:
        connection.execute(delete(ComplaintFollower).where(ComplaintFollower.complaint_id == case.id))


def _parts(connection: Connection, case: Row[Any]) -> Sequence[int]:
    """Find the parts of a complaint that its reporter's wish is about too; with time each is forgotten by itself."""
    parts = select(Complaint.id).where(Complaint.origin_id == case.id, Complaint.anonymised_at.is_(None))
    return connection.scalars(parts.order_by(Complaint.id)).all()
