"""Has somebody reported this already: what is open near by, or in the village, to join instead of telling it again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from layers.complaints.categories import CATEGORY_OF
from layers.complaints.duplicates import LOOKED_AT, Place, open_in_village, similar_reports
from layers.complaints.following import support
from layers.complaints.queries import PublicCase, case
from webapp.complaints.drafting import Answers
from webapp.complaints.place import spot
from webapp.complaints.steps import Step

SHOWN = 5


def _asked(connection: Connection, answers: Answers) -> bool:
    return any(True for _ in _open_ones(connection, answers))


def _shows(connection: Connection, answers: Answers) -> dict[str, Any]:
    return {
        "similar": [
            (one, metres, support(connection, one.id)) for one, metres in islice(_open_ones(connection, answers), SHOWN)
        ]
    }


def _open_ones(connection: Connection, answers: Answers) -> Iterator[tuple[PublicCase, float | None]]:
    """Give the likeliest repetitions that anyone may see and join, each with its distance in metres if known."""
    if answers.get("kind") not in CATEGORY_OF:
        return
    now = datetime.now(UTC)
    for number, metres in _known(connection, answers, now):
        one = case(connection, number, now)
        if one and one.state.open:
            yield one, metres


def _known(connection: Connection, answers: Answers, now: datetime) -> Iterator[tuple[str, float | None]]:
    """List by their numbers what was reported near a point, or in the village where only that is known."""
    where, category = spot(connection, answers), CATEGORY_OF[answers["kind"]]
    if where is None:
        return
    if where.exact:
        here = Place(where.lon, where.lat, category, now)
        yield from ((one.number, one.distance_m) for one in similar_reports(connection, here, most=LOOKED_AT))
    elif where.village:
        yield from ((number, None) for number in open_in_village(connection, where.village.code, category, SHOWN))


SIMILAR = Step("serupa", shows=_shows, asked=_asked)
