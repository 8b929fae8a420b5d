"""What became of complaints, in figures: resolved, on time, working days, reopened; all from counts kept ready."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from layers.complaints.figure_tables import ComplaintFigure, ComplaintFigureStanding
from layers.complaints.holding import STAFF
from layers.db import sql
from layers.records.actors import Actor

LEAST = 10  # cases below which a share or a median says more of chance than of work
FEWEST_UNSEEN = 3  # of the complaints that nobody may see, below which a figure leaves them out
AGES = (8, 31, 91)  # days since a complaint came in, from which its age is the next one
WAYS = ("month", "agency", "category", "district")
COUNTED = ("received", "resolved", "decided", "on_time", "reopened", "overdue", "answers", "stars")
DISTRICT_LETTERS = 8
PARTS = {"category": 4, "agency": 2, "district": 1}  # the numbers by which sums say what they tell apart

Reach = tuple[tuple[str | None, str | None], ...]
EVERYWHERE: Reach = ((None, None),)


@dataclass(frozen=True)
class Asked:
    """Which complaints are meant: those that came in from a month to another (first days), narrowed where not empty.

    `reach` are pairs of agency and area code, either may be open. Where `open_secrets` all count; else those that
    nobody may see count only where they are FEWEST_UNSEEN or more, so that no figure tells of one of them.
    """

    since: date
    until: date
    agency: str = ""
    category: str = ""
    district: str = ""
    reach: Reach = EVERYWHERE
    open_secrets: bool = False


@dataclass(frozen=True)
class Figures:
    """Numbers of complaints, and of answers to surveys with their stars (1 to 5 each).

    `days` says how many were resolved in so many working days.
    """

    received: int = 0
    resolved: int = 0
    decided: int = 0
    on_time: int = 0
    reopened: int = 0
    overdue: int = 0
    answers: int = 0
    stars: int = 0
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def on_time_share(self) -> float | None:
        """Give the share of those with a deadline that kept it, 0 to 1; None where they are too few."""
        return self.on_time / self.decided if self.decided >= LEAST else None

    @property
    def satisfaction(self) -> float | None:
        """Give the mean of the answers to surveys, 1 to 5; None where they are too few."""
        return self.stars / self.answers if self.answers >= LEAST else None

    @property
    def median_days(self) -> float | None:
        """Give the working days within which half of those resolved were; None where they are too few."""
        number = sum(self.days.values())
        if number < LEAST:
            return None
        return (_ranked(self.days, (number - 1) // 2) + _ranked(self.days, number // 2)) / 2


@dataclass(frozen=True)
class Board:
    """The figures of all that was asked for, and by month, agency, category and kecamatan (by their ids or codes)."""

    total: Figures
    by: Mapping[str, Mapping[str, Figures]]


@dataclass(frozen=True)
class Standing:
    """When the figures were counted, and the first and the last month in which a complaint came in."""

    counted_at: datetime
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Waiting:
    """Open complaints of a state, an age (see ComplaintFigure) and an agency: how many, and how many are overdue."""

    state: str
    age: int
    agency: str
    received: int
    overdue: int


def standing(connection: Connection) -> Standing | None:
    """Tell from when the figures are; None before they have been counted."""
    months = [select(pick(ComplaintFigure.month)).scalar_subquery() for pick in (func.min, func.max)]
    row = connection.execute(select(ComplaintFigureStanding.counted_at, *months)).one_or_none()
    return Standing(row[0], row[1], row[2]) if row else None


def board(connection: Connection, asked: Asked) -> Board:
    """Give the figures of what is asked for."""
    values = {"since": asked.since, "until": asked.until, "agency": asked.agency, "category": asked.category}
    values |= {"district": asked.district, **_written(asked.reach), **_parts(asked)}
    parts: dict[tuple[str, str], dict[bool, Any]] = {}
    for row in connection.execute(sql("complaints/figures.sql"), values):
        parts.setdefault((row.by, row.key), {})[row.seen] = row
    found = {place: _figures(rows, asked.open_secrets) for place, rows in parts.items()}
    by = {way: {key: one for (of, key), one in found.items() if of == way and one.received} for way in WAYS}
    return Board(found.get(("all", ""), Figures()), by)


def waiting(connection: Connection, reach: Reach) -> list[Waiting]:
    """List what is open as far as roles reach, secret cases too."""
    rows = connection.execute(sql("complaints/waiting_figures.sql"), _written(reach))
    return [Waiting(**row._mapping) for row in rows]


def reach_of(actor: Actor) -> Reach:
    """Give how far somebody's roles of staff reach in figures, which are kept by kecamatan: not one village alone."""
    grants = (grant for grant in actor.grants if grant.role in STAFF)
    kept = {(grant.agency, grant.area) for grant in grants if len(grant.area or "") <= DISTRICT_LETTERS}
    return tuple(sorted(kept, key=lambda part: (part[0] or "", part[1] or "")))


def _figures(rows: Mapping[bool, Any], open_secrets: bool) -> Figures:
    told = open_secrets or (False in rows and rows[False].received >= FEWEST_UNSEEN)
    counted = [row for seen, row in rows.items() if seen or told]
    days: Counter[int] = Counter()
    for row in counted:
        days.update({day: int(number) for day, number in zip(row.days, row.done, strict=True)})
    return Figures(**{name: sum(int(getattr(row, name)) for row in counted) for name in COUNTED}, days=days)


def _parts(asked: Asked) -> dict[str, int]:
    """Name the sums that tell apart no more than the filters, the roles and each way need."""
    narrowed = sum(number for name, number in PARTS.items() if getattr(asked, name))
    if (None, None) not in asked.reach:
        narrowed |= PARTS["agency"] | PARTS["district"]
    return {"parts_all": narrowed, **{f"parts_{name}": narrowed | number for name, number in PARTS.items()}}


def _ranked(days: Mapping[int, int], rank: int) -> int:
    """Find the value at a rank, from 0, of values of which so many each are known."""
    for value in sorted(days):
        rank -= days[value]
        if rank < 0:
            return value
    raise ValueError("the rank lies beyond the values")


def _written(reach: Reach) -> dict[str, Any]:
    """Write a reach for a statement, which need not ask row by row where there is no limit to it."""
    parts = [{"agency": agency, "area": area} for agency, area in reach]
    return {"reach": json.dumps(parts), "everywhere": (None, None) in reach}
