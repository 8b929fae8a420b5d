"""How clerks write coordinates, numbers and days, and what they mean by it."""

import re
from datetime import date, datetime, time

WEST_OR_SOUTH = {"S", "LS", "W", "BB", "B"}
HEMISPHERES = "LU|LS|BT|BB|N|S|E|W|U|T|B"
PART = r"(\d+(?:[.,]\d+)?)"
DEGREES = re.compile(
    rf"(?P<before>{HEMISPHERES})?\s*(?P<sign>[+-])?\s*{PART}\s*[°º˚?*:]?"
    rf"(?:\s*(?<=[\s°º˚?*:])\s*{PART}\s*['′’`:]?(?:\s*(?<=[\s'′’`:])\s*{PART}\s*(?:\"|″|”|'')?)?)?"
    rf"\s*(?P<after>{HEMISPHERES})?"
)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?|[+-]?\d+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu aug",
            "september sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]+)[\s./-]+(\d{4})")
DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


def degrees(text: str) -> float | None:
    """Read degrees such as -4.82, 104,88, 4°49'12"S or 4,82 LS; None where that is not certain.

    A minus together with a letter of the other half of the globe is a contradiction, not a number.
    """
    plain = text.strip().replace("−", "-").upper()
    match = DEGREES.fullmatch(plain)
    if match is None:
        return None
    whole, minutes, seconds = (_decimal(part) for part in match.groups()[2:5])
    if (
        whole is None
        or (minutes is not None and not whole.is_integer())
        or (minutes or 0) >= 60
        or (seconds or 0) >= 60
    ):
        return None
    if seconds is not None and minutes is not None and not minutes.is_integer():
        return None
    letters = {letter for letter in (match["before"], match["after"]) if letter}
    if len(letters) > 1 or (letters and match["sign"] == "-" and not letters <= WEST_OR_SOUTH):
        return None
    size = whole + (minutes or 0) / 60 + (seconds or 0) / 3600
    return -size if match["sign"] == "-" or letters & WEST_OR_SOUTH else size


def number(text: str) -> float | None:
    """Read a number; a comma is decimal, dots before it group thousands, a lone dot is decimal; None where unclear."""
    plain = text.strip().replace("−", "-").replace("\u00a0", "").replace(" ", "")
    if NUMBER.fullmatch(plain):
        return float(plain)
    if GROUPED.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    return None


def day(text: str) -> date | None:
    """Read a day: 2026-11-21, 21/11/2026 or 21 November 2026, the day always before the month; None where unclear."""
    plain = text.strip()
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    match = DAY_FIRST.fullmatch(plain)
    if match is None:
        return _iso_day(plain)
    month = int(match[2]) if match[2].isdigit() else MONTHS.get(match[2].lower(), 0)
    try:
        return date(int(match[3]), month, int(match[1]))
    except ValueError:
        return None


def _iso_day(plain: str) -> date | None:
    try:
        return datetime.fromisoformat(plain).date()
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """Read a day with a time, such as 2026-11-21 14:05 or 21/11/2026 14.05; without a time it is midnight."""
    plain = text.strip()
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    head, _, clock = plain.rpartition(" ")
    hours = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?", clock)
    start = day(head) if hours else day(plain) if ":" not in plain else None
    if start is None:
        return None
    if hours is None:
        return datetime.combine(start, time())
    hour, minute, second = (int(part or 0) for part in hours.groups())
    try:
        return datetime.combine(start, time(hour, minute, second))
    except ValueError:
        return None


def _decimal(part: str | None) -> float | None:
    return None if part is None else float(part.replace(",", "."))
