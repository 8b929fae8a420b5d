"""The call centre writes down what people say: as guarded as their own reports, never twice; what is known shows."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from layers.complaints.tracking import opened_by
from layers.records import identities
from layers.records.actors import Grant
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff

POINT = {"lon": "104.9", "lat": "-4.8"}
CALL = {
    "channel": "telepon",
    "kind": "jalan_berlubang",
    "village": "18.03.05.2001",
    "landmark": "depan masjid",
    "details": "Lubang lebar di tikungan, motor sering jatuh.",
    "visibility": "public",
}


@pytest.fixture
def agent(app: Flask, rows: Engine) -> FlaskClient:
    return staff(app, Grant("agent"))


def send(client: FlaskClient, **different: str) -> TestResponse:
    return client.post("/meja/catat", data={"client_id": str(uuid4()), **CALL, "save": "1", **different})


def kept(rows: Engine, columns: str = "number") -> list[Any]:
    with rows.connect() as connection:
        return list(connection.execute(text(f"select {columns} from complaint order by id")))


def code_on(page: str) -> str:
    found = re.search(r'id="code">([0-9A-Z-]+)<', page)
    assert found
    return found[1]


def test_a_village_that_a_caller_names_is_no_exact_place_and_a_press_on_the_map_is(
    agent: FlaskClient, rows: Engine
) -> None:
    send(agent)
    send(agent, **POINT, kind="antrean")
    assert [precision for (precision,) in kept(rows, "precision")] == ["village", "point"]


def test_a_call_becomes_a_complaint_and_its_code_opens_it(
    app: Flask, agent: FlaskClient, rows: Engine, tmp_path: Path
) -> None:
    answer = send(agent, name="Siti", phone="0812 7777 1234", consent="1")
    ((number, channel, village, complaint),) = kept(rows, "number, channel, village_code, id")
    assert (channel, village) == ("telepon", "18.03.05.2001")
    assert number in answer.text and "no-store" in answer.headers["Cache-Control"]
    with rows.begin() as connection:
        assert opened_by(connection, tmp_path, code_on(answer.text)) == complaint
        told = text("select detail ->> 'role', actor from event where subject = :n and act = 'submit'")
        role, actor = connection.execute(told, {"n": number}).one()
        assert role == "agent" and actor.startswith("account:")
        contact = identities.look(connection, tmp_path, identities.Actor("account:1"), f"complaint:{complaint}")
        assert contact and contact.phone == "0812 7777 1234"


def test_a_call_that_is_sent_twice_is_kept_once_and_shows_the_same_code_until_it_was_read_out(
    agent: FlaskClient, rows: Engine
) -> None:
    mark = {"client_id": str(uuid4())}
    first, again, back = send(agent, **mark), send(agent, **mark, seen=""), send(agent, **mark, village="", kind="")
    assert code_on(first.text) == code_on(again.text) == code_on(back.text)
    assert "Desa Rejosari" in back.text and "Jalan berlubang" in back.text, "what was kept, whatever is typed since"
    assert len(kept(rows)) == 1
    assert agent.post("/meja/catat/selesai", data=mark).location == "/meja/catat"
    assert send(agent, **mark).location == f"/meja/{kept(rows)[0].number}"


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"channel": "merpati"}, "salurannya"),
        ({"kind": "kucing"}, "jenis masalahnya"),
        ({"village": ""}, "Pilih desanya"),
        ({"lon": "106.8", "lat": "-6.2"}, "di luar"),
        ({"landmark": ""}, "patokannya"),
        ({"details": "Lubang"}, "10 huruf"),
        ({"phone": "nol delapan"}, "nomor telepon"),
        ({"name": "Siti"}, "persetujuannya"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    agent: FlaskClient, rows: Engine, different: dict[str, str], words: str
) -> None:
    answer = send(agent, **different)
    assert answer.status_code == 422 and words in answer.text
    assert different.get("details", CALL["details"]) in answer.text
    assert kept(rows) == []


def test_what_may_be_the_same_is_shown_before_anything_is_kept_and_once_it_was_seen_the_call_is(
    agent: FlaskClient, report: Report, rows: Engine
) -> None:
    known = report().number
    held = send(agent, **POINT)
    assert held.status_code == 422 and f'value="{known}"' in held.text and "Belum disimpan" in held.text
    assert "Bacakan nomor dan kode" in send(agent, **POINT, seen=known).text
    assert len(kept(rows)) == 2


def test_a_script_is_told_what_may_be_the_same_near_a_point_or_in_a_village(agent: FlaskClient, report: Report) -> None:
    known, kind = report().number, "jalan_berlubang"
    report(category="tumpukan_sampah")
    for asked in ({**POINT, "kind": kind}, {"village": CALL["village"], "kind": kind}):
        found = agent.get("/meja/catat/serupa", query_string=asked).json["similar"]
        assert [(one["number"], one["open"]) for one in found] == [(known, True)]
    for nothing in ({"kind": kind}, {**POINT, "kind": "lampu_mati"}, {"village": CALL["village"], "kind": ""}):
        assert agent.get("/meja/catat/serupa", query_string=nothing).json["similar"] == []


def test_nobody_is_shown_what_lies_beyond_the_own_reach(app: Flask, report: Report) -> None:
    report()
    asked = {**POINT, "kind": "jalan_berlubang"}
    elsewhere = staff(app, Grant("agent", "dlh"))
    assert elsewhere.get("/meja/catat/serupa", query_string=asked).json["similar"] == []


def test_a_caller_joins_a_known_case_in_one_press_and_is_counted_once(
    agent: FlaskClient, report: Report, rows: Engine
) -> None:
    known = report().number
    contact = {"name": "Siti", "consent": "1", "details": ""}
    for phone in ("0812 7777 1234", "+62 812-7777-1234"):
        call = CALL | contact | {"phone": phone, "join": known}
        assert agent.post("/meja/catat", data=call).location == f"/meja/{known}?ikut=counted"
    assert [row.supporters for row in kept(rows, "supporters")] == [1]
    agent.post("/meja/catat", data={**CALL, "join": known})  # who says neither number nor address counts apart
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from complaint_follower")) == 2
        assert connection.scalar(text("select count(*) from identity")) == 0
        trail = text("select count(*) from event where act = 'follow' and subject = :n and detail ->> 'role' = 'agent'")
        assert connection.scalar(trail, {"n": known}) == 3
    assert [row.supporters for row in kept(rows, "supporters")] == [1]


def test_a_caller_who_is_the_reporter_is_not_called_a_new_follower(agent: FlaskClient, rows: Engine) -> None:
    mine = {"phone": "0812 7777 1234", "consent": "1"}
    send(agent, **mine)
    ((known,),) = kept(rows)
    here = agent.post("/meja/catat", data={**CALL, **mine, "join": known}).location
    page = agent.get(here).text
    assert "Penelepon adalah pelapor laporan ini" in page and "Penelepon ikut" not in page
    assert CALL["details"] in page and "Warga lain ikut" not in page
    other = agent.post("/meja/catat", data={**CALL, **mine, "phone": "0813 1111 2222", "join": known}).location
    assert "Penelepon ikut pada laporan ini" in agent.get(other).text
    assert "Penelepon ikut pada laporan ini" in agent.get(f"/meja/{known}?ikut=uncounted").text


def test_a_press_on_the_map_chooses_the_point_and_keeps_what_was_typed(agent: FlaskClient) -> None:
    pressed = {"map328.x": "164", "map328.y": "146", "view": "104.9,-4.8,12"}
    page = agent.post("/meja/catat", data={**CALL, **pressed}).text
    assert "Desa Rejosari" in page and re.search(r'name="lon" value="104\.[89]', page)
    assert CALL["details"] in page and 'value="telepon" checked' in page
    assert 'name="lon"' not in agent.post("/meja/catat", data={**CALL, **POINT, "nopoint": "1"}).text


def test_an_agent_of_another_area_takes_no_call_from_here(app: Flask, rows: Engine) -> None:
    answer = send(staff(app, Grant("agent", None, "18.03.06")))
    assert answer.status_code == 422 and "Peran Anda" in answer.text
    assert kept(rows) == []


def test_only_agents_take_calls(app: Flask) -> None:
    assert staff(app, Grant("verifier")).get("/meja/catat").status_code == 403
    assert 'href="/meja/catat"' in staff(app, Grant("agent")).get("/meja").text
    assert 'href="/meja/catat"' not in staff(app, Grant("verifier")).get("/meja").text
