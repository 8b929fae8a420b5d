"""When an office is open: OSM's opening_hours, closed on the holidays of the regency's own calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # missing in its stubs

from layers.offices.written_hours import osm_notation
from layers.records.calendar import Calendar

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST = 500  # characters; a longer text is no opening hours
HORIZON_DAYS = 366
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?:\[[^\]]*\])?"
_DAYS = re.compile(rf"{_DAY}(?:\s*[-,]\s*{_DAY})*")
_RULE_END = re.compile(r"""(?:;|(?<=[\dfn]),\s*(?=PH\b))(?=(?:[^"]*"[^"]*")*[^"]*$)""")
_COMMENT = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class OpenState:
    """Open, closed or unknown (None); an open office closes at `until`, a closed one `opens`; None: not in a year."""

    open: bool | None
    until: datetime | None = None
    opens: datetime | None = None


UNKNOWN = OpenState(None)


def open_state(expression: str | None, at: datetime, calendar: Calendar) -> OpenState:
    """Say whether an office with these hours is open at a moment (with time zone), and when that changes."""
    if not expression:
        return UNKNOWN
    return _state(expression, at.astimezone(calendar.zone).replace(second=0, microsecond=0), calendar)


@lru_cache(maxsize=16_384)
def _state(expression: str, at: datetime, calendar: Calendar) -> OpenState:
    hours = _hours(expression, calendar)
    if hours is None or hours.is_unknown(at):
        return UNKNOWN
    is_open = hours.is_open(at)
    change = _next(hours, at, not is_open)
    return OpenState(True, until=change) if is_open else OpenState(False, opens=change)


def _next(hours: OpeningHours, at: datetime, opens: bool) -> datetime | None:
    for start, _, state, _ in hours.intervals(at):
        if (start - at).days > HORIZON_DAYS:
            return None
        if start > at and (state == State.OPEN) == opens:
            return start
    return None


@lru_cache(maxsize=4096)
def _hours(expression: str, calendar: Calendar) -> OpeningHours | None:
    for notation in (expression, osm_notation(expression)):
        if notation and len(notation) <= LONGEST and _COMMENT.sub("", notation).strip():
            try:
                OpeningHours(notation)
                return _parse(with_holidays(notation, calendar.holidays), calendar)
            except ParserError:
                continue
    return None


def _parse(notation: str, calendar: Calendar) -> OpeningHours:
    return OpeningHours(notation, timezone=calendar.zone, max_interval_days=HORIZON_DAYS)


def with_holidays(notation: str, days: tuple[date, ...]) -> str:
    """Write holidays into valid hours: rules for PH get the days, else they are closed; 24/7 stays open on them.

    The rules for holidays go last, so that they win over the weekdays wherever the author put them.
    """
    ordinary, special = [], []
    for rule in _RULE_END.split(notation):
        weekdays, on_holidays = _divide(rule.strip())
        ordinary += weekdays
        special += on_holidays
    if not special and not str(OpeningHours(notation).normalize()).startswith("24/7"):
        special = [" off"]
    dates = ",".join(f"{d.year} {MONTHS[d.month - 1]} {d.day:02d}" for d in days)
    return "; ".join(ordinary + [dates + times for times in special if dates]) or "off"


def _divide(rule: str) -> tuple[list[str], list[str]]:
    """Part a rule into what it says of weekdays and the times it gives for holidays."""
    selector = _DAYS.search(rule)
    if not selector or "PH" not in selector[0]:
        return [rule], []
    weekdays = ",".join(d for d in re.split(r"\s*,\s*", selector[0]) if d != "PH")
    times = rule[selector.end() :]
    return [rule[: selector.start()] + weekdays + times] if weekdays else [], [times]
