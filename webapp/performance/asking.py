"""Which figures an address names: the period, the filters, by what they are told apart, what the map shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import abort
from flask_babel import gettext

from layers.complaints.categories import CATEGORIES
from layers.complaints.figures import EVERYWHERE, WAYS, Asked, Reach, Standing
from webapp import question
from webapp.language import zone

MEASURES = ("on_time", "days", "received")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True)
class Wish:
    """What a visitor wants to see; an empty period is the last twelve months, other empty fields narrow nothing."""

    period: str = ""
    agency: str = ""
    category: str = ""
    kecamatan: str = ""
    by: str = "month"
    measure: str = "on_time"

    @property
    def narrowed(self) -> bool:
        """Say whether it asks for less than all complaints of the last twelve months."""
        return bool(self.period or self.agency or self.category or self.kecamatan)

    def written(self, **other: str) -> str:
        """Write the wish for an address, with some parts changed: "?…", or "" where it is the usual one."""
        held = {**vars(self), **other}
        told = {name: value for name, value in held.items() if value and value != getattr(USUAL, name)}
        return f"?{urlencode(told)}" if told else ""


USUAL = Wish()


def wish(asked: Mapping[str, str]) -> Wish:
    """Read what is wanted; refuses nonsense with 400."""
    found = Wish(
        period=asked.get("period", ""),
        agency=question.search(asked.get("agency", "")),
        category=asked.get("category", ""),
        kecamatan=question.search(asked.get("kecamatan", "")),
        by=asked.get("by") or USUAL.by,
        measure=asked.get("measure") or USUAL.measure,
    )
    known = found.by in WAYS and found.measure in MEASURES and (not found.period or YEAR.fullmatch(found.period))
    if not known or found.category not in ("", *(choice.id for choice in CATEGORIES)):
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return found


def asked(wanted: Wish, known: Standing, reach: Reach = EVERYWHERE, open_secrets: bool = False) -> Asked:
    """Say which complaints a wish means, by figures as they stand."""
    since, until = _months(wanted.period, known)
    return Asked(since, until, wanted.agency, wanted.category, wanted.kecamatan, reach, open_secrets)


def years(known: Standing) -> list[tuple[str, str]]:
    """Offer the years in which complaints came in, the latest first."""
    if known.first is None or known.last is None:
        return []
    return [(str(year), str(year)) for year in range(known.last.year, known.first.year - 1, -1)]


def _months(period: str, known: Standing) -> tuple[date, date]:
    """Give the first and the last month of a period."""
    if period:
        return date(int(period), 1, 1), date(int(period), 12, 1)
    last = known.counted_at.astimezone(zone()).date().replace(day=1)
    return _before(last, 11), last


def beginning(asked: Asked, known: Standing) -> date:
    """Give the first month of a period in which there can be figures."""
    return min(max(asked.since, known.first or asked.since), asked.until)


def _before(month: date, number: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - number, 12)
    return date(years, index + 1, 1)
