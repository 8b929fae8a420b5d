"""Administrators change the rules by which roads are judged: cell by cell, with a source, each change a new version."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.staff import engine_of, staff
from webapp import create_app

HERE = "/admin/aturan/jalan"
PLACE = {"rule": "speed", "row": "kolektor", "column": "baik"}


@pytest.fixture(scope="module")
def road_rules_url(database_url: str) -> str:
    """A database of its own, since other tests expect the first version."""
    return beside(database_url, "road_rules")


@pytest.fixture
def app(road_rules_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=road_rules_url, data_dir=tmp_path))


@pytest.fixture
def administrator(app: Flask) -> FlaskClient:
    return staff(app, Grant("administrator"))


def opened(client: FlaskClient, **place: str) -> dict[str, str]:
    """Open the form of a cell, and give what it holds."""
    page = client.get(f"{HERE}/isian", query_string=place).text
    held = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    return {**held, **place, "certainty": "V", "source": "Rapat teknis", "reason": "Diukur di lapangan"}


def test_a_cell_is_changed_and_the_version_tells_who_when_why_and_what(app: Flask, administrator: FlaskClient) -> None:
    form = opened(administrator, **PLACE)
    before = int(form["seen"])
    assert administrator.post(f"{HERE}/isian", data={**form, "value": "57"}).status_code == 303
    table = administrator.get(f"{HERE}/tabel/speed").text
    assert "<b>57</b>" in table and "Rapat teknis" in table
    told = administrator.get(HERE).text
    for words in (f"Versi {before + 1}", "Petugas ", "Diukur di lapangan", "→ 57 (V: Rapat teknis)"):
        assert words in told
    old = administrator.get(f"{HERE}/tabel/speed?version={before}").text
    assert "<b>57</b>" not in old and "tidak berlaku lagi" in old and "/isian?" not in old
    with engine_of(app).connect() as connection:
        asked = text("select actor, subject from event where act = 'keep_road_rules' order by id desc limit 1")
        event = connection.execute(asked).one()
    assert event.actor.startswith("account:") and event.subject == str(before + 1)


def test_the_second_of_two_who_change_the_rules_is_told_and_nothing_is_lost(app: Flask) -> None:
    first, second = (staff(app, Grant("administrator")) for _ in range(2))
    mine, late = opened(first, **PLACE), opened(second, rule="wet", row="tanah", column="sedang")
    assert first.post(f"{HERE}/isian", data={**mine, "value": "51"}).status_code == 303
    answer = second.post(f"{HERE}/isian", data={**late, "value": "0.35"})
    assert answer.status_code == 409
    assert "diubah orang lain" in answer.text and 'value="0.35"' in answer.text
    assert "<b>51</b>" in second.get(f"{HERE}/tabel/speed").text
    assert "<b>0.35</b>" not in second.get(f"{HERE}/tabel/wet").text
    seen = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert seen
    assert second.post(f"{HERE}/isian", data={**late, "value": "0.35", "seen": seen[1]}).status_code == 303
    assert "<b>51</b>" in second.get(f"{HERE}/tabel/speed").text


@pytest.mark.parametrize(
    ("place", "wrong", "told"),
    [
        (PLACE, {"value": "cepat"}, "harus berupa angka positif"),
        ({"rule": "sdi.class", "row": "2", "column": "limit"}, {"value": "<40"}, "batas harus naik"),
        ({"rule": "sdi.class", "row": "2", "column": "limit"}, {"value": "100"}, "batas ditulis misalnya"),
        ({"rule": "both", "row": "baik", "column": "baik"}, {"value": "lumayan"}, "pilihannya"),
        (PLACE, {"value": "55", "source": " "}, "sumber harus disebut"),
        (PLACE, {"value": "55", "certainty": ""}, "kepastiannya"),
        (PLACE, {"value": "55", "reason": ""}, "Sebut alasan"),
    ],
)
def test_the_tables_are_checked_as_a_whole_and_a_wrong_one_is_refused_in_words(
    administrator: FlaskClient, place: dict[str, str], wrong: dict[str, str], told: str
) -> None:
    form = opened(administrator, **place)
    answer = administrator.post(f"{HERE}/isian", data={**form, **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert opened(administrator, **place)["seen"] == form["seen"]


def test_every_table_is_shown_and_what_is_not_there_is_not_found(administrator: FlaskClient) -> None:
    tables = re.findall(rf'href="({HERE}/tabel/[\w.]+)"', administrator.get(HERE).text)
    assert len(tables) >= 20
    for address in tables:
        page = administrator.get(address)
        assert page.status_code == 200 and len(page.data) < 60_000
    for address in ("tabel/mimpi", "tabel/speed?version=99", "tabel/speed?version=9999999999", "isian?rule=speed"):
        assert administrator.get(f"{HERE}/{address}").status_code == 404
