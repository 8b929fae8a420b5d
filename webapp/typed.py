"""Numbers as people type them into forms: 1.250 is a thousand and more, 0.25 a quarter."""

import re

from layers.reading import notation

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def number(typed: str) -> float | None:
    """Read a number as people type it: 1.250,5 or 0,25 or 0.25; None where it is none, or unclear.

    A comma is decimal. A dot groups thousands only before exactly three digits (1.250, not 0.250 or 1250.500), and
    is decimal else: what a form misreads by ten or a hundred times nobody would notice. Files are read otherwise
    (`notation.number`), since programs write 1.250 for one and a quarter.
    """
    plain = typed.strip()
    return float(plain.replace(".", "")) if THOUSANDS.fullmatch(plain) else notation.number(plain)


def plain(value: float) -> str:
    """Write a number so that `number` reads the same again, to nine decimals."""
    return f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")
