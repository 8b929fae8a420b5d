"""All that is kept of the reporter of a complaint, to see and to copy; and his words, to correct until checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, or_, select

from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.photos import KeptPhoto, photos
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import origin
from layers.complaints.submission import LONGEST
from layers.complaints.surveys import ComplaintSurvey
from layers.complaints.table import Complaint, ComplaintFollower
from layers.complaints.workflow import BY_ID, REPORTER, State
from layers.db import sql
from layers.layer import Text
from layers.records import identities
from layers.records.actors import Actor
from layers.records.identities import Agreement, Contact, Look

CHECKED = Text(
    "Tulisan ini sudah diperiksa petugas; kirim perbaikannya sebagai jawaban atau laporan baru.",
    "Staff have checked these words; send the correction as an answer or a new complaint.",
)
EMPTY = Text("Tulis apa yang terjadi.", "Write what happens there.")


@dataclass(frozen=True)
class Said:
    """What the reporter said later, by the name of the field, and when."""

    at: datetime
    words: Mapping[str, str]


@dataclass(frozen=True)
class OwnData:
    """All that is kept of a reporter; lon, lat in EPSG:4326. `looks` tells who else opened the contact.

    `title` and `story` are what a moderator made public; `survey` is the sentence that was said after the repair.
    """

    number: str
    state: State
    category: str
    visibility: str
    moderation: str
    channel: str | None
    reported_at: datetime
    happened_at: datetime | None
    lon: float
    lat: float
    village_code: str | None
    description: str | None
    place_note: str | None
    title: str | None
    story: str | None
    version: int
    contact: Contact
    agreement: Agreement | None
    said: tuple[Said, ...]
    survey: str | None
    photos: tuple[KeptPhoto, ...]
    looks: tuple[Look, ...]


def own_data(connection: Connection, data_dir: Path, actor: Actor, complaint_id: int) -> OwnData | None:
    """Gather what is kept of the reporter of a complaint, for whoever has proved to be that; None where it is gone."""
    case = connection.execute(
        select(
            *(Complaint.number, Complaint.state, Complaint.visibility, Complaint.moderation, Complaint.channel),
            *(Complaint.reported_at, Complaint.happened_at, Complaint.village_code, Complaint.version),
            *(Complaint.description, Complaint.place_note, Complaint.name.label("title"), Complaint.story),
            func.coalesce(Complaint.kind, Complaint.category).label("category"),
            func.st_x(Complaint.geom).label("lon"),
            func.st_y(Complaint.geom).label("lat"),
        ).where(Complaint.id == complaint_id)
    ).one_or_none()
    if case is None:
        return None
    subject = f"complaint:{origin(connection, complaint_id)}"
    contact = identities.look(connection, data_dir, actor, subject)
    said = connection.execute(sql("complaints/own_words.sql"), {"number": case.number, "actor": actor.name})
    merged_into = select(ComplaintFollower.complaint_id).where(ComplaintFollower.follower == actor.name)
    about = or_(ComplaintSurvey.complaint_id == complaint_id, ComplaintSurvey.complaint_id.in_(merged_into))
    survey = select(ComplaintSurvey.words).where(about, ComplaintSurvey.person == actor.name)
    return OwnData(
        **{**case._mapping, "state": BY_ID[case.state]},
        contact=contact or Contact(),
        agreement=identities.agreement(connection, subject),
        said=tuple(Said(row.at, json.loads(row.content)) for row in said),
        survey=connection.scalar(survey.order_by(ComplaintSurvey.said_at.desc()).limit(1)),
        photos=tuple(photos(connection, complaint_id)),
        looks=tuple(identities.looks(connection, subject, actor)),
    )


def reword(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    description: str,
    place_note: str,
    *,
    seen_version: int | None,
) -> Done:
    """Put the reporter's own words in the place of those that were sent, while nobody has let them pass.

    Raises ActRefusedError once they were checked, OvertakenError where the complaint has changed since.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, REPORTER)
    if case.moderation != "pending":
        raise ActRefusedError("moderation", CHECKED)
    values = {"description": description.strip(), "place_note": place_note.strip() or None}
    if not values["description"]:
        raise ActRefusedError("description", EMPTY)
    if any("\0" in (text or "") or len(text or "") > LONGEST[name] for name, text in values.items()):
        told = Text("Tulisan terlalu panjang.", "The text is too long.")
        raise ActRefusedError("description", told)
    return write(connection, actor, case, "reword", role, values)
