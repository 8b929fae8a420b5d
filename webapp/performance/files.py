"""The table of a page of figures as a file: the numbers that stand behind shares and medians with them."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, abort
from flask_babel import gettext

from layers.exporting.cells import written
from layers.exporting.streams import BYTE_ORDER_MARK
from webapp.performance.board import Page
from webapp.performance.charts import Line

HEADER = (
    "id",
    "name",
    "received",
    "resolved",
    "with_deadline_decided",
    "on_time",
    "on_time_share",
    "median_working_days",
    "reopened",
    "survey_answers",
    "satisfaction_1_to_5",
    "overdue",
    "counted_at",
)


def answer(page: Page | None) -> Response:
    """Send the table of a page as CSV; 404 before there are figures."""
    if page is None:
        abort(404, gettext("Angka belum dihitung; coba lagi beberapa menit lagi."))
    lines = io.StringIO()
    csv.writer(lines).writerows([HEADER, *_rows(page)])
    name = f"kinerja-{page.wish.by}-{page.wish.period or page.asked.until.isoformat()[:7]}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(BYTE_ORDER_MARK + lines.getvalue(), mimetype="text/csv", headers=headers)


def _rows(page: Page) -> Iterator[list[Any]]:
    total = Line("", str(gettext("Semua")), "", page.board.total)
    for line in (*page.lines, total):
        one = line.figures
        share = None if one.on_time_share is None else round(one.on_time_share, 4)
        counts = (one.received, one.resolved, one.decided, one.on_time, share, one.median_days, one.reopened)
        mean = None if one.satisfaction is None else round(one.satisfaction, 2)
        cells = (line.key, line.words, *counts, one.answers, mean, one.overdue, page.standing.counted_at)
        yield [written(cell) for cell in cells]
