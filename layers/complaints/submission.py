"""A complaint comes in: kept once however often it is sent, with its agency, its deadline and its first event."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.areas.queries import village_at
from layers.complaints import clocks
from layers.complaints.categories import CATEGORY_OF
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import reporter_of
from layers.complaints.routing import Asset, Route, route
from layers.complaints.rules import Rules, rules
from layers.complaints.table import POINT, VILLAGE, VISIBILITIES, Complaint
from layers.complaints.workflow import Party
from layers.layer import Text
from layers.records import events, outbox
from layers.records.actors import Actor

LAYER = "complaints"
SOURCE = "warga"
LONGEST = {"description": 5_000, "place_note": 500, "channel": 40}  # characters
REMEMBERED = timedelta(days=5 * 365)  # longer ago, nobody tells the hour of what happened


@dataclass(frozen=True)
class Submission:
    """What a citizen reports; `client_id` is made on the device and stays, so that sending again adds nothing.

    `category` is a kind or a category; lon, lat are EPSG:4326, not `exact` where they merely stand for a village that
    was named; `asset` is the layer and id of the thing it is about, `about_nothing` tells that none is meant, not even
    a road at the place; `happened_at` is when it was seen, if not now.
    """

    client_id: UUID
    category: str
    lon: float
    lat: float
    description: str
    place_note: str = ""
    visibility: str = "public"
    channel: str = "web"
    happened_at: datetime | None = None
    asset: Asset | None = None
    exact: bool = True
    about_nothing: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the reporter gets: the complaint and its public number; not `new` where it had been kept before."""

    complaint_id: int
    number: str
    new: bool


def submit(
    connection: Connection,
    actor: Actor,
    submission: Submission,
    now: datetime | None = None,
    role: Party = "reporter",
    whole: Row[Any] | None = None,
) -> Receipt:
    """Keep a complaint, or find the one that was kept under the same client id; raises ActRefusedError.

    `role` says for the trail as whom the actor wrote it down; `whole` is the complaint that it is a part of.
    """
    known = kept_before(connection, submission.client_id)
    if known:
        return known
    at = now or datetime.now(UTC)
    _check(submission, at)
    held = rules(connection)
    found = _route(connection, submission, at)
    row = {**_reported(connection, submission, at, held), **_handled(found, held, at), **_about(submission, found)}
    row |= _of_whole(whole) if whole else {}
    complaint = _insert(connection, row)
    if complaint is None:
        return kept_before(connection, submission.client_id) or submit(connection, actor, submission, now, role, whole)
    if whole:
        due_on = clocks.go_on(connection, complaint, whole, found.handling, held, at)
        connection.execute(update(Complaint).where(Complaint.id == complaint).values(due_on=due_on))
    else:
        clocks.begin(connection, complaint, clocks.FIRST, found.handling, held, at)
    receipt = Receipt(complaint, row["number"], True)
    recipient = reporter_of(whole) if whole else f"reporter:{complaint}"
    _tell(connection, actor, role, submission.channel, receipt, recipient)
    return receipt


def kept_before(connection: Connection, client_id: UUID) -> Receipt | None:
    """Find the complaint that was kept under a client id."""
    same = (Complaint.source == SOURCE, Complaint.source_id == str(client_id))
    found = connection.execute(select(Complaint.id, Complaint.number).where(*same)).one_or_none()
    return Receipt(found.id, found.number, False) if found else None


