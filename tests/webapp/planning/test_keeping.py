"""Views under a name: kept with the whole state, shared or not, taken away by their owner alone."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.access import saved
from layers.records.actors import Grant
from tests.webapp.staff import engine_of, staff

STATE = "kind=sd&mode=mobil&tampilan=geser&kelas=jenks&jumlah=3&kecamatan=18.03.01&pilih=a1"


@pytest.fixture(autouse=True)
def nothing_kept(app: Flask) -> None:
    with engine_of(app).begin() as connection:
        connection.execute(text("truncate saved_view"))


def kept(client: FlaskClient) -> dict[str, str]:
    """The names of the views that somebody sees, and where they lead."""
    part = client.get("/perencana").text.partition('<section id="simpanan"')[2]
    found = re.findall(r'<li><a href="([^"]+)"><span>([^<]+)', part)
    return {name.strip(): unescape(link) for link, name in found}


def test_a_view_keeps_the_whole_state_and_leads_back_to_it(app: Flask, planner: FlaskClient) -> None:
    answer = planner.post(f"/perencana/simpan?{STATE}", data={"title": "SD di Kotabumi"})
    assert answer.status_code == 303
    link = kept(planner)["SD di Kotabumi"]
    assert sorted(link.partition("?")[2].split("&")) == sorted(STATE.split("&"))
    assert planner.get(link).status_code == 200
    with engine_of(app).connect() as connection:
        acts = connection.scalars(text("select act from event where layer = 'access' order by id desc limit 1"))
        assert list(acts) == ["save_view"]


def test_others_see_what_is_shared_and_cannot_take_it_away(app: Flask, planner: FlaskClient) -> None:
    planner.post(f"/perencana/simpan?{STATE}", data={"title": "Milik saya"})
    planner.post(f"/perencana/simpan?{STATE}", data={"title": "Untuk semua", "shared": "on"})
    other = staff(app, Grant("planner"))
    assert set(kept(other)) == {"Untuk semua"}
    with engine_of(app).connect() as connection:
        number = connection.scalar(text("select id from saved_view where shared"))
    assert other.post(f"/perencana/hapus/{number}").status_code == 404
    assert planner.post(f"/perencana/hapus/{number}").status_code == 303
    assert set(kept(planner)) == {"Milik saya"}


def test_a_name_is_wanted_and_the_same_name_takes_the_place_of_the_first(planner: FlaskClient) -> None:
    for title in ("", "   ", "x" * 61):
        refused = planner.post(f"/perencana/simpan?{STATE}", data={"title": title})
        assert refused.status_code == 422 and "Beri nama" in refused.text
    for kind in ("sd", "sma"):
        planner.post(f"/perencana/simpan?kind={kind}", data={"title": "Sekolah"})
    assert kept(planner) == {"Sekolah": "/perencana?kind=sma"}


def test_nobody_keeps_more_than_fifty(planner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 2)
    answers = [planner.post("/perencana/simpan", data={"title": f"Tampilan {n}"}).status_code for n in range(3)]
    assert answers == [303, 303, 422]


def test_the_desk_is_for_planners_alone(app: Flask) -> None:
    assert app.test_client().get("/perencana").status_code == 303
    assert staff(app, Grant("verifier")).get("/perencana").status_code == 403
