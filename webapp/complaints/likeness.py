"""Has somebody reported this already: what is open near by, to join instead of telling it again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from layers.complaints.categories import CATEGORY_OF
from layers.complaints.duplicates import LOOKED_AT, Place, similar_reports
from layers.complaints.following import support
from layers.complaints.queries import PublicCase, case
from webapp.complaints.drafting import Answers
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


def _open_ones(connection: Connection, answers: Answers) -> Iterator[tuple[PublicCase, float]]:
    """Give the likeliest repetitions that anyone may see and join, each with its distance in metres."""
    if answers.get("kind") not in CATEGORY_OF or "lon" not in answers:
        return
    now = datetime.now(UTC)
    here = Place(answers["lon"], answers["lat"], CATEGORY_OF[answers["kind"]], now)
    for found in similar_reports(connection, here, most=LOOKED_AT):
        one = case(connection, found.number, now)
        if one and one.state.open:
            yield one, found.distance_m


SIMILAR = Step("serupa", shows=_shows, asked=_asked)
