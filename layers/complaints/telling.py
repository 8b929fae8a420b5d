"""Who hears of an act: the reporter, those who follow, the agency that is to act, and who asked about the area."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select
from sqlalchemy.dialects.postgresql import insert

from layers.complaints.alerts import ComplaintNews
from layers.complaints.reporters import reporter_of
from layers.complaints.rules import rules
from layers.complaints.submission import LAYER
from layers.complaints.table import PROVEN, Complaint, ComplaintFollower
from layers.records import accounts, outbox
from layers.records.actors import Role
from layers.records.tables import Event

News = Literal["appeared", "resolved"]
SENT_BACK, TO_DECIDE, ASSIGNED = "sent_back", "to_decide", "assigned"
DISPUTED, REOPENED, REPLIED = "disputed", "reopened", "replied"
UNDECIDED, SORTED = "undecided", "sorted"
HANDED_OVER = {"dispatched": "agency", "coordinating": "next_agency"}
BACK = {  # what comes back, by the step that brings it: to its agency, or to who verifies anew
    ("resolved", "in_progress"): DISPUTED,
    ("closed", "received"): REOPENED,
    ("rejected", "received"): REOPENED,
    ("needs_info", "received"): REPLIED,
}


def tell(connection: Connection, event: int, case: Row[Any], state: str, values: Mapping[str, Any]) -> None:
    """Leave a message for each who should hear of a complaint's new state; words are read from the event."""
    data = {"event": event, "state": state}
    if state == "resolved":
        announce(connection, event, case, "resolved")
    outbox.post_all(connection, event, "moved", _public(connection, case), case.number, data)
    if state == "coordinating" and values["hops"] > rules(connection).limit("hops"):
        _tell_choosing(connection, event, TO_DECIDE, case, deciders(connection, case))
        return
    agency = values.get(HANDED_OVER.get(state, ""), case.agency if state == "dispatched" else None)
    if agency:
        outbox.post(connection, event, "handed_over", f"agency:{agency}", case.number, data)
    if back := BACK.get((case.state, state)):
        told = _doers(case) if back == DISPUTED else _verifiers(connection, case)
        _tell_staff(connection, event, back, case, told)


def tell_choosers(connection: Connection, event: int, case: Row[Any], above: bool) -> None:
    """Leave a message for each who may find another agency for what was sent back: verifiers, or who stands `above`.

    Where the place has no verifier, the coordinators of the regency are told in any case.
    """
    _tell_choosing(connection, event, SENT_BACK, case, _choosers(connection, case, above))


def tell_assigned(connection: Connection, event: int, case: Row[Any], assignee: str) -> None:
    """Leave a message for whom somebody else gives a complaint to do (account:12)."""
    _tell_staff(connection, event, ASSIGNED, case, [assignee])


def tell_waiting(connection: Connection, account: str) -> None:
    """Leave a message for an account (account:12) about each complaint for which it alone may choose an agency.

    So what waited while nobody could choose reaches whoever gets the role; of no step does anybody hear twice.
    """
    most = rules(connection).limit("hops")
    for case in connection.execute(select(Complaint).where(waiting(most)).order_by(Complaint.id)).all():
        if _choosers(connection, case, above=case.hops > most) == [account]:
            kind = SENT_BACK if case.declined_by else TO_DECIDE
            _tell_staff(connection, _last_step(connection, case), kind, case, [account])


def waiting(hops: int) -> ColumnElement[bool]:
    """Say of a complaint whether somebody is to choose its agency: it was sent back, or changed hands too often."""
    undecided = (Complaint.state == "coordinating") & Complaint.next_agency.is_not(None) & (Complaint.hops > hops)
    return Complaint.declined_by.is_not(None) | undecided


def _last_step(connection: Connection, case: Row[Any]) -> int:
    steps = (Event.layer == LAYER, Event.subject == case.number, Event.act.in_(("decline", "move")))
    return connection.execute(select(func.max(Event.id)).where(*steps)).scalar_one()


def _tell_choosing(connection: Connection, event: int, kind: str, case: Row[Any], choosers: Sequence[str]) -> None:
    """Tell who may choose an agency; where nobody may, the administrators, who can give somebody the role."""
    if choosers:
        _tell_staff(connection, event, kind, case, choosers)
    else:
        _tell_staff(connection, event, UNDECIDED, case, _holders(connection, "administrator", None))


def _tell_staff(connection: Connection, event: int, kind: str, case: Row[Any], recipients: Sequence[str]) -> None:
    outbox.post_all(connection, event, kind, recipients, case.number, {"event": event})


def _doers(case: Row[Any]) -> list[str]:
    """Name who has a complaint to do: its agency, and the officer who was given it."""
    return [name for name in (f"agency:{case.agency}" if case.agency else None, case.assignee) if name]


def _choosers(connection: Connection, case: Row[Any], above: bool) -> list[str]:
    """Name who chooses another agency: who verifies at its place, or stands `above`."""
    return deciders(connection, case) if above else _verifiers(connection, case)


def _verifiers(connection: Connection, case: Row[Any]) -> list[str]:
    """Name who verifies at its place; where nobody does, the coordinators of the regency."""
    return _holders(connection, "verifier", case.village_code) or deciders(connection, case)


def deciders(connection: Connection, case: Row[Any]) -> list[str]:
    """Name who decides between agencies: the coordinators of the regency."""
    return _holders(connection, "coordinator", case.village_code)


def announce(connection: Connection, event: int, case: Row[Any], what: News) -> None:
    """Leave news for those who asked to hear of its area; that a complaint appeared is news once."""
    row = {"event_id": event, "complaint_id": case.id, "what": what}
    connection.execute(insert(ComplaintNews).values(row).on_conflict_do_nothing())


def tell_sorted(connection: Connection, event: int, case: Row[Any], kind: str, due_on: date | None) -> None:
    """Leave a message for the reporter and all who follow: a complaint is of another kind, and due by another day."""
    data = {"event": event, "kind": kind, "due_on": str(due_on) if due_on else None}
    outbox.post_all(connection, event, SORTED, _public(connection, case), case.number, data)


def answer_all(connection: Connection, event: int, case: Row[Any]) -> None:
    """Leave a message for the reporter and all who follow that something was said."""
    outbox.post_all(connection, event, "answered", _public(connection, case), case.number, {"event": event})


def _holders(connection: Connection, role: Role, area: str | None) -> list[str]:
    """Name the accounts that hold a role at a place for every agency."""
    people = (one.actor for one in accounts.people(connection) if one.active)
    return sorted(actor.name for actor in people if actor.may(role, None, area))


def may_hear(connection: Connection, case: Row[Any], recipient: str) -> bool:
    """Say whether a citizen hears of a complaint still, which may have become secret since a message was left."""
    return case.visibility != "secret" or recipient in _public(connection, case)


def _public(connection: Connection, case: Row[Any]) -> list[str]:
    """Name the reporter, and the followers who have confirmed or came along with a complaint of their own.

    Of a secret complaint those alone who reported it, or one that was as secret and was merged into it.
    """
    mine = select(ComplaintFollower.follower).where(ComplaintFollower.complaint_id == case.id, PROVEN)
    if case.visibility == "secret":
        merged = select(Complaint.id).where(Complaint.merged_into == case.id, Complaint.visibility == "secret")
        mine = mine.where(
            ComplaintFollower.follower.startswith("reporter:"), ComplaintFollower.carried_from.in_(merged)
        )
    return list(dict.fromkeys([reporter_of(case), *connection.scalars(mine.order_by(ComplaintFollower.follower))]))
