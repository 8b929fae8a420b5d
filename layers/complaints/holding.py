"""What every act on a complaint begins and ends with: hold the row, know who acts, write, and leave an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from layers.complaints.channels import BY_CALL
from layers.complaints.refusals import ActRefusedError, Change, OvertakenError
from layers.complaints.reporters import reporter_of
from layers.complaints.submission import LAYER
from layers.complaints.table import Complaint
from layers.complaints.workflow import SUPPORTERS, Party
from layers.db import sql
from layers.layer import Text
from layers.records import events
from layers.records.actors import SYSTEM, Actor

COLUMNS = [column for column in Complaint.__table__.c if column.name != "geom"]
STAFF: tuple[Party, ...] = ("verifier", "officer", "coordinator", "checker", "agent")
NOT_YOURS = Text("Peran Anda tidak boleh melakukan ini.", "Your role may not do this.")
LONGEST = 5_000  # characters of one text
UNSEEN = ("assign", "leave", "note", "reword", "update")  # acts of which the public sees nothing


@dataclass(frozen=True)
class Done:
    """What an act left: the version of the complaint now, and the number of its event."""

    version: int
    event: int


def hold(connection: Connection, complaint_id: int, seen_version: int | None) -> Row[Any]:
    """Lock a complaint until the transaction ends, and read it; raises LookupError where there is none.

    Raises OvertakenError where its version is no longer the one that was seen; None takes any.
    """
    mine = select(*COLUMNS).where(Complaint.id == complaint_id).with_for_update()
    case = connection.execute(mine).one_or_none()
    if case is None:
        raise LookupError(f"there is no complaint {complaint_id}")
    if seen_version is not None and case.version != seen_version:
        since = {"number": case.number, "version": seen_version}
        changes = [Change(**row._mapping) for row in connection.execute(sql("complaints/changes_since.sql"), since)]
        raise OvertakenError(case.version, case.state, changes)
    return case


def role_of(actor: Actor, case: Row[Any], parties: Sequence[Party], agency: str | None = None) -> Party:
    """Tell as which of some parties somebody acts on a complaint; raises ActRefusedError where as none of them.

    Officers and coordinators are those of the complaint's agency, or of the one that is named instead.
    """
    found = find_role(actor, case, parties, agency)
    if found is None:
        raise ActRefusedError("role", NOT_YOURS)
    return found


def find_role(actor: Actor, case: Row[Any], parties: Sequence[Party], agency: str | None = None) -> Party | None:
    """Tell the same as `role_of`, None where somebody acts as none of the parties."""
    named = {SYSTEM.name: "system", SUPPORTERS.name: "supporters", reporter_of(case): "reporter"}
    for party in parties:
        owner = agency or case.agency if party in ("officer", "coordinator") else case.agency
        stands = party in STAFF and actor.may(party, owner, case.village_code) and _speaks(party, parties, case)
        if party == named.get(actor.name) or stands:
            return party
    return None


def _speaks(party: Party, parties: Sequence[Party], case: Row[Any]) -> bool:
    """An agent speaks for the reporter of what came by a call; whoever calls about another report has its code."""
    return party != "agent" or "reporter" not in parties or case.channel in BY_CALL


def write(
    connection: Connection,
    actor: Actor,
    case: Row[Any],
    act: str,
    role: str,
    values: Mapping[str, Any],
    words: Mapping[str, str | None] | None = None,
    **detail: Any,
) -> Done:
    """Write what an act changes and its event, with the words that were said; raises ActRefusedError for bad words.

    Programs and feeds that ask for what has changed are given the complaint anew, unless the public sees nothing of it.
    """
    version = case.version + 1
    said = {name: text for name, text in (words or {}).items() if text}
    for text in said.values():
        check_length(text)
    seen = {} if act in UNSEEN else {"updated_at": func.clock_timestamp()}
    connection.execute(update(Complaint).where(Complaint.id == case.id).values(version=version, **seen, **values))
    detail |= {"role": role, "version": version, "to": values.get("state", case.state)}
    return Done(version, events.record_words(connection, actor.name, act, LAYER, case.number, said, **detail))


def check_length(text: str | None, longest: int = LONGEST) -> None:
    """Refuse words that are too long (in characters), or that the database cannot hold; raises ActRefusedError."""
    if text and (len(text) > longest or "\0" in text):
        told = Text(f"Teks paling banyak {longest} huruf.", f"A text may have {longest} characters at most.")
        raise ActRefusedError("words", told)
