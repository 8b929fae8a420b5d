"""What every act on a complaint begins and ends with: hold the row, know who acts, write, and leave an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from layers.complaints.refusals import ActRefusedError, Change, OvertakenError
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
    named = {SYSTEM.name: "system", SUPPORTERS.name: "supporters", f"reporter:{case.id}": "reporter"}
    for party in parties:
        owner = agency or case.agency if party in ("officer", "coordinator") else case.agency
        if party == named.get(actor.name) or (party in STAFF and actor.may(party, owner, case.village_code)):
            return party
    raise ActRefusedError("role", NOT_YOURS)


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
    """Write what an act changes and its event, with the words that were said; raises ActRefusedError for bad words."""
    version = case.version + 1
    said = {name: text for name, text in (words or {}).items() if text}
    for text in said.values():
        if len(text) > LONGEST or "\0" in text:
            told = Text(f"Teks paling banyak {LONGEST} huruf.", f"A text may have {LONGEST} characters at most.")
            raise ActRefusedError("words", told)
    connection.execute(update(Complaint).where(Complaint.id == case.id).values(version=version, **values))
    detail |= {"role": role, "version": version, "to": values.get("state", case.state)}
    return Done(version, events.record_words(connection, actor.name, act, LAYER, case.number, said, **detail))
