"""A planner states a budget and sees which works it is for; what makes no question is told on the page."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.priority import budgets
from layers.priority.answering import answer
from layers.records.actors import Grant
from tests.webapp.staff import engine_of, staff


@pytest.fixture
def offered(planner: FlaskClient) -> list[str]:
    """The keys of the works on offer."""
    return re.findall(r'name="rule:([^"]+)"', planner.get("/anggaran").text)


def worked_out(app: Flask, planner: FlaskClient, **typed: str) -> str:
    asked = planner.post("/anggaran", data=typed)
    assert asked.status_code == 303
    assert "Sedang dihitung" in planner.get(asked.location).text
    with engine_of(app).begin() as connection:
        answer(connection, asked.location.rpartition("/")[2])
    return asked.location


def test_while_prices_are_sample_data_the_page_says_so_and_leads_to_the_table(planner: FlaskClient, app: Flask) -> None:
    page = planner.get("/anggaran").text
    assert "Harga di tabel penanganan masih contoh" in page
    assert 'href="/prioritas/penanganan"' in page
    assert "Coba dengan harga contoh (bukan dasar keputusan)" in page
    refused = planner.get(worked_out(app, planner, b1="5000")).text
    assert "Isi tabel penanganan dahulu" in refused
    assert "Ubah anggaran atau aturan" in refused


def test_a_trial_shows_works_by_year_curve_rules_and_the_own_pick_and_says_it_is_one(
    planner: FlaskClient, app: Flask, offered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "PARTS", (0.5, 1.0))
    typed = {"b1": "6.000", "b2": "3.000", "year": "2027", "made_up": "1", "connection": "30,5"}
    typed |= {f"rule:{offered[0]}": "must_not", f"pick:{offered[1]}": "1"}
    address = worked_out(app, planner, **typed)
    page = planner.get(address).text
    assert "bukan dasar keputusan" in page
    assert re.search(r"[1-9]\d* pekerjaan bersama-sama menghemat [1-9]", page)
    assert "akan menjanjikan" in page
    assert re.search(r"2027: .* dari Rp6 miliar", page)
    assert re.search(r"2028: .* dari Rp3 miliar", page)
    assert page.count('class="asked"') == 1
    assert "Harga setiap aturan" in page
    assert "Pilihan Anda sendiri" in page
    again = planner.get(f"/anggaran?run={address.rpartition('/')[2]}").text
    assert 'name="b1" inputmode="decimal" maxlength="16" value="6000"' in again
    assert 'value="30,5"' in again
    assert f'name="pick:{offered[1]}" value="1" checked' in again
    assert '<option value="must_not" selected>' in again


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Isi anggaran paling sedikit satu tahun"),
        ({"b1": "banyak"}, "banyak bukan angka nol atau lebih"),
        ({"b1": "-4"}, "-4 bukan angka nol atau lebih"),
        ({"b1": "0"}, "harus lebih dari nol"),
        ({"b1": "1", "year": "27"}, "empat angka"),
        ({"b1": "1", "connection": "9999999"}, "paling tinggi"),
        ({"b1": "1", "one1": "contoh:a"}, "dua pekerjaan yang berbeda"),
        ({"b1": "1", "least:18.03.01": "60", "most:18.03.01": "40"}, "tidak melebihi yang paling banyak"),
        ({"b1": "1", "most:18.03.01": "140"}, "dari 0 sampai 100"),
    ],
)
def test_what_makes_no_question_is_told_and_what_was_typed_stays(
    planner: FlaskClient, typed: dict[str, str], said: str
) -> None:
    answered = planner.post("/anggaran", data=typed)
    assert answered.status_code == 422
    assert said in answered.text
    assert all(f'value="{value}"' in answered.text for name, value in typed.items() if name in ("b1", "year"))


def test_what_the_worker_refuses_is_told_with_the_way_back(
    planner: FlaskClient, app: Flask, offered: list[str]
) -> None:
    low = planner.get(worked_out(app, planner, b1="0,001", made_up="1")).text
    assert "tidak cukup untuk pekerjaan yang termurah" in low
    clash = {f"rule:{offered[0]}": "must", "one1": offered[0], "other1": offered[1], f"rule:{offered[1]}": "must"}
    told = planner.get(worked_out(app, planner, b1="900000", made_up="1", **clash)).text
    assert "Aturan ini bertentangan" in told
    assert "tidak boleh keduanya" in told


def test_a_search_offers_more_works_and_keeps_what_was_typed(planner: FlaskClient, offered: list[str]) -> None:
    found = planner.post("/anggaran", data={"b1": "77", "q": "ruas", "look": "1", f"rule:{offered[-1]}": "must"})
    assert found.status_code == 200
    assert 'value="77"' in found.text
    assert found.text.count('name="rule:') > len(offered)


def test_only_planners_ask(app: Flask) -> None:
    assert app.test_client().get("/anggaran").status_code == 303
    assert staff(app, Grant("officer")).post("/anggaran", data={"b1": "5"}).status_code == 403
    assert staff(app, Grant("officer")).get("/prioritas/penanganan").status_code == 403


def test_an_unknown_run_is_not_there(planner: FlaskClient) -> None:
    assert planner.get("/anggaran/tidak-ada").status_code == 404
    assert planner.get("/anggaran?run=tidak-ada").status_code == 404


def test_a_budget_is_no_scenario(planner: FlaskClient) -> None:
    asked = planner.post("/anggaran", data={"b1": "4321"}).location.rpartition("/")[2]
    assert planner.get(f"/skenario/{asked}").status_code == 404
