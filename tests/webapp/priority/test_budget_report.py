"""The report of a choice of works: on paper, on a map without a network, and as a workbook that adds up by itself."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from sqlalchemy import text

from layers.priority import budgets, runs
from layers.records.actors import Grant
from tests.layers.priority.spreadsheet import Spreadsheet
from tests.webapp.priority.test_budget import worked_out
from tests.webapp.priority.test_reports import opened
from tests.webapp.staff import engine_of, staff

ATTACK = "=Jalan</script><script>window.stolen=1</script><img src=x onerror='window.stolen=1'>{{ 7 * 7 }}"
YEAR, BUDGET, COST, LEFT, DELIVERED, CLAIMED, TWICE = range(1, 8)  # columns of the sums


@pytest.fixture(scope="module")
def address(planner: FlaskClient, app: Flask) -> str:
    """A trial for two years with a rule and a pick of one's own."""
    offered = re.findall(r'name="rule:([^"]+)"', planner.get("/anggaran").text)
    typed = {"b1": "6.000", "b2": "3.000", "year": "2027", "made_up": "1"}
    typed |= {f"rule:{offered[0]}": "must_not", f"pick:{offered[1]}": "1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budgets, "PARTS", (0.5, 1.0))
        return worked_out(app, planner, **typed)


@pytest.fixture(scope="module")
def answered(address: str, app: Flask) -> dict[str, Any]:
    """What the worker found."""
    with engine_of(app).connect() as connection:
        found = runs.run(connection, address.rpartition("/")[2])
    assert found and found.answer
    return dict(found.answer)


@pytest.fixture(scope="module")
def file(address: str, planner: FlaskClient) -> str:
    """Its map file."""
    return planner.get(f"{address}/laporan.html").text


@pytest.fixture
def attacked(app: Flask, answered: dict[str, Any]) -> Iterator[str]:
    """The first work under a name that would like to run."""
    key = answered["years"][0]["works"][0]["key"]
    rename = text("update road_priority set name = :name where source_id = :key")
    with engine_of(app).begin() as connection:
        name = connection.scalar(text("select name from road_priority where source_id = :key"), {"key": key})
        connection.execute(rename, {"name": ATTACK, "key": key})
    yield ATTACK
    with engine_of(app).begin() as connection:
        connection.execute(rename, {"name": name, "key": key})


def whole(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", ".")


def test_the_sheet_holds_all_that_a_budget_meeting_asks_and_nothing_from_elsewhere(
    planner: FlaskClient, address: str, answered: dict[str, Any], app: Flask
) -> None:
    assert re.fullmatch(r"/cetak/\d+", planner.post(f"{address}/cetak").location)
    with engine_of(app).connect() as connection:
        html = connection.scalar(text("select html from paper order by id desc limit 1"))
    for told in (
        *("Pekerjaan untuk anggaran 2027–2028", "data contoh", "harga contoh", "bukan dasar keputusan", "perkiraan"),
        *("Bersama, dan menurut jumlah satu-satu", "Bila uangnya lebih atau kurang", "Harga setiap aturan"),
        *(
            "Pilihan perencana sendiri",
            "Cara menghitung",
            "Bobot: perjalanan seorang dalam sebulan",
            "Harga penanganan",
        ),
        *("Batas", "RAB", "Nomor pilihan", "Sumber Jalan", "Versi lapisan data", "Tabel penanganan"),
        *(whole(answered["delivered"]), whole(answered["by_sums"]["claimed"]), whole(answered["pick"]["delivered"])),
    ):
        assert told in html, told
    works = [work for year in answered["years"] for work in year["works"]]
    assert html.count('<circle cx="') >= len(works)
    assert re.findall(r'(?:src|href)="(?!data:)', html) == []


def test_the_map_shows_every_chosen_work_by_its_number_and_asks_no_host(
    file: str, answered: dict[str, Any], chromium: Browser, tmp_path: Path
) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 640}).new_page()
    faults = opened(page, file, tmp_path)
    works = [work for year in answered["years"] for work in year["works"]]
    expect(page.locator(".leaflet-tooltip.number")).to_have_count(len(works))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
    page.context.close()


