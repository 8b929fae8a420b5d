"""The pages of figures: filters in the address, numbers as a table, and nothing of a secret case in public."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers import db
from layers.complaints import counting
from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.complaints.conftest import settle
from tests.webapp.staff import staff
from webapp import create_app

ROWS = """
insert into complaint (source, source_id, number, category, state, agency, village_code, visibility, assignee, due_on,
  reported_at, closed_at, geom)
select 'uji', n, 'uji-' || n, case when n % 2 = 0 then 'sampah' else 'jalan_rusak' end,
  case when n % 3 = 0 then 'in_progress' else 'resolved' end, case when n % 2 = 0 then 'dlh' else 'pupr' end,
  '18.03.05.2001', case when n = 40 then 'secret' else 'public' end, case when n % 6 = 0 then 'account:77' end,
  date '2026-03-20', timestamptz '2026-03-02 03:00Z', case when n % 3 <> 0 then timestamptz '2026-03-09 03:00Z' end,
  'SRID=4326;POINT(104.9 -4.8)'
from generate_series(1, 40) as n
"""
YEAR = "period=2026"


@pytest.fixture(scope="session")
def counted_url(database_url: str) -> str:
    """A database of its own with forty complaints of one week, one of them secret, and their figures."""
    url = beside(database_url, "counted")
    settle(url)
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.execute(text(ROWS))
        counting.count(connection)
    engine.dispose()
    return url


@pytest.fixture
def app(counted_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=counted_url, data_dir=tmp_path))


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def rows(counted_url: str) -> Iterator[Engine]:
    engine = db.connect(counted_url)
    yield engine
    engine.dispose()


def table(answer: str) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in csv.DictReader(io.StringIO(answer.removeprefix("\ufeff")))}


def test_the_answer_comes_first_and_the_numbers_stand_in_a_table(visitor: FlaskClient) -> None:
    page = visitor.get(f"/kinerja?{YEAR}&by=agency").text
    assert re.search(r"Dari 39 laporan yang masuk .* 26 sudah selesai", page)
    assert "Separuhnya selesai dalam 5 hari kerja." in page
    assert re.search(
        r"<th scope=\"row\">Dinas Lingkungan Hidup</th>\s*<td class=\"n\" data-label=\"Diterima\">19</td>", page
    )
    assert 'role="img" aria-labelledby="chart-title chart-desc"' in page
    assert "Angka dihitung" in page and "hari kerja" in page


def test_filters_narrow_the_table_that_is_taken_along(visitor: FlaskClient) -> None:
    every = table(visitor.get(f"/kinerja.csv?{YEAR}&by=category").text)
    assert (every["Semua"]["received"], every["Semua"]["on_time"], every["Semua"]["with_deadline_decided"]) == (
        "39",
        "26",
        "39",
    )
    roads = table(visitor.get(f"/kinerja.csv?{YEAR}&category=jalan_rusak&agency=pupr&kecamatan=18.03.05").text)
    assert (roads["Maret 2026"]["received"], roads["Semua"]["median_working_days"]) == ("20", "5.0")
    assert table(visitor.get(f"/kinerja.csv?{YEAR}&category=jalan_rusak&agency=dlh").text)["Semua"]["received"] == "0"


def test_a_filter_without_complaints_says_so_and_nonsense_is_refused(visitor: FlaskClient) -> None:
    assert "Tidak ada laporan dalam masa" in visitor.get("/kinerja?period=2001").text
    for nonsense in ("period=x", "period=26", "by=cats", "measure=x", "category=x", f"agency={'x' * 101}"):
        assert visitor.get(f"/kinerja?{nonsense}").status_code == 400, nonsense


def test_a_secret_case_counts_for_those_staff_alone_whom_it_concerns(app: Flask, visitor: FlaskClient) -> None:
    assert table(visitor.get(f"/kinerja.csv?{YEAR}").text)["Semua"]["received"] == "39"
    assert visitor.get("/meja/kinerja").status_code == 303
    waste, roads = staff(app, Grant("officer", "dlh")), staff(app, Grant("officer", "pupr"))
    assert table(waste.get(f"/meja/kinerja.csv?{YEAR}").text)["Semua"]["received"] == "20"
    assert table(roads.get(f"/meja/kinerja.csv?{YEAR}").text)["Semua"]["received"] == "20"
    elsewhere = staff(app, Grant("verifier", None, "18.03.06"))
    assert table(elsewhere.get(f"/meja/kinerja.csv?{YEAR}").text)["Semua"]["received"] == "0"
    assert staff(app, Grant("planner")).get("/meja/kinerja").status_code == 403


def test_staff_see_what_waits_by_state_overdue_agency_and_officer(app: Flask) -> None:
    page = staff(app, Grant("coordinator")).get(f"/meja/kinerja?{YEAR}").text
    assert re.search(r"<th scope=\"row\">Diproses</th>.*data-label=\"Semua\">13</td>", page)
    assert re.search(r"agency=dlh&amp;overdue=1\">Dinas Lingkungan Hidup</a></th><td[^>]*>6</td><td[^>]*>6</td>", page)
    assert re.search(r"<th scope=\"row\">account:77</th><td[^>]*>6</td><td[^>]*>6</td>", page)
    assert (
        "Angka dihitung per kecamatan" in staff(app, Grant("officer", "dlh", "18.03.05.2001")).get("/meja/kinerja").text
    )


def test_before_the_first_count_the_page_says_so(app: Flask, visitor: FlaskClient, rows: Engine) -> None:
    with rows.begin() as connection:
        kept = connection.execute(text("delete from complaint_figure_standing returning counted_at, today")).one()
    try:
        assert "Angka belum dihitung" in visitor.get("/kinerja").text
        assert visitor.get("/kinerja.csv").status_code == 404
    finally:
        with rows.begin() as connection:
            connection.execute(
                text("insert into complaint_figure_standing (counted_at, today) values (:counted_at, :today)"),
                kept._mapping,
            )


def test_every_way_and_measure_has_a_page_in_both_languages(client: FlaskClient) -> None:
    for asked in ("by=month", "by=agency&lang=en", "by=category&measure=days", "by=district&measure=received"):
        page = client.get(f"/kinerja?{asked}&period=2026").text
        assert page.count("<table") == 1 and 'aria-labelledby="map-title map-desc"' in page
    assert "How fast are complaints handled?" in client.get("/kinerja?lang=en").text
    client.get("/kinerja?lang=id")
