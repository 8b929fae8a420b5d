"""The queues of staff: which complaints somebody works through, in which order, as far as the own roles reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from layers.complaints.holding import COLUMNS, STAFF
from layers.complaints.rules import rules
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_ID, STEPS
from layers.db import sql
from layers.records.actors import Actor, Grant
from layers.records.calendar import calendar

OPEN_ROWS = f"complaint.state in ({', '.join(repr(state.id) for state in BY_ID.values() if state.open)})"
RUNNING = tuple(state.id for state in BY_ID.values() if state.clock == "runs")
_due: ColumnElement[date] = literal_column(
    "coalesce(complaint.due_on, date '9999-12-31')"
)  # what has no deadline comes last
_words: ColumnElement[Any] = literal_column(
    "to_tsvector('simple', coalesce(complaint.name, '') || ' ' || coalesce(complaint.description, '')"
    " || ' ' || coalesce(complaint.place_note, ''))"
)
_district: ColumnElement[str] = literal_column("left(complaint.village_code, 8)")
PAGE = 50
DISTRICT = len("18.03.05")  # letters of the code of a kecamatan
MOST_COUNTED = 1_000
Order = Literal["due", "oldest"]


@dataclass(frozen=True)
class Queue:
    """What somebody wants to work through; what is empty does not narrow it.

    Without `state`, `text` or `pending` it holds what is open. `kecamatan` is a code such as 18.03.05, `village` one
    such as 18.03.05.2001; `text` is a number, words of the complaint, or the name of a village. `overdue` asks for
    deadlines that have passed while the clock runs, `mine` for what is assigned to who asks, `pending` for what a
    moderator has not looked at, `declined` for what an agency sent back. `delayed` asks for steps of staff (to verify,
    to respond) that have taken longer than they should, `again` for what was disputed, reopened or appealed,
    `undecided` for what changed agencies so often that the coordinator of the regency is to decide.
    """

    state: str = ""
    agency: str = ""
    kecamatan: str = ""
    village: str = ""
    category: str = ""
    text: str = ""
    overdue: bool = False
    mine: bool = False
    pending: bool = False
    declined: bool = False
    delayed: bool = False
    again: bool = False
    undecided: bool = False
    order: Order = "due"


def waiting(
    connection: Connection,
    actor: Actor,
    queue: Queue,
    *,
    beside: int | None = None,
    backwards: bool = False,
    most: int = PAGE,
    now: datetime | None = None,
) -> list[Row[Any]]:
    """List the complaints of a queue in its order, those after the one whose id is `beside`, or before it."""
    key = _key(queue)
    asked = select(*COLUMNS).where(*_conditions(connection, actor, queue, now or datetime.now(UTC)))
    start = _place(connection, queue, beside) if beside is not None else None
    if start is not None:
        at = tuple_(*start)
        asked = asked.where(tuple_(*key) < at if backwards else tuple_(*key) > at)
    ordered = asked.order_by(*(column.desc() for column in key)) if backwards else asked.order_by(*key)
    found = list(connection.execute(ordered.limit(most)))
    return found[::-1] if backwards else found


def count(connection: Connection, actor: Actor, queue: Queue, now: datetime | None = None) -> int:
    """Count the complaints of a queue, up to one more than MOST_COUNTED."""
    some: Select[Any] = select(Complaint.id).where(*_conditions(connection, actor, queue, now or datetime.now(UTC)))
    return connection.scalar(select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())) or 0


@dataclass(frozen=True)
class Load:
    """What somebody (account:12) has been assigned that is open, and how much of it is overdue."""

    assignee: str
    assigned: int
    overdue: int


def loads(connection: Connection, actor: Actor, now: datetime) -> list[Load]:
    """List how much each officer has to do, as far as the actor's roles reach, the most first."""
    late = and_(Complaint.state.in_(RUNNING), _due < _today(connection, now))
    number = func.count()
    asked = (
        select(Complaint.assignee, number, number.filter(late))
        .where(Complaint.assignee.is_not(None), literal_column(OPEN_ROWS), _reached(actor))
        .group_by(Complaint.assignee)
        .order_by(number.desc(), Complaint.assignee)
    )
    return [Load(row[0] or "", row[1], row[2]) for row in connection.execute(asked)]


