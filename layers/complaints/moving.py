"""A complaint moves from one state to the next: one function for every move, and all that follows from it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from layers.complaints import clocks, merging
from layers.complaints.guards import Attempt, Brought, check
from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import handling, rules
from layers.complaints.telling import tell
from layers.complaints.workflow import BY_ID, BY_PAIR
from layers.layer import Text
from layers.records.actors import Actor

STAGES = {"received": "verify", "dispatched": "respond", "needs_info": "silence", "resolved": "silence"}
ANEW = {
    ("closed", "received"): ("reopened", "reopened"),
    ("rejected", "received"): ("appealed", "appealed"),
    ("resolved", "in_progress"): ("disputed", "disputed"),
}
WENT_ON = (("needs_info", "received"), ("merged", "received"))
CHOSEN = Text("Petugas verifikasi memilih dinas ini.", "The verifier chose this agency.")
ACCEPTED = Text("Dinas ini menerima laporan dari dinas lain.", "This agency took the complaint over from another.")


def move(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    to: str,
    *,
    seen_version: int | None,
    now: datetime | None = None,
    **brought: Any,
) -> Done:
    """Move a complaint to another state; `brought` are the fields of `guards.Brought`.

    Raises ActRefusedError where the workflow does not allow it, OvertakenError where somebody was faster, LookupError
    where there is no such complaint. Row, event, clock and messages are written in the caller's transaction.
    """
    at = now or datetime.now(UTC)
    if to == "merged":
        merging.lock_both(connection, complaint_id, (brought.get("target") or "").strip())
    case = hold(connection, complaint_id, seen_version)
    step = BY_PAIR.get((case.state, to))
    if step is None:
        raise ActRefusedError("impossible", _impossible(case.state, to))
    role = role_of(actor, case, step.parties, case.next_agency if step.newcomer else None)
    attempt = Attempt(connection, case, step, actor, Brought(**brought), rules(connection), at)
    check(attempt)
    values = _changes(attempt) | {"due_on": _set_clocks(attempt)}
    done = write(connection, actor, case, "move", role, values, _words(attempt), **_detail(attempt, values))
    tell(connection, done.event, case, to, values)
    return done


def _changes(attempt: Attempt) -> dict[str, Any]:
    """Work out what a move changes in the row of a complaint; who was asked or declined belongs to the state before."""
    case, step = attempt.case, attempt.move
    stage = STAGES.get(step.target)
    state = BY_ID[step.target]
    return {
        "state": step.target,
        "state_since": attempt.at,
        "act_by": attempt.rules.days.due(attempt.at, attempt.rules.limit(stage)) if stage else None,
        "closed_at": None if state.open else case.closed_at or attempt.at,
        "next_agency": None,
        "declined_by": None,
        **_counted(attempt),
        **_arrived(attempt),
    }


def _counted(attempt: Attempt) -> dict[str, Any]:
    """Count what may happen only so often."""
    case, step = attempt.case, attempt.move
    if (step.start, step.target) in ANEW:
        column, _ = ANEW[step.start, step.target]
        return {column: getattr(case, column) + 1, "done_by": None}
    return {"hops": case.hops + 1} if step.target == "coordinating" else {}


def _arrived(attempt: Attempt) -> dict[str, Any]:
    """Note what belongs to the state that a complaint comes into: agency, date, authority, doer, other complaint."""
    case, target = attempt.case, attempt.target
    if attempt.move.target == "dispatched":
        return _assigned(attempt)
    if attempt.move.target == "merged":
        into = merging.merge(attempt.connection, attempt.actor, case, target or "", attempt.move.parties)
        return {"merged_into": into}
    if attempt.move.start == "merged":
        merging.unmerge(attempt.connection, case)
        return {"merged_into": None}
    arriving: dict[str, dict[str, Any]] = {
        "coordinating": {"next_agency": attempt.agency},
        "scheduled": {"planned_on": attempt.brought.planned_on},
        "external": {"authority": target},
        "pending_check": {"done_by": attempt.actor.name},
    }
    return arriving.get(attempt.move.target, {})


def _assigned(attempt: Attempt) -> dict[str, Any]:
    """Give a complaint to an agency: the one chosen, or the one that accepts; what changes hands has no officer yet."""
    agency = attempt.agency
    if agency == attempt.case.agency:
        return {}
    why = ACCEPTED if attempt.move.newcomer else CHOSEN
    return {"agency": agency, "assignee": None, "why": why.id, "why_en": why.en}


def _set_clocks(attempt: Attempt) -> date | None:
    """Set the clocks that a move asks for, and give the day by which all should be done."""
    case, pair, held = attempt.case, (attempt.move.start, attempt.move.target), attempt.rules
    if pair in WENT_ON:
        return clocks.resume(attempt.connection, case.id, case.state_since, held, attempt.at)
    if pair in ANEW:
        handled = handling(attempt.connection, case.kind or case.category)
        return clocks.begin(attempt.connection, case.id, ANEW[pair][1], handled, held, attempt.at)
    return case.due_on  # type: ignore[no-any-return]


def _words(attempt: Attempt) -> dict[str, str | None]:
    brought = attempt.brought
    return {"reason": brought.reason, "public_text": brought.public_text, "exemption": brought.exemption}


def _detail(attempt: Attempt, values: Mapping[str, Any]) -> dict[str, Any]:
    """Note for good what tells of no person: from where to where, which agency, when planned, how it is proven."""
    kept = ("agency", "next_agency", "authority", "merged_into")
    noted = {name: values[name] for name in kept if values.get(name) is not None}
    brought = attempt.brought
    more = {
        "planned_on": str(values["planned_on"]) if values.get("planned_on") else None,
        "photo": brought.after_photo,
        "work": brought.work,
    }
    return {"from": attempt.move.start, **noted, **{name: value for name, value in more.items() if value}}


def _impossible(start: str, target: str) -> Text:
    here, there = BY_ID[start].label, BY_ID[target].label if target in BY_ID else Text(target, target)
    return Text(
        f"Dari “{here.id}” tidak bisa langsung ke “{there.id}”.", f"“{there.en}” cannot follow “{here.en}” directly."
    )