def test_what_a_work_is_called_runs_nowhere(
    planner: FlaskClient, address: str, attacked: str, chromium: Browser, tmp_path: Path
) -> None:
    page = chromium.new_context().new_page()
    faults = opened(page, planner.get(f"{address}/laporan.html").text, tmp_path)
    expect(page.get_by_text(attacked).first).to_be_attached()
    assert page.evaluate("window.stolen") is None
    assert faults == []
    page.context.close()
    book = openpyxl.load_workbook(io.BytesIO(planner.get(f"{address}/laporan.xlsx").data))
    assert [cell.data_type for cell in book["Pekerjaan"]["C"] if "Jalan</script>" in str(cell.value)] == ["s"]


def test_the_workbook_adds_up_by_its_own_formulas_what_the_worker_found(
    planner: FlaskClient, address: str, answered: dict[str, Any]
) -> None:
    body = planner.get(f"{address}/laporan.xlsx").data
    book, shown = (openpyxl.load_workbook(io.BytesIO(body), data_only=only) for only in (False, True))
    sheet = book["Ringkasan"]
    first = next(cell.row for cell in sheet["A"] if cell.value == 2027)
    computed = Spreadsheet(book)
    for row, year in enumerate(answered["years"], first):
        assert computed.cell("Ringkasan", row, COST) == pytest.approx(year["cost"])
        assert computed.cell("Ringkasan", row, LEFT) == pytest.approx(year["budget"] - year["cost"])
        assert computed.cell("Ringkasan", row, CLAIMED) == pytest.approx(year["claimed"])
    total = first + len(answered["years"])
    assert computed.cell("Ringkasan", total, DELIVERED) == pytest.approx(answered["delivered"])
    for row in range(first, total + 1):
        for column in range(YEAR, TWICE + 1):
            given = shown["Ringkasan"].cell(row, column).value
            if isinstance(given, int | float):
                assert computed.cell("Ringkasan", row, column) == pytest.approx(given, rel=1e-9, abs=1e-3)
    assert "DATA CONTOH" in str([cell.value for cell in sheet["A"]])
    spots = list(book["Kurva"].iter_rows(min_row=2, values_only=True))
    told = [(spot["budget"], spot["delivered"]) for spot in answered["curve"]]
    assert spots == [pytest.approx(pair) for pair in told]  # a cell holds sixteen digits
    notes = [row[0] for row in book["Keterangan"].iter_rows(values_only=True)]
    assert {"Cara memilih", "Batas", "Nomor pilihan", "Tabel penanganan"} <= set(notes)


def test_data_that_changed_meanwhile_are_told_of(planner: FlaskClient, address: str, app: Flask) -> None:
    assert "Data sudah berubah" not in planner.get(address).text
    with engine_of(app).begin() as connection:
        connection.execute(text("update priority_trip set trips = trips + 1 where kind = 'sd'"))
    try:
        assert "Data sudah berubah" in planner.get(address).text
        assert "Data sudah berubah" in planner.get(f"{address}/laporan.html").text
    finally:
        with engine_of(app).begin() as connection:
            connection.execute(text("update priority_trip set trips = trips - 1 where kind = 'sd'"))


def test_in_english_too(planner: FlaskClient, address: str) -> None:
    page = planner.get(f"{address}/laporan.html?lang=en").text
    planner.get("/anggaran?lang=id")
    assert "Works for the budget of 2027–2028" in page
    assert "With more money, or less" in page


def test_nonsense_gets_a_sentence_and_no_file(planner: FlaskClient, address: str, app: Flask) -> None:
    for wanted in (f"{address}/laporan.exe", "/anggaran/tidak-ada/laporan.html", "/anggaran/tidak-ada/laporan.xlsx"):
        answer = planner.get(wanted)
        assert answer.status_code == 404
        assert "Content-Disposition" not in answer.headers
    assert planner.post("/anggaran/tidak-ada/cetak").status_code == 404
    assert staff(app, Grant("officer")).get(f"{address}/laporan.xlsx").status_code == 403
