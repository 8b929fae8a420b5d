"""What follows when a work is finished: roads are declared mended, complaints go to the check, people are told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from layers.complaints import acts as complaints
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_ID as STATES
from layers.db import sql
from layers.layer import Text
from layers.records import outbox
from layers.records.actors import SYSTEM, Actor
from layers.roads import acts as roads
from layers.roads.refusals import FormError
from layers.works.answering import check_agency
from layers.works.guards import Attempt
from layers.works.scope import Stretch
from layers.works.table import WorkComplaint
from layers.works.vocabulary import ROADWORKS

SURVEYOR = "Dinas, lewat pekerjaan yang selesai"
CHECK = "pending_check"
WAYS = {  # the moves that bring a complaint to the check, from each state that can get there
    "dispatched": ("in_progress", CHECK),
    "scheduled": (CHECK,),
    "in_progress": (CHECK,),
    "external": (CHECK,),
}
OVER = Text("Laporan ini tidak sedang ditangani.", "This complaint is not being handled now.")


@dataclass(frozen=True)
class Outcome:
    """What followed: the roads declared, the numbers of complaints that went to the check, and those that did not."""

    roads: tuple[int, ...]
    checked: tuple[str, ...]
    left: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class LeftOver:
    """What has not followed yet: undeclared stretches, how many complaints could go to the check, nobody told."""

    stretches: tuple[Stretch, ...]
    complaints: int
    untold: bool

    def __bool__(self) -> bool:
        return bool(self.stretches or self.complaints or self.untold)


def left_over(connection: Connection, work: Row[Any]) -> LeftOver:
    """Tell what would follow from the end of a work and has not yet."""
    mine = select(WorkComplaint.complaint_id).where(WorkComplaint.work_id == work.id)
    waiting = select(func.count()).where(Complaint.id.in_(mine), Complaint.state.in_(WAYS))
    untold = not connection.scalar(sql("works/told_finished.sql"), {"number": work.number})
    return LeftOver(undeclared(connection, work, work.finished_on), connection.scalar(waiting) or 0, untold)


def undeclared(connection: Connection, work: Row[Any], ended: date | None) -> tuple[Stretch, ...]:
    """List the stretches of a roadwork whose class it has still to declare if it ended on a day."""
    if work.kind not in ROADWORKS:
        return ()
    rows = connection.execute(sql("works/undeclared.sql"), {"work": work.id, "ended": ended})
    return tuple(Stretch(row.road_id, row.from_m, row.to_m) for row in rows)


def follow_up(
    connection: Connection, actor: Actor, work: Row[Any], attempt: Attempt, event: int, at: datetime
) -> Outcome:
    """Do all that follows, in the caller's transaction; raises ActRefusedError where a road cannot be declared.

    A complaint that cannot go to the check stays as it is and is named with the reason.
    """
    declared = tuple(_declare(connection, actor, work, attempt))
    checked, left = [], []
    mine = select(WorkComplaint.complaint_id).where(WorkComplaint.work_id == work.id)
    for case in connection.execute(_cases().where(Complaint.id.in_(mine)).order_by(Complaint.id)).all():
        if case.state == CHECK or not STATES[case.state].open:
            continue
        try:
            with connection.begin_nested():
                _check(connection, actor, work, attempt, case, at)
            checked.append(case.number)
        except ActRefusedError as refused:
            left.append((case.number, refused.text))
    if declared and work.agency:
        told = {"event": event, "roads": list(declared)}
        outbox.post(connection, event, "survey_wanted", f"agency:{work.agency}", work.number, told)
    return Outcome(declared, tuple(checked), tuple(left))


def _declare(connection: Connection, actor: Actor, work: Row[Any], attempt: Attempt) -> list[int]:
    """Give each linked stretch the class that the work declares; the road then waits for a survey."""
    condition, day = attempt.brought.condition, attempt.brought.finished_on
    if not condition or day is None:
        return []
    stretches = undeclared(connection, work, day)
    for one in stretches:
        _check_answers(connection, actor, work, one.road_id)
        inputs = {"work": work.number, "condition": condition}
        order = roads.Order(one.road_id, "work", day, SURVEYOR, inputs, one.from_m, one.to_m)
        try:
            roads.declare(connection, actor, order, attempt.today)
        except FormError as wrong:
            raise ActRefusedError("road", wrong.text) from None
    return sorted({one.road_id for one in stretches})


def _check_answers(connection: Connection, actor: Actor, work: Row[Any], road: int) -> None:
    """Refuse to declare a road that another agency mends, and say how the work can be finished all the same."""
    try:
        check_agency(connection, actor, work, road)
    except ActRefusedError as refused:
        way_out = Text(
            f"{refused.text.id} Lepas ruas itu di bagian Ruas jalan, lalu kirim lagi.",
            f"{refused.text.en} Unlink that road, then send again.",
        )
        raise ActRefusedError(refused.reason, way_out) from None


def _check(
    connection: Connection, actor: Actor, work: Row[Any], attempt: Attempt, case: Row[Any], at: datetime
) -> None:
    """Bring a complaint to the check, as its owner; what was scheduled goes by itself where somebody else finishes."""
    if case.state not in WAYS:
        raise ActRefusedError("state", OVER)
    owner = any(actor.may(role, case.agency, case.village_code) for role in ("officer", "coordinator"))
    mover = SYSTEM if case.state == "scheduled" and not owner else actor
    proof = f"Foto hasil ada di halaman pekerjaan {work.number}." if attempt.photos else attempt.brought.exemption
    told = {"public_text": attempt.brought.public_text, "exemption": proof, "work": work.number}
    for target in WAYS[case.state]:
        with_words = told if target == CHECK else {}
        complaints.move(connection, mover, case.id, target, seen_version=None, now=at, **with_words)
    if mover is SYSTEM:  # whoever finished the work did it, and may not check it
        connection.execute(update(Complaint).where(Complaint.id == case.id).values(done_by=actor.name))


def _cases() -> Any:
    names = ("id", "number", "state", "agency", "village_code")
    return select(*(Complaint.__table__.c[name] for name in names))