def case(connection: Connection, actor: Actor, number: str) -> Row[Any] | None:
    """Find a complaint by its number, secret or not, with its lon and lat; None where no role of the actor reaches."""
    spot: list[ColumnElement[float]] = [
        literal_column("st_x(complaint.geom)").label("lon"),
        literal_column("st_y(complaint.geom)").label("lat"),
    ]
    return connection.execute(select(*COLUMNS, *spot).where(Complaint.number == number, _reached(actor))).one_or_none()


def reached(connection: Connection, actor: Actor, complaints: Iterable[int]) -> set[int]:
    """Tell which of some complaints (ids) a role of the actor reaches, by their agency and their area."""
    return set(connection.scalars(select(Complaint.id).where(Complaint.id.in_(complaints), _reached(actor))))


def _conditions(connection: Connection, actor: Actor, queue: Queue, now: datetime) -> Iterable[ColumnElement[bool]]:
    """Word what a queue asks, so that an index bears each part that narrows much."""
    yield _reached(actor)
    if queue.pending:
        yield Complaint.moderation == "pending"
    elif not (queue.state or queue.text):
        yield literal_column(OPEN_ROWS)
    chosen = {Complaint.state: queue.state, Complaint.agency: queue.agency, Complaint.category: queue.category}
    yield from (column == value for column, value in chosen.items() if value)
    if queue.kecamatan:
        yield _district == queue.kecamatan
    if queue.village:
        yield _district == queue.village[:DISTRICT]  # which the index knows
        yield Complaint.village_code == queue.village
    if queue.mine:
        yield Complaint.assignee == actor.name
    if queue.declined:
        yield Complaint.declined_by.is_not(None)
    if queue.again:
        yield literal_column("complaint.disputed + complaint.reopened + complaint.appealed > 0")
    if queue.undecided:
        yield Complaint.hops > rules(connection).limit("hops")
        yield or_(Complaint.state == "coordinating", Complaint.declined_by.is_not(None))
    if queue.delayed:
        yield Complaint.state.in_(STEPS)
        yield Complaint.act_by < _today(connection, now)
    if queue.overdue:
        yield Complaint.state.in_(RUNNING)
        yield _due < _today(connection, now)
    if queue.text:
        yield _said(connection, queue.text)


def _reached(actor: Actor) -> ColumnElement[bool]:
    """Word how far the actor's roles reach: by agency, also the one that is asked to take over, and by area."""
    return or_(false(), *(_within(grant) for grant in actor.grants if grant.role in STAFF))


def _within(grant: Grant) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [literal_column("true")]
    if grant.agency:
        parts.append(or_(Complaint.agency == grant.agency, Complaint.next_agency == grant.agency))
    if grant.area:
        below = Complaint.village_code.startswith(f"{grant.area}.", autoescape=True)
        parts.append(or_(Complaint.village_code == grant.area, below))
    return and_(*parts)


def _said(connection: Connection, text: str) -> ColumnElement[bool]:
    """Look for a number, for words of the complaint, and for the village that it lies in."""
    villages = list(connection.scalars(sql("complaints/villages_named.sql"), {"name": text}))
    words = _words.op("@@", is_comparison=True)(func.websearch_to_tsquery("simple", text))
    return or_(Complaint.number == text.strip().upper(), words, Complaint.village_code.in_(villages))


def _key(queue: Queue) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return (Complaint.reported_at if queue.order == "oldest" else _due, Complaint.__table__.c.id)  # type: ignore[return-value]


def _place(connection: Connection, queue: Queue, complaint: int) -> tuple[Any, int] | None:
    row = connection.execute(select(*_key(queue)).where(Complaint.id == complaint)).one_or_none()
    return None if row is None else (row[0], row[1])


def _today(connection: Connection, now: datetime) -> date:
    return now.astimezone(calendar(connection).zone).date()
