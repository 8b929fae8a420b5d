"""A table as a CSV file to take along, which spreadsheets read as UTF-8 and in which nothing runs."""

import csv
import io
from collections.abc import Iterable

from flask import Response

from layers.exporting.cells import written
from layers.exporting.streams import BYTE_ORDER_MARK


def csv_answer(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Response:
    """Send a table under the name of a file; cells as they are kept, days and moments in ISO 8601."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([written(cell) for cell in row] for row in rows)
    response = Response(BYTE_ORDER_MARK + buffer.getvalue(), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
