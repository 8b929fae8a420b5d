"""A complaint as anyone may see it: nothing of a secret one, and no word that a moderator has not let pass."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal_column, or_, select

from layers.complaints.categories import TITLES
from layers.complaints.clocks import clocks
from layers.complaints.deadlines import Clock
from layers.complaints.routing import Asset
from layers.complaints.table import POINT, PUBLIC_ROWS, Complaint
from layers.complaints.workflow import BY_ID, State
from layers.db import sql
from layers.layer import Text
from layers.records.calendar import calendar
from layers.records.people import Agency

PUBLIC_ACTS = ("submit", "move", "change_category", "split", "answer", "dispute")


@dataclass(frozen=True)
class Step:
    """One public step of a complaint: what was done, in which role, the state that followed, and what was said.

    `kind` is the one that a complaint was found to be of instead; None in every other act.
    """

    at: datetime
    act: str
    role: str
    state: State | None
    text: str | None
    kind: str | None = None

    @property
    def told(self) -> bool:
        """Say whether it tells anybody anything: a state, words, or that somebody says it is not solved."""
        return bool(self.state or self.text) or self.act == "dispute"

    @property
    def moved(self) -> bool:
        """Say whether the complaint came into its state by this step, rather than stayed in it."""
        return self.act in ("submit", "move")


@dataclass(frozen=True)
class Tombstone:
    """When what was kept of people about a complaint was erased, and why: retention or request."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class PublicCase:
    """A complaint as anyone may see it; lon, lat in EPSG:4326, not `exact` where they merely stand for its village.

    `title` and `description` are None before moderation, `happened_at` where nobody said that it was before the report.
    `act_by` is the day by which the present state should end; `overdue` says that a deadline has passed while the clock
    runs. Parent, parts and the case it was merged into are named by number, where those are public too.
    """

    id: int
    number: str
    title: str | None
    description: str | None
    category: str
    kind: Text
    state: State
    agency: str | None
    authority: str | None
    why: Text | None
    village_code: str | None
    lon: float
    lat: float
    exact: bool
    asset: Asset | None
    reported_at: datetime
    updated_at: datetime
    happened_at: datetime | None
    closed_at: datetime | None
    planned_on: date | None
    act_by: date | None
    due_on: date | None
    overdue: bool
    supporters: int
    disputed: int
    parent: str | None
    parts: tuple[str, ...]
    merged_into: str | None
    clocks: tuple[Clock, ...]
    timeline: tuple[Step, ...]
    tombstone: Tombstone | None


@dataclass(frozen=True)
class OwnCase:
    """A complaint as its reporter sees it: besides what is public, the own words, who may see it, its version."""

    case: PublicCase
    description: str | None
    place_note: str | None
    visibility: str
    version: int


def case(connection: Connection, number: str, now: datetime) -> PublicCase | None:
    """Find a complaint by its public number; None where there is none, or none that anyone may see."""
    row = _row(connection, Complaint.number == number, literal_column(f"({PUBLIC_ROWS})"))
    return None if row is None else _case(connection, row, now)


def own_case(connection: Connection, complaint: int, now: datetime) -> OwnCase | None:
    """Find a complaint, secret or not, for whoever has proved to be its reporter; None where there is none."""
    row = _row(connection, Complaint.id == complaint)
    if row is None:
        return None
    return OwnCase(_case(connection, row, now), row.description, row.place_note, row.visibility, row.version)


def question(connection: Connection, number: str) -> str | None:
    """Tell what staff asked the reporter last; None where they asked nothing."""
    asked: str | None = connection.scalar(sql("complaints/question.sql"), {"number": number})
    return asked


def agency_title(connection: Connection, agency: str | None) -> Text | None:
    """Name the agency behind an id such as pupr; None where it is not on the list of agencies."""
    found = connection.execute(select(Agency.name, Agency.name_en).where(Agency.id == agency)).one_or_none()
    return Text(found.name, found.name_en) if found else None


