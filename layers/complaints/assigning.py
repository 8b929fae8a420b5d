"""Who of an agency has a complaint to do."""

from typing import Any

from sqlalchemy import Connection, Row

from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.telling import tell_assigned
from layers.complaints.workflow import OWNER
from layers.layer import Text
from layers.records import accounts
from layers.records.accounts import Person
from layers.records.actors import Actor

NOT_THEIRS = Text(
    "Pilih petugas dinas itu yang wilayahnya mencakup tempat laporan.",
    "Choose an officer of that agency whose area holds the place.",
)


def assign(
    connection: Connection, actor: Actor, complaint_id: int, assignee: str | None, *, seen_version: int | None
) -> Done:
    """Give a complaint to an officer of its agency (account:12), who hears of it, or to nobody.

    Raises ActRefusedError.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, OWNER)
    if assignee is not None and assignee not in [one.actor.name for one in colleagues(connection, case)]:
        raise ActRefusedError("assignee", NOT_THEIRS)
    done = write(connection, actor, case, "assign", role, {"assignee": assignee}, assignee=assignee)
    if assignee not in (None, actor.name, case.assignee):
        tell_assigned(connection, done.event, case, assignee)
    return done


def colleagues(connection: Connection, case: Row[Any]) -> list[Person]:
    """List whom a complaint can be given to: the officers of its agency whose area holds it."""
    able = (one for one in accounts.people(connection) if one.active)
    return [one for one in able if one.actor.may("officer", case.agency, case.village_code)]
