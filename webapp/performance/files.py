"""The table of a page of figures as a file: the numbers that stand behind shares and medians with them."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort
from flask_babel import gettext

from webapp.csv_answer import csv_answer
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
    name = f"kinerja-{page.wish.by}-{page.wish.period or page.asked.until.isoformat()[:7]}.csv"
    return csv_answer(name, HEADER, _rows(page))


def _rows(page: Page) -> Iterator[list[Any]]:
    total = Line("", str(gettext("Semua")), "", page.board.total)
    for line in (*page.lines, total):
        one = line.figures
        share = None if one.on_time_share is None else round(one.on_time_share, 4)
        counts = (one.received, one.resolved, one.decided, one.on_time, share, one.median_days, one.reopened)
        mean = None if one.satisfaction is None else round(one.satisfaction, 2)
        yield [line.key, line.words, *counts, one.answers, mean, one.overdue, page.standing.counted_at]
