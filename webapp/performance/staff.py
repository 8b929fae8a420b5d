"""What waits within somebody's reach: open complaints by state and age, overdue by agency, moderation, load."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import desks, figures
from layers.complaints.desks import MOST_COUNTED, Queue
from layers.complaints.figures import Waiting
from layers.complaints.workflow import STATES
from layers.records import accounts
from layers.records.actors import Actor
from webapp.language import in_language


def waiting(connection: Connection, actor: Actor, titles: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Give what the page for staff adds."""
    now, known = datetime.now(UTC), figures.waiting(connection, figures.reach_of(actor))
    people = {one.actor.name: one.name for one in accounts.people(connection)}
    return {
        "ages": ages(),
        "open_states": _by_state(known),
        "late": _by_agency(known, titles["agency"]),
        "moderation": desks.count(connection, actor, Queue(pending=True), now),
        "delayed": desks.count(connection, actor, Queue(delayed=True), now),
        "most": MOST_COUNTED,
        "loads": [(people.get(load.assignee, load.assignee), load) for load in desks.loads(connection, actor, now)],
    }


def ages() -> list[str]:
    """Name the ages of open complaints, the youngest first."""
    words = (gettext("sampai 7 hari"), gettext("8–30 hari"), gettext("31–90 hari"), gettext("lebih dari 90 hari"))
    return [str(age) for age in words]


def _by_state(known: list[Waiting]) -> list[tuple[str, list[int], int]]:
    """Count by state in the order of the workflow, and by age."""
    counted: Counter[tuple[str, int]] = Counter()
    for each in known:
        counted[each.state, each.age] += each.received
    rows = [(state, [counted[state.id, age] for age in range(len(figures.AGES) + 1)]) for state in STATES]
    return [(in_language(state.label), numbers, sum(numbers)) for state, numbers in rows if any(numbers)]


def _by_agency(known: list[Waiting], titles: Mapping[str, str]) -> list[tuple[str, str, int, int]]:
    """Count what is open and what is overdue by agency, the most overdue first."""
    opened: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for each in known:
        opened[each.agency] += each.received
        late[each.agency] += each.overdue
    unknown = str(gettext("Belum diketahui"))
    rows = [(agency, titles.get(agency, agency) or unknown, opened[agency], late[agency]) for agency in opened]
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[1]))
