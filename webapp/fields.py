"""What people type into forms: money, days, numbers; nonsense is told in one sentence."""

from collections.abc import Mapping
from datetime import date
from math import inf

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from webapp import arguments, typed

Form = Mapping[str, str]
LONGEST_NUMBER = 24


def said(form: Form, name: str) -> str:
    """Read a field without the blanks around it."""
    return form.get(name, "").strip()


def rupiah(form: Form, name: str) -> int | None:
    """Read whole rupiah however they are written: 1250000000, 1.250.000.000, Rp1.250.000.000; None for nothing."""
    written = said(form, name).removeprefix("Rp").replace(" ", "").replace(".", "").removesuffix(",00")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER):
        told = "Tulis uang dalam rupiah penuh, misalnya 1.250.000.000."
        raise ActRefusedError(name, Text(told, "Write money in whole rupiah, such as 1.250.000.000."))
    return int(written)


def day(form: Form, name: str) -> date | None:
    """Read a day, None for nothing."""
    written = said(form, name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        told = "Tanggal ditulis sebagai tahun-bulan-hari, misalnya 2026-12-09."
        raise ActRefusedError(name, Text(told, "Write a day as year-month-day, such as 2026-12-09.")) from None


def number(form: Form, name: str) -> float | None:
    """Read a number of zero or more such as 45, 45,5 or 1.250; None for nothing."""
    written = said(form, name)
    if not written:
        return None
    found = typed.number(written)
    if found is None or not 0 <= found < inf:
        told = f"“{written[:LONGEST_NUMBER]}” bukan angka; tulis misalnya 45 atau 45,5."
        raise ActRefusedError(name, Text(told, "That is no number; write such as 45 or 45.5."))
    return found


def whole(form: Form, name: str) -> int:
    """Read a number of a row that the page itself wrote; 0 for anything else, which no row has."""
    return arguments.whole(said(form, name)) or 0
