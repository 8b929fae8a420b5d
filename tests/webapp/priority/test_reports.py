"""The report of a ranking lies on the table of a budget meeting: on a map without a network, and as a workbook."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from sqlalchemy import text

from layers.priority.criteria import BY_KEY
from tests.webapp.staff import engine_of
from webapp.priority.explaining import Line, because

ATTACK = "=Jalan</script><script>window.stolen=1</script><img src=x onerror='window.stolen=1'>{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def locked(planner: FlaskClient) -> str:
    """The address of a locked ranking by two criteria."""
    asked = {"title": "Musrenbang Abung", "w_condition": "60", "w_complaints": "40"}
    return planner.post("/prioritas/kunci", data=asked).location


@pytest.fixture(scope="module")
def file(locked: str, app: Flask) -> str:
    """Its map file, as anybody gets it."""
    return app.test_client().get(f"{locked}/laporan.html").text


@pytest.fixture
def attacked(app: Flask) -> Iterator[str]:
    """The first road of the ranking under a name that would like to run."""
    with engine_of(app).begin() as connection:
        one = "select id, name from road_priority where rank = 1 and unit = 'ruas'"
        road = connection.execute(text(one)).one()
        rename = text("update road_priority set name = :name where id = :id")
        connection.execute(rename, {"name": ATTACK, "id": road.id})
    yield ATTACK
    with engine_of(app).begin() as connection:
        connection.execute(rename, {"name": road.name, "id": road.id})


def test_it_tells_what_a_meeting_asks(file: str) -> None:
    for told in (
        *("Musrenbang Abung – Kabupaten Lampung Utara", "Dikunci ", "perencana kabupaten", "DATA CONTOH"),
        *("25 teratas dari", "No. 3: ", "karena", "Kokoh", "harga contoh", "Seberapa kokoh", "TOPSIS", "Batas", "RAB"),
        *("Segel (SHA-256)", "Versi lapisan data", "survei kondisi jalan", "perkiraan"),
    ):
        assert told in file
    assert re.search(r"<td class=\"n\">60 %</td>", file)


def test_its_order_is_that_of_the_locked_ranking(file: str, locked: str, app: Flask) -> None:
    page = app.test_client().get(locked).text
    decided = re.findall(r'<td class="n order">(\d+)</td><th scope="row">([^<]+)</th>', page)
    told = re.findall(r'<tr><td class="n">(\d+)</td><th scope="row"><b>([^<]+)</b>', file)
    assert told[:25] == decided[:25]


def test_it_opens_from_a_stick_and_asks_no_host(file: str, chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 640}).new_page()
    faults = opened(page, file, tmp_path)
    expect(page.locator(".leaflet-tooltip.number")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
    page.context.close()


def test_what_a_road_is_called_runs_nowhere(
    planner: FlaskClient, attacked: str, chromium: Browser, tmp_path: Path
) -> None:
    page = chromium.new_context().new_page()
    faults = opened(page, planner.get("/prioritas/laporan.html").text, tmp_path)
    expect(page.get_by_text(attacked).first).to_be_attached()
    assert page.evaluate("window.stolen") is None
    assert faults == []
    page.context.close()
    book = openpyxl.load_workbook(io.BytesIO(planner.get("/prioritas/laporan.xlsx").data))
    names = [cell for cell in book["Hitungan"]["C"] if "Jalan</script>" in str(cell.value)]
    assert [(cell.data_type, cell.value) for cell in names] == [("s", f"'{attacked}")]


def opened(page, body: str, folder: Path) -> list[str]:
    file = folder / "laporan.html"
    file.write_text(body, encoding="utf-8")
    faults: list[str] = []
    own = ("data:", file.as_uri())
    page.on("request", lambda request: None if request.url.startswith(own) else faults.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator(".leaflet-container")).to_be_visible()
    return faults


def test_the_workbook_of_a_locked_ranking_holds_what_was_decided(locked: str, app: Flask) -> None:
    answer = app.test_client().get(f"{locked}/laporan.xlsx")
    assert "prioritas-jalan-terkunci-" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data), data_only=True)
    page = app.test_client().get(locked).text
    decided = re.findall(r'<td class="n order">(\d+)</td><th scope="row">([^<]+)</th>', page)
    lines = book["Peringkat"].iter_rows(min_row=6, max_row=30, min_col=3, max_col=4, values_only=True)
    assert [(str(rank), name) for rank, name in lines] == decided[:25]
    assert "DATA CONTOH" in book["Peringkat"]["A3"].value
    told = {row[0]: row[1] for row in book["Keterangan"].iter_rows(values_only=True)}
    assert re.fullmatch("[0-9a-f]{64}", told["Segel (SHA-256) nilai yang disimpan"])
    assert "terburuk" in told["Cara menghitung"] or "Batas" in told


def test_a_ranking_that_is_not_locked_says_that_it_may_change(planner: FlaskClient) -> None:
    page = planner.get("/prioritas/laporan.html?w_condition=60&w_complaints=40&unit=bagian").text
    assert "Belum dikunci" in page
    assert "Urutan prioritas bagian jalan kabupaten yang rusak" in page
    assert "km " in page


def test_in_english_too(locked: str, app: Flask) -> None:
    page = app.test_client().get(f"{locked}/laporan.html?lang=en").text
    assert "Why this order" in page
    assert "Damaged share" in page


def test_nonsense_gets_a_sentence_and_no_file(planner: FlaskClient, app: Flask) -> None:
    for address, status in (
        ("/prioritas/laporan.exe", 404),
        ("/prioritas/laporan.xlsx?w_condition=0", 400),
        ("/prioritas/laporan.html?w_traffic=100", 400),
        ("/prioritas/terkunci/99999/laporan.html", 404),
    ):
        answer = planner.get(address)
        assert answer.status_code == status
        assert "Content-Disposition" not in answer.headers
    assert app.test_client().get("/prioritas/laporan.html").status_code == 303


def test_a_ranking_with_a_broken_seal_is_not_reported(planner: FlaskClient, app: Flask) -> None:
    address = planner.post("/prioritas/kunci", data={"title": "Rusak", "w_people": "100"}).location
    with engine_of(app).begin() as connection:
        other = "jsonb_set(inputs, '{candidates,0,values,1}', '999999')"
        connection.execute(text(f"update locked_ranking set inputs = {other} where title = 'Rusak'"))
    answer = app.test_client().get(f"{address}/laporan.xlsx")
    assert answer.status_code == 409
    assert "telah diubah dari luar" in answer.text


def test_a_criterion_in_which_all_roads_are_alike_is_no_reason(app: Flask) -> None:
    lines = [
        Line(BY_KEY["connected"], 0.5, 0.0, 0.25, alike=True),
        Line(BY_KEY["condition"], 0.5, 80.0, 0.1),
        Line(BY_KEY["people"], 0.5, 0.0, 0.0),
    ]
    with app.test_request_context():
        assert because(lines) == "bagian rusak 80 %"


def test_the_sheet_holds_all_it_shows_and_is_handed_to_whoever_ordered_it(
    planner: FlaskClient, locked: str, app: Flask
) -> None:
    ordered = planner.post(f"{locked}/cetak")
    assert re.fullmatch(r"/cetak/\d+", ordered.location)
    with engine_of(app).connect() as connection:
        newest = "select html from paper order by id desc limit 1"
        html = connection.scalar(text(newest))
    for told in ("Musrenbang Abung", "Petugas", "No. 3: ", "Seberapa kokoh", "Data contoh", "harga contoh"):
        assert told in html
    assert html.count('<circle cx="') == 10
    assert re.findall(r'(?:src|href)="(?!data:)', html) == []
    assert planner.post("/prioritas/cetak", data={"w_people": "100"}).status_code == 303
    assert app.test_client().post(f"{locked}/cetak").status_code in (303, 401, 403)
