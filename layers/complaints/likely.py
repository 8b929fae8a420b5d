"""What staff compare a report with: the earlier ones within their reach that may tell of the same thing."""

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
    """An earlier report as staff compare it; distance and chance (0 to 1) are None where only the village is known."""

    number: str
    name: str | None
    state: State
    reported_at: datetime
    distance_m: float | None = None
    chance: float | None = None


def near(connection: Connection, actor: Actor, place: Place, but: int | None = None) -> list[Likely]:
    """List the likeliest of those near a place, closed ones too, the likeliest first; not the one whose id is `but`."""
    found = [one for one in similar_reports(connection, place, True, LOOKED_AT) if one.id != but]
    reached = desks.reached(connection, actor, [one.id for one in found])
    return [
        Likely(one.number, one.name, BY_ID[one.state], one.reported_at, one.distance_m, one.chance)
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
    return [Likely(row.number, row.name, BY_ID[row.state], row.reported_at) for row in found[:SHOWN]]
