"""Planners fill the table of treatments in the browser; what makes no sense is told, and nothing is changed."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.priority.treatments import COLUMNS
from tests.webapp.staff import engine_of

ADDRESS = "/prioritas/penanganan"


@pytest.fixture
def table(planner: FlaskClient) -> Iterator[str]:
    """The table in force as CSV, put back at the end."""
    before = planner.get(f"{ADDRESS}.csv").text
    yield before
    assert planner.post(ADDRESS, data={"pasted": before}).status_code == 303


def fields(page: str) -> dict[str, str]:
    """The form as a browser would send it."""
    typed = dict(re.findall(r'<input [^>]*?\bname="([a-z_]+_\d+)"[^>]* value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([a-z_]+_\d+)".*?>(.*?)</select>', page):
        chosen = re.search(r'value="(\w+)" selected', options)
        typed[name] = chosen[1] if chosen else "baik"
    return typed


def test_a_row_is_changed_in_place_and_the_trail_knows(planner: FlaskClient, app: Flask, table: str) -> None:
    page = planner.get(ADDRESS).text
    assert "Masih ada harga contoh" in page
    typed = fields(page)
    sources = {name: "SK Bupati 12/2026" for name, value in typed.items() if value == "contoh"}
    assert len(sources) == 3
    kept = planner.post(ADDRESS, data=typed | sources | {"rp_per_km_0": "512.000.000"})
    assert kept.status_code == 303
    page = planner.get(kept.location).text
    assert "Tabel ini berlaku" in page
    assert "Semua harga terisi" in page
    assert "512000000" in page
    with engine_of(app).connect() as connection:
        told = text("select act, actor from event where act = 'keep_treatments' order by id desc limit 1")
        assert connection.execute(told).one().actor.startswith("account:")


@pytest.mark.parametrize("typed", ["7,5", "7.5"])
def test_seven_and_a_half_years_are_seven_and_a_half_however_they_are_written(
    planner: FlaskClient, table: str, typed: str
) -> None:
    assert planner.post(ADDRESS, data=fields(planner.get(ADDRESS).text) | {"life_years_0": typed}).status_code == 303
    assert next(csv.DictReader(io.StringIO(planner.get(f"{ADDRESS}.csv").text)))["life_years"] == "7.5"
    assert 'value="7,5"' in planner.get(ADDRESS).text


def test_who_would_overwrite_what_somebody_else_has_changed_is_asked_first(planner: FlaskClient, table: str) -> None:
    """Two planners open the table; the second one hears of the first one's prices before his own take their place."""
    mine, theirs = (planner.get(ADDRESS).text for _ in range(2))
    assert planner.post(ADDRESS, data=fields(theirs) | {"rp_per_km_0": "111", "seen": seen(theirs)}).status_code == 303
    overtaken = planner.post(ADDRESS, data=fields(mine) | {"rp_per_km_0": "222", "seen": seen(mine)})
    assert overtaken.status_code == 409
    assert "orang lain mengubah tabel ini" in overtaken.text
    assert 'value="222"' in overtaken.text
    assert next(csv.DictReader(io.StringIO(planner.get(f"{ADDRESS}.csv").text)))["rp_per_km"] == "111.0"
    again = fields(overtaken.text) | {"seen": seen(overtaken.text)}
    assert planner.post(ADDRESS, data=again).status_code == 303
    assert next(csv.DictReader(io.StringIO(planner.get(f"{ADDRESS}.csv").text)))["rp_per_km"] == "222.0"


def seen(page: str) -> str:
    """Which table a page was made from."""
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"life_years_0": "-3"}, "umur harus lebih dari nol"),
        ({"life_years_0": "0"}, "umur harus lebih dari nol"),
        ({"rp_per_km_0": "0"}, "biaya per km harus lebih dari nol"),
        ({"rp_per_km_0": "mahal"}, "ditulis sebagai angka"),
        ({"stated_on_0": "kemarin"}, "tahun-bulan-hari"),
        ({"source_0": ""}, "sumber harus diisi"),
        ({"best_0": "rusak_berat", "worst_0": "sedang"}, "lebih baik ke yang lebih buruk"),
        ({"pasted": "kode,harga\n1,2"}, "Baris pertama CSV harus berisi kolom id, name"),
        ({"pasted": ",".join(COLUMNS) + 31 * ("\n" + ",".join(COLUMNS))}, "Paling banyak 30 penanganan"),
    ],
)
def test_what_makes_no_sense_is_told_and_stays_on_the_page(
    planner: FlaskClient, changed: dict[str, str], said: str
) -> None:
    before = planner.get(f"{ADDRESS}.csv").text
    refused = planner.post(ADDRESS, data=fields(planner.get(ADDRESS).text) | changed)
    assert refused.status_code == 422
    assert said in refused.text
    assert planner.get(f"{ADDRESS}.csv").text == before


def test_the_file_is_one_that_can_be_brought_in_again(planner: FlaskClient, table: str) -> None:
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == ["berkala", "rehabilitasi", "rekonstruksi"]
    assert float(rows[0]["rp_per_km"]) > 0
