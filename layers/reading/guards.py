"""Apostrophes that keep a spreadsheet from running a refused row's text as a formula, set and taken off again."""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from layers.exporting.cells import FORMULA_STARTS, plain
from layers.reading.source import REASON, ROW_NUMBER

GUARD = "^'('* *[" + "".join(re.escape(start) for start in FORMULA_STARTS) + "])"


def guarded(value: Any) -> Any:
    """Give a value as a spreadsheet may open it; a text that looks guarded already is guarded once more."""
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and re.match(GUARD, value) else text


def unguarded(text: str) -> str:
    """Take the guard off a text, if it has one."""
    return re.sub(GUARD, r"\1", text)


def without_guards(rows: pa.Table) -> pa.Table:
    """Take the guards off the cells of a table of text that was made of refused rows; any other stays as it is."""
    if not {ROW_NUMBER, REASON} <= set(rows.column_names):
        return rows
    return pa.table({name: pc.replace_substring_regex(rows.column(name), GUARD, r"\1") for name in rows.column_names})