def _check(submission: Submission, at: datetime) -> None:
    if submission.category not in CATEGORY_OF:
        raise ActRefusedError("category", Text("Pilih jenis masalahnya.", "Choose what the complaint is about."))
    if submission.visibility not in VISIBILITIES:
        raise ActRefusedError("visibility", Text("Pilih siapa yang boleh melihat.", "Choose who may see it."))
    if not (math.isfinite(submission.lon) and abs(submission.lon) <= 180 and abs(submission.lat) <= 90):
        raise ActRefusedError("place", Text("Tunjukkan tempatnya di peta.", "Show the place on the map."))
    for name, longest in LONGEST.items():
        written = getattr(submission, name)
        if len(written) > longest or "\0" in written:
            told = Text(f"Teks paling banyak {longest} huruf.", f"A text may have {longest} characters at most.")
            raise ActRefusedError(name, told)
    if submission.happened_at and not can_have_been_seen(submission.happened_at, at):
        told = Text("Waktunya belum tiba, atau sudah terlalu lama.", "That time has not come yet, or is too long ago.")
        raise ActRefusedError("happened_at", told)


def can_have_been_seen(happened_at: datetime, at: datetime) -> bool:
    """Say whether what is reported now can have happened at a time: not later, and five years ago at most."""
    return at - REMEMBERED <= happened_at <= at


def _route(connection: Connection, submission: Submission, at: datetime) -> Route:
    try:
        place = (submission.lon, submission.lat)
        return route(connection, submission.category, *place, submission.asset, at, exact=submission.exact)
    except LookupError:
        raise ActRefusedError("asset", Text("Pilih lagi tempatnya di peta.", "Choose the place again.")) from None


def _reported(connection: Connection, submission: Submission, at: datetime, held: Rules) -> dict[str, Any]:
    """Write down what the reporter says, under a number of the year."""
    kind, category = submission.category, CATEGORY_OF[submission.category]
    village = village_at(connection, submission.lon, submission.lat)
    return {
        "source": SOURCE,
        "source_id": str(submission.client_id),
        "number": _number(connection, held.days.today(at).year),
        "category": category,
        "kind": kind if kind != category else None,
        "state": "received",
        "state_since": at,
        "reported_at": at,
        "happened_at": submission.happened_at,
        "visibility": submission.visibility,
        "moderation": "pending",
        "description": submission.description or None,
        "place_note": submission.place_note or None,
        "channel": submission.channel,
        "village_code": village.code if village else None,
        "precision": POINT if submission.exact else VILLAGE,
        "geom": func.st_setsrid(func.st_makepoint(submission.lon, submission.lat), 4326),
    }


def _of_whole(whole: Row[Any]) -> dict[str, Any]:
    """Write down what a part has of the whole: whose report it is, and since when somebody waits."""
    return {"parent_id": whole.id, "origin_id": whole.origin_id or whole.id, "reported_at": whole.reported_at}


def _handled(found: Route, held: Rules, at: datetime) -> dict[str, Any]:
    """Write down who handles it, why, and until when."""
    return {
        "case_class": found.handling.case_class,
        **found.columns,
        "act_by": held.days.due(at, held.limit("verify")),
        "due_on": held.due(found.handling, at),
    }


def _about(submission: Submission, found: Route) -> dict[str, Any]:
    """Write down the thing it is about: the owner of the road at the place handles also what is about no thing."""
    layer, feature = (None, None) if submission.about_nothing else found.asset or (None, None)
    return {"asset_layer": layer, "asset_id": feature, "about_nothing": submission.about_nothing}


def _number(connection: Connection, year: int) -> str:
    return f"LP-{year}-{connection.scalar(select(func.complaint_number(year))):06d}"


def _insert(connection: Connection, row: dict[str, Any]) -> int | None:
    """Write the row and give its id; None where another transaction has just kept the same complaint."""
    statement = insert(Complaint).values(row).on_conflict_do_nothing(index_elements=["source", "source_id"])
    return connection.execute(statement.returning(Complaint.id)).scalar_one_or_none()


def _tell(connection: Connection, actor: Actor, role: Party, channel: str, receipt: Receipt, recipient: str) -> None:
    detail: dict[str, Any] = {"to": "received", "version": 1, "role": role, "channel": channel}
    event = events.record(connection, actor.name, "submit", LAYER, receipt.number, **detail)
    outbox.post(connection, event, "received", recipient, receipt.number, {"state": "received"})
