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


def test_a_table_without_its_columns_is_told_which_it_needs(planner: FlaskClient) -> None:
    refused = planner.post(ADDRESS, data={"pasted": "ruas;lalu lintas\n18;1200"})
    assert refused.status_code == 422
    assert "Baris pertama harus berisi kolom criterion, key, value, source, stated_on" in refused.text
