"""Planners paste traffic, poverty and IJD scores from a spreadsheet; a wrong line changes nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.webapp.staff import engine_of

ADDRESS = "/prioritas/angka"
COLUMNS = ("criterion", "key", "value", "source", "stated_on")


@pytest.fixture(autouse=True)
def emptied(app: Flask) -> Iterator[None]:
    yield
    with engine_of(app).begin() as connection:
        connection.execute(text("delete from road_figure"))


def held(app: Flask) -> list[tuple[str, str, float]]:
    with engine_of(app).connect() as connection:
        rows = connection.execute(text("select criterion, key, value from road_figure order by 1, 2"))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_cells_of_a_spreadsheet_are_taken_however_they_are_parted(
    planner: FlaskClient, app: Flask, separator: str
) -> None:
    assert "Belum ada satu angka pun" in planner.get(ADDRESS).text
    value = "12.5" if separator == "," else "12,5"
    lines = [
        COLUMNS,
        ("traffic", "18", "1200", "Dishub", "2026-05-01"),
        ("poverty", "18.03.01.2001", value, "BPS", "2025-03-01"),
    ]
    kept = planner.post(ADDRESS, data={"pasted": "\n".join(separator.join(line) for line in lines)})
    assert kept.status_code == 303
    assert held(app) == [("poverty", "18.03.01.2001", 12.5), ("traffic", "18", 1200.0)]
    page = planner.get(kept.location).text
    assert "Angka masuk" in page
    assert "Dishub" in page
    sent = planner.get(f"{ADDRESS}.csv").text
    assert planner.post(ADDRESS, data={"pasted": sent}).status_code == 303
    assert planner.get(f"{ADDRESS}.csv").text == sent


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("traffic,18,banyak,Dishub,2026-05-01", "nilai ditulis sebagai angka"),
        ("traffic,18,-1,Dishub,2026-05-01", "nilai harus nol atau lebih"),
        ("hujan,18,1,BMKG,2026-05-01", "kriterianya traffic, poverty, ijd"),
        ("traffic,19,1,,2026-05-01", "sumber harus diisi"),
    ],
)
def test_one_wrong_line_is_told_and_nothing_is_kept(planner: FlaskClient, app: Flask, line: str, said: str) -> None:
    pasted = "\n".join((",".join(COLUMNS), "traffic,17,9,Dishub,2026-05-01", line))
    refused = planner.post(ADDRESS, data={"pasted": pasted})
    assert refused.status_code == 422
    assert said in refused.text
    assert "traffic,17,9" in refused.text
    assert held(app) == []


@pytest.mark.parametrize(("typed", "said"), [("1.500", "1500 atau 1,5"), ("12.345", "12345 atau 12,345")])
def test_a_number_of_two_meanings_is_asked_about(planner: FlaskClient, app: Flask, typed: str, said: str) -> None:
    refused = planner.post(ADDRESS, data={"pasted": f"{','.join(COLUMNS)}\ntraffic,18,{typed},Dishub,2026-05-01"})
    assert (refused.status_code, held(app)) == (422, [])
    assert f"traffic 18: {typed} dapat berarti {said}" in refused.text


def test_figures_of_three_decimals_come_back_as_they_were_sent(planner: FlaskClient, app: Flask) -> None:
    lines = "traffic;18;1.500.000;Dishub;21/11/2026\ntraffic;19;12,345;Dishub;21 November 2026"
    assert planner.post(ADDRESS, data={"pasted": f"{';'.join(COLUMNS)}\n{lines}"}).status_code == 303
    before = held(app)
    assert before == [("traffic", "18", 1_500_000.0), ("traffic", "19", 12.345)]
    sent = planner.get(f"{ADDRESS}.csv").text
    assert sent.count("2026-11-21") == 2
    assert planner.post(ADDRESS, data={"pasted": sent}).status_code == 303
    assert held(app) == before


def test_more_lines_than_are_taken_at_once_are_told_and_none_is_kept(planner: FlaskClient, app: Flask) -> None:
    lines = "\n".join(f"traffic,{n},9,Dishub,2026-05-01" for n in range(5_001))
    refused = planner.post(ADDRESS, data={"pasted": f"{','.join(COLUMNS)}\n{lines}"})
    assert (refused.status_code, held(app)) == (422, [])
    assert "Paling banyak 5000 baris sekaligus" in refused.text


def test_a_quotation_mark_that_never_ends_is_refused(planner: FlaskClient) -> None:
    refused = planner.post(ADDRESS, data={"pasted": f'{",".join(COLUMNS)}\ntraffic,18,9,"{"Dishub " * 20_000}'})
    assert refused.status_code == 422


def test_a_table_without_its_columns_is_told_which_it_needs(planner: FlaskClient) -> None:
    refused = planner.post(ADDRESS, data={"pasted": "ruas;lalu lintas\n18;1200"})
    assert refused.status_code == 422
    assert "Baris pertama harus berisi kolom criterion, key, value, source, stated_on" in refused.text