def is_public(connection: Connection, complaint: int) -> bool:
    """Say whether anyone may see a complaint."""
    public = select(Complaint.id).where(Complaint.id == complaint, literal_column(f"({PUBLIC_ROWS})"))
    return connection.scalar(public) is not None


def _row(connection: Connection, *conditions: ColumnElement[bool]) -> Row[Any] | None:
    columns = [column for column in Complaint.__table__.c if column.name != "geom"]
    spot: list[ColumnElement[float]] = [
        literal_column("st_x(complaint.geom)").label("lon"),
        literal_column("st_y(complaint.geom)").label("lat"),
    ]
    return connection.execute(select(*columns, *spot).where(*conditions)).one_or_none()


def timeline(connection: Connection, number: str) -> list[Step]:
    """List the public steps of a complaint, the oldest first; words that were erased are left out."""
    return timelines(connection, [number])[number]


def timelines(connection: Connection, numbers: Sequence[str]) -> dict[str, list[Step]]:
    """List the public steps of several complaints in one question, those of each the oldest first."""
    steps: dict[str, list[Step]] = {number: [] for number in numbers}
    asked = {"numbers": list(numbers), "acts": list(PUBLIC_ACTS)}
    for row in connection.execute(sql("complaints/timelines.sql"), asked):
        steps[row.number].append(Step(row.at, row.act, row.role, BY_ID.get(row.state), _words(row), row.kind))
    return steps


def is_overdue(state: State, due_on: date | None, today: date) -> bool:
    """Say whether a deadline has passed; while the reporter is asked, and after the end, none passes."""
    return state.clock == "runs" and due_on is not None and due_on < today


def _case(connection: Connection, row: Row[Any], now: datetime) -> PublicCase:
    state = BY_ID[row.state]
    numbers = _numbers(connection, row)
    return PublicCase(
        id=row.id,
        number=row.number,
        title=row.name,
        description=row.story,
        category=row.category,
        kind=TITLES.get(row.kind or row.category, Text(row.category, row.category)),
        state=state,
        agency=row.agency,
        authority=row.authority,
        why=Text(row.why, row.why_en) if row.why else None,
        village_code=row.village_code,
        lon=row.lon,
        lat=row.lat,
        exact=row.precision == POINT,
        asset=(row.asset_layer, row.asset_id) if row.asset_layer else None,
        reported_at=row.reported_at,
        updated_at=row.updated_at,
        happened_at=row.happened_at,
        closed_at=row.closed_at,
        planned_on=row.planned_on,
        act_by=row.act_by,
        due_on=row.due_on,
        overdue=is_overdue(state, row.due_on, now.astimezone(calendar(connection).zone).date()),
        supporters=row.supporters,
        disputed=row.disputed,
        parent=numbers.get(row.parent_id),
        parts=tuple(number for key, number in sorted(numbers.items()) if key not in (row.parent_id, row.merged_into)),
        merged_into=numbers.get(row.merged_into),
        clocks=tuple(clocks(connection, row.id)),
        timeline=tuple(timeline(connection, row.number)),
        tombstone=Tombstone(row.anonymised_at, row.anonymised_for) if row.anonymised_at else None,
    )


def _numbers(connection: Connection, row: Row[Any]) -> dict[int, str]:
    """Give the public numbers of the parent, of the parts, and of the complaint that this one was merged into."""
    near = or_(Complaint.id.in_([row.parent_id, row.merged_into]), Complaint.parent_id == row.id)
    found = select(Complaint.id, Complaint.number).where(near, literal_column(f"({PUBLIC_ROWS})"))
    return {one.id: one.number for one in connection.execute(found)}


def _words(row: Row[Any]) -> str | None:
    """Give what staff said to the public in an act; a reason only where it tells why a complaint was turned down."""
    said = json.loads(row.content) if row.content else {}
    return said.get("public_text") or (said.get("reason") if row.state == "rejected" else None)
