"""The deadline of a case in words, checked against counting days one by one."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import change_category, move
from tests.webapp.complaints.conftest import Send
from tests.webapp.complaints.test_own_acts import VERIFIER, the_case

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


def test_every_deadline_that_a_case_has_had_stands_on_its_page_and_in_the_own_view(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, _ = send()
    with rows.begin() as connection:
        mine = the_case(rows)[0]
        change_category(connection, VERIFIER, mine, "pungutan_liar", seen_version=None)
    for page in (app.test_client().get(f"/laporan/{number}").text, reporter.get("/laporan/saya").text):
        listed = page.split("Semua batas waktu")[1].split("</details>")[0]
        first, second = re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
        assert "Laporan masuk" in first and "14 hari kerja" in first and "diganti" in first
        assert "Jenis diubah" in second and "60 hari kerja" in second and "berlaku" in second


def test_until_when_the_present_step_should_last_is_told_and_when_it_has_lasted_too_long(
    app: Flask, send: Send, rows: Engine
) -> None:
    number, _ = send()
    stranger = app.test_client()
    assert "Verifikasi sampai" in stranger.get(f"/laporan/{number}").text
    assert "terlambat" not in stranger.get(f"/laporan/{number}").text
    with rows.begin() as connection:
        connection.execute(text("update complaint set act_by = :day"), {"day": TODAY - timedelta(days=8)})
    assert 'class="soft step late"' in stranger.get(f"/laporan/{number}").text
    with rows.begin() as connection:
        move(connection, VERIFIER, the_case(rows)[0], "needs_info", seen_version=None, reason="Di mana?")
    page = stranger.get(f"/laporan/{number}").text
    assert "Jawaban pelapor ditunggu sampai" in page and "step late" not in page
