"""The deadline of a case in words, checked against counting days one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from tests.webapp.complaints.conftest import Send

TODAY = datetime.now(UTC).astimezone(ZoneInfo("Asia/Jakarta")).date()


def set_due(rows: Engine, due: date) -> set[date]:
    """Move the due day of the only case; gives the holidays."""
    with rows.begin() as connection:
        connection.execute(text("update complaint set due_on = :due"), {"due": due})
        return set(connection.scalars(text("select day from holiday")))


@pytest.mark.parametrize("days", [1, 4, 9])
def test_a_case_that_is_late_says_by_how_many_working_days(app: Flask, send: Send, rows: Engine, days: int) -> None:
    number, _ = send()
    due = TODAY - timedelta(days=days)
    holidays = set_due(rows, due)
    passed = [due + timedelta(days=n) for n in range(1, days + 1)]
    late = len([day for day in passed if day.weekday() < 5 and day not in holidays])
    page = app.test_client().get(f"/laporan/{number}").text
    assert f"terlambat {late} hari kerja" in page and 'class="due late"' in page


def test_a_case_that_is_due_today_says_so(app: Flask, send: Send, rows: Engine) -> None:
    number, _ = send()
    set_due(rows, TODAY)
    page = app.test_client().get(f"/laporan/{number}").text
    assert "<span>hari ini</span>" in page and "late" not in page.split('class="due')[1][:6]
