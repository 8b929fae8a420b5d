"""What staff compare a report with: those within their reach that may tell of the same thing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from layers.complaints import desks
from layers.complaints.desks import Queue
from layers.complaints.duplicates import LOOKED_AT, Place, similar_reports
from layers.complaints.workflow import BY_ID, State
from layers.records.actors import Actor

SHOWN = 5


@dataclass(frozen=True)
class Likely:
    """A report as staff compare it; distance and chance (0 to 1) are None where only the village is known.

    `later` says that it came after the one that it is compared with.
    """

    number: str
    version: int
    name: str | None
    state: State
    reported_at: datetime
    distance_m: float | None = None
    chance: float | None = None
    later: bool = False


def near(connection: Connection, actor: Actor, place: Place, but: int | None = None) -> list[Likely]:
    """List the likeliest of those near a place, closed ones too, the likeliest first.

    Around a report that is kept, whose id is `but`, those too that came later.
    """
    near_by = similar_reports(connection, place, True, LOOKED_AT, later=but is not None)
    found = [one for one in near_by if one.id != but]
    reached = desks.reached(connection, actor, [one.id for one in found])
    return [
        Likely(
            *(one.number, one.version, one.name, BY_ID[one.state], one.reported_at, one.distance_m, one.chance),
            later=one.days < 0,
        )
        for one in found
        if one.id in reached
    ][:SHOWN]


def in_village(
    connection: Connection, actor: Actor, village: str, category: str, but: int | None = None
) -> list[Likely]:
    """List the open ones of a category in a village, the newest first, for where no point is known."""
    queue = Queue(village=village, category=category, order="oldest")
    rows = desks.waiting(connection, actor, queue, backwards=True, most=SHOWN + 1)
    found = [row for row in reversed(rows) if row.id != but]
    return [
        Likely(
            row.number, row.version, row.name, BY_ID[row.state], row.reported_at, later=but is not None and row.id > but
        )
        for row in found[:SHOWN]
    ]
