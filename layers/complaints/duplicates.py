"""Which earlier reports tell of the same thing: shown to the citizen before sending, and to staff."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
from sqlalchemy import Connection

from geo.duplicates import Pattern, likeness
from layers.complaints.workflow import STATES
from layers.db import HERE, sql

FILE = HERE / "complaints" / "duplicates.toml"
SEARCHED_M = 500.0
LOOKED_AT = 200  # the nearest; in a crowd, what is farther away is no likelier
DAY_S = 86_400.0

# Whose habits stand for ours, until a regency has marked enough duplicates of its own to learn from.
LEARNT_FROM = {
    "jalan_rusak": "TRM-Potholes",
    "lampu_jalan": "BGE-StLight(s) Out",
}
ALL = "all"


@dataclass(frozen=True)
class Place:
    """What is known of a report that is about to be sent: where (EPSG:4326), of what category, when."""

    lon: float
    lat: float
    category: str
    at: datetime


@dataclass(frozen=True)
class Similar:
    """A report near a place, with the reasons why it may tell of the same thing, and the chance (0 to 1).

    `days` is how many lie between both; below 0 where it came later.
    """

    id: int
    number: str
    version: int
    name: str | None
    state: str
    reported_at: datetime
    distance_m: float
    days: float
    still_open: bool
    chance: float


@dataclass(frozen=True)
class Learnt:
    """The content of duplicates.toml: a pattern a category, and from which chance on a report is called a duplicate."""

    patterns: dict[str, Pattern]
    likely_from: float

    def pattern(self, category: str) -> Pattern:
        """Give the pattern that stands for one of our categories."""
        return self.patterns[LEARNT_FROM.get(category, ALL)]


@cache
def learnt() -> Learnt:
    """Read what was learnt; where from stands in the file itself."""
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Learnt(
        {name: Pattern(**values) for name, values in held["patterns"].items()}, held["decision"]["likely_from"]
    )


def similar_reports(
    connection: Connection, place: Place, for_staff: bool = False, most: int = 5, *, later: bool = False
) -> list[Similar]:
    """List the earlier reports of the category within 500 m that most likely tell of the same thing, likeliest first.

    With `later` those too that came afterwards, as likely as if they were asked about this one. Merged, withdrawn and
    rejected ones are left out, and those of which only the village is known; closed, secret and hidden ones are listed
    `for_staff` alone.
    """
    asked = {
        "lon": place.lon,
        "lat": place.lat,
        "category": place.category,
        "at": place.at,
        "for_staff": for_staff,
        "later": later,
        "reach_m": SEARCHED_M,
        "most": LOOKED_AT,
    }
    rows = connection.execute(sql("complaints/duplicates.sql"), asked).all()
    days = np.array([(place.at - row.reported_at).total_seconds() / DAY_S for row in rows])
    distances, opened = np.array([row.distance_m for row in rows]), np.array([row.still_open for row in rows], bool)
    chances = likeness(learnt().pattern(place.category), distances, np.abs(days), opened)
    found = [
        Similar(**row._mapping, days=float(age), chance=float(chance))
        for row, age, chance in zip(rows, days, chances, strict=True)
    ]
    return sorted(found, key=lambda similar: (-similar.chance, similar.distance_m))[:most]


def open_in_village(connection: Connection, village: str, category: str, most: int = 5) -> list[str]:
    """List the numbers of the open reports of a category in a village that anyone may see, the newest first.

    That is for a report of which only the village is known.
    """
    waiting = [state.id for state in STATES if state.open]
    asked = {"village": village, "category": category, "open": waiting, "most": most}
    return list(connection.scalars(sql("complaints/open_in_village.sql"), asked))
