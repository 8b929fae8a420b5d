"""Cells of spreadsheets: a text that a spreadsheet would run as a formula is made plain text."""

import re
from datetime import date, datetime
from typing import Any

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # which no XLSX may hold


def plain(value: Any) -> Any:
    """Give a value as a cell holds it: numbers stay numbers, a text that begins like a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    text = CONTROLS.sub("", value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def written(value: Any) -> Any:
    """Give a value as a CSV cell holds it, with days and moments in ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else plain(value)
