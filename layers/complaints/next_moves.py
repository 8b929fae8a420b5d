"""Which moves somebody may try on a complaint now, and what each asks for: read from the workflow and its guards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from layers.complaints.guards import GUARDS, Attempt, Brought
from layers.complaints.holding import find_role
from layers.complaints.rules import Rules, rules
from layers.complaints.workflow import BY_ID, MOVES, Move, Need, Party, State
from layers.layer import Text
from layers.records.actors import Actor

FIELDS: Mapping[Need, tuple[str, ...]] = {  # what somebody can bring along; every other need is met already, or not
    "reason": ("reason",),
    "target": ("target",),
    "planned_on": ("planned_on",),
    "public_text": ("public_text",),
    "proof": ("after_photo", "exemption"),
    "work": ("work",),
}


@dataclass(frozen=True)
class NextMove:
    """A move that an actor's role allows: to which state, as whom, which fields of Brought it asks for.

    `blocked` tells why it cannot be done now whatever is brought; None where it can.
    """

    target: State
    role: Party
    fields: tuple[str, ...]
    blocked: Text | None


def next_moves(connection: Connection, actor: Actor, case: Row[Any], now: datetime | None = None) -> list[NextMove]:
    """List the moves that somebody's roles allow on a complaint, in the order of the workflow."""
    held, at = rules(connection), now or datetime.now(UTC)
    here = (move for move in MOVES if move.start == case.state)
    mine = ((move, find_role(actor, case, move.parties, case.next_agency if move.newcomer else None)) for move in here)
    return [_next(connection, actor, case, move, role, held, at) for move, role in mine if role]


def _next(
    connection: Connection, actor: Actor, case: Row[Any], move: Move, role: Party, held: Rules, at: datetime
) -> NextMove:
    attempt = Attempt(connection, case, move, actor, Brought(), held, at)
    fields = tuple(field for need in move.needs for field in FIELDS.get(need, ()))
    fields += ("target",) if move.newcomer and attempt.above else ()  # who may choose another than the one asked
    return NextMove(BY_ID[move.target], role, fields, next(_unmet(attempt), None))


def _unmet(attempt: Attempt) -> Iterator[Text]:
    """Tell which conditions fail that nothing brought along could meet."""
    for need in attempt.move.needs:
        met, text = GUARDS[need]
        if need not in FIELDS and not met(attempt):
            yield text
