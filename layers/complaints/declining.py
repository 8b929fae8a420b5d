"""An agency that is not the right one sends a complaint back, with its reason, and another one is found."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from layers.complaints.guards import GUARDS, has_hops_left
from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import rules
from layers.complaints.telling import tell, tell_choosers
from layers.complaints.workflow import COORDINATOR, OWNER, VERIFIER
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.agencies import is_agency

NOT_NOW = Text(
    "Laporan ini tidak sedang diserahkan kepada dinas Anda.", "The complaint is not being handed over to your agency."
)
SOUGHT = Text("Sedang dicarikan dinas yang tepat.", "The right agency is being looked for.")
FOUND = Text("Petugas memilih dinas ini setelah dinas lain mengembalikannya.", "Chosen after another agency declined.")
ELSEWHERE = Text("Pilih dinas lain dari daftar.", "Choose another agency from the list.")
NOT_DECLINED = Text("Laporan ini tidak dikembalikan dinas mana pun.", "No agency has sent the complaint back.")


def decline(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    *,
    reason: str,
    seen_version: int | None,
    now: datetime | None = None,
) -> Done:
    """Say for an agency that a complaint is not its own; no deadline moves. Raises ActRefusedError.

    The agency that was asked to take over leaves it with the one that asked, or, where that one had declined as well,
    gives it back to the verifiers, as does the one that a verifier chose.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, seen_version)
    handed_on = case.state == "coordinating"
    if not handed_on and (case.state != "dispatched" or case.declined_by):
        raise ActRefusedError("state", NOT_NOW)
    role = role_of(actor, case, OWNER, case.next_agency if handed_on else None)
    if not reason.strip():
        raise ActRefusedError("reason", GUARDS["reason"][1])
    held, words = rules(connection), {"reason": reason}
    if handed_on and not has_hops_left(actor, case, held):
        raise ActRefusedError("hops_left", GUARDS["hops_left"][1])
    act_by = held.days.due(at, held.limit("respond" if handed_on and case.agency else "verify"))
    back = {"state": "dispatched", "state_since": at, "act_by": act_by, "next_agency": None}
    if handed_on and case.agency is not None:
        done = write(connection, actor, case, "decline", role, back, words, agency=case.next_agency)
        tell(connection, done.event, case, "dispatched", back)
        return done
    sender, hops = (case.next_agency, case.hops) if handed_on else (case.agency, case.hops + 1)
    values = {"agency": None, "declined_by": sender, "assignee": None, "hops": hops, "act_by": act_by}
    values |= {"why": SOUGHT.id, "why_en": SOUGHT.en, **(back if handed_on else {})}
    done = write(connection, actor, case, "decline", role, values, words, agency=sender)
    tell_choosers(connection, done.event, case, above=hops > held.limit("hops"))
    return done


def reroute(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    agency: str,
    *,
    reason: str = "",
    seen_version: int | None,
    now: datetime | None = None,
) -> Done:
    """Give a complaint that was sent back to another agency, which hears of it; after too many hops a coordinator does.

    Raises ActRefusedError.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, seen_version)
    if not case.declined_by:
        raise ActRefusedError("state", NOT_DECLINED)
    held = rules(connection)
    role = role_of(actor, case, COORDINATOR if case.hops > held.limit("hops") else (*VERIFIER, *COORDINATOR))
    if not is_agency(connection, agency) or agency == case.declined_by:
        raise ActRefusedError("target", ELSEWHERE)
    values: dict[str, Any] = {"agency": agency, "declined_by": None, "why": FOUND.id, "why_en": FOUND.en}
    values["act_by"] = held.days.due(at, held.limit("respond"))
    done = write(connection, actor, case, "reroute", role, values, {"reason": reason}, agency=agency)
    tell(connection, done.event, case, "dispatched", values)
    return done
