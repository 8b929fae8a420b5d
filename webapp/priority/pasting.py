"""Tables that planners paste: CSV, or cells as a spreadsheet copies them."""

import csv
import io
from collections.abc import Sequence

SEPARATORS = "\t;,"


def lines(pasted: str, columns: Sequence[str]) -> list[dict[str, str]] | None:
    """Read lines by column; None where the first one does not name every column, or a quotation mark never ends."""
    text = pasted.strip().removeprefix("\ufeff")
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    try:
        found = list(csv.DictReader(io.StringIO(text), restval="", delimiter=separator))
    except csv.Error:
        return None
    if not found or not set(columns) <= set(found[0]):
        return None
    return [{name: line[name].strip() for name in columns} for line in found]
