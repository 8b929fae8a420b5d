"""On which days of the week a waste site is emptied, as its pick-up days say."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # missing in its stubs

MONDAY = datetime(2026, 11, 16)  # of a week like any other
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@lru_cache(maxsize=1024)
def weekdays(pickup_days: str | None) -> frozenset[int] | None:
    """Read days such as Mo,Th or Mo-Sa 06:00-09:00 (0 is Monday); None where they are unknown or say no day."""
    try:
        hours = OpeningHours(pickup_days) if pickup_days else None
    except ParserError:
        hours = None
    if hours is None:
        return None
    return frozenset(day for day in range(len(DAYS)) if _emptied(hours, MONDAY + timedelta(days=day))) or None


def longest_gap(days: Collection[int]) -> int:
    """Give the most days from one emptying to the next, of a week emptied on some days (0 is Monday)."""
    ordered = sorted(set(days))
    return max(after - before for before, after in pairwise([*ordered, ordered[0] + len(DAYS)]))


def days_since(days: Collection[int], day: int) -> int:
    """Give the days since the last emptying before a day of the week on which it is emptied again."""
    return min((day - before - 1) % len(DAYS) + 1 for before in days)


def _emptied(hours: OpeningHours, day: datetime) -> bool:
    return any(state == State.OPEN for _, _, state, _ in hours.intervals(day, day + timedelta(days=1)))
