"""What is known of a feature in the words of people: the same on pages, in popups and on maps to take along."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from layers.areas.naming import Named
from layers.layer import Field, Layer
from webapp.hours import week
from webapp.language import day, in_language, moment, number, rupiah

ASIDE = {"source", "checked_on", "village_code"}  # told in words of their own on every page
CODES = ("village_code", "parent_code")  # fields that name an area by its code
SAMPLE = "contoh"
RUPIAH = "Rp"
LONGEST_LINK = 60  # letters
WEB = ("https://", "http://")

Row = Mapping[str, Any]
Areas = Mapping[str, Named]


@dataclass(frozen=True)
class Told:
    """A value in words, "" where it is unknown, and the address that it leads to, "" for none."""

    words: str
    href: str = ""

    @property
    def outside(self) -> bool:
        """Say whether the address is another site's."""
        return self.href.startswith(WEB)


def told(field: Field, value: Any, areas: Areas) -> Told:
    """Tell a value with where it leads: an area to its page, a telephone number to the dial, a link to its site."""
    if field.name in CODES and value in areas:
        return Told(areas[value].name, f"/layers/areas/{areas[value].id}")
    words = written(field, value)
    if field.kind == "link" and words.startswith(WEB):
        return Told(shortened(words, LONGEST_LINK), words)
    return Told(words, f"tel:{phone(words)}" if field.name == "phone" and words else "")


def written(field: Field, value: Any) -> str:
    """Write a value: choices by their title, numbers with their unit, dates in full; "" where it is unknown."""
    if value is None or value == "":
        return ""
    if field.kind == "choice":
        return next((in_language(c.title) for c in field.choices if c.id == value), str(value))
    if field.unit == RUPIAH:
        return rupiah(int(value))
    if field.kind in ("number", "integer"):
        return f"{number(value, field.digits if field.kind == 'number' else 0)} {field.unit}".strip()
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if field.name == "source":
        return source_name(str(value))
    return week(str(value)) if field.kind == "hours" else str(value)


def heading(field: Field) -> str:
    """Name a field above its values: where a code stands for a village, people read the village."""
    return str(gettext("Desa")) if field.name == "village_code" else in_language(field.title)


def source_name(source: str) -> str:
    """Name a source; made-up rows are called sample data."""
    return str(gettext("data contoh")) if source == SAMPLE else source


def title(layer: Layer, row: Row) -> str:
    """Name a feature, by its kind where it has no name."""
    kind = layer.by_name[layer.classify]
    return str(row["name"] or written(kind, row[layer.classify]) or in_language(layer.title))


def phone(written: str) -> str:
    """Give the first of the telephone numbers as a link dials it: digits, and a plus for abroad."""
    first = re.split(r"[;,/]|\bext", written.strip(";,/ "), maxsplit=1, flags=re.IGNORECASE)[0]
    return re.sub(r"[^\d+]", "", first)


def shortened(words: str, longest: int) -> str:
    """Cut a long text, and show that it goes on."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
