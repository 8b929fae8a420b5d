"""What happens after a report: others join it, its reporter answers, disputes, withdraws."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import Part, follow, move, split
from layers.records.actors import Actor, Grant
from tests.webapp.complaints.conftest import ANSWERS, Send, Write
from tests.webapp.complaints.test_two_keys import SITI

VERIFIER = Actor("account:3", (Grant("verifier"),))


def the_case(rows: Engine) -> tuple[int, str, str]:
    with rows.connect() as connection:
        row = connection.execute(text("select id, number, state from complaint order by id limit 1")).one()
    return row.id, row.number, row.state


def ask(rows: Engine, words: str) -> None:
    with rows.begin() as connection:
        move(connection, VERIFIER, the_case(rows)[0], "needs_info", seen_version=None, reason=words)


def followers(rows: Engine) -> int:
    with rows.connect() as connection:
        return int(connection.scalar(text("select count(*) from complaint_follower")) or 0)


def test_a_report_like_one_near_by_is_offered_to_be_joined(
    app: Flask, reporter: FlaskClient, send: Send, write: Write, rows: Engine
) -> None:
    number, _ = send()
    reporter.post("/lapor")
    write(until="rincian")
    assert reporter.get("/lapor/rincian").location == "/lapor/serupa"
    page = reporter.get("/lapor/serupa").text
    assert f"/laporan/{number}/saya-juga" in page and ANSWERS["rincian"]["details"] not in page
    for _ in range(2):
        joined = reporter.post(f"/laporan/{number}/saya-juga")
        assert joined.location == f"/laporan/{number}?ikut=1"
    assert followers(rows) == 1
    assert app.test_client().post(f"/laporan/{number}/saya-juga").status_code == 303
    assert followers(rows) == 2


def test_whoever_has_another_trouble_goes_on(reporter: FlaskClient, send: Send, write: Write) -> None:
    send()
    reporter.post("/lapor")
    write(until="rincian")
    assert reporter.post("/lapor/serupa", data={"go": "1"}).location == "/lapor/rincian"


def test_a_secret_report_is_neither_offered_nor_joined(
    reporter: FlaskClient, send: Send, write: Write, rows: Engine
) -> None:
    number, _ = send(siapa={"visibility": "secret"})
    reporter.post("/lapor")
    write(until="rincian")
    assert reporter.get("/lapor/rincian").status_code == 200
    assert reporter.post(f"/laporan/{number}/saya-juga").status_code == 404
    assert followers(rows) == 0


def test_a_reporter_answers_what_the_staff_ask(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send()
    ask(rows, "Di sisi kiri atau kanan jalan?")
    page = reporter.get("/laporan/saya").text
    assert "Di sisi kiri atau kanan jalan?" in page and "berhenti sampai pelapor menjawab" in page
    assert reporter.post("/laporan/saya/jawab", data={"reason": "Di sisi kiri"}).location == "/laporan/saya"
    assert the_case(rows)[2] == "received"


def test_a_question_to_the_reporter_is_nobody_else_s(app: Flask, send: Send, rows: Engine) -> None:
    number, _ = send()
    ask(rows, "Di sisi kiri atau kanan jalan?")
    assert "sisi kiri" not in app.test_client().get(f"/laporan/{number}").text


def test_an_answer_that_comes_late_keeps_its_words_and_is_told_why(
    reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    send()
    ask(rows, "Di sisi mana?")
    late = reporter.post("/laporan/saya/jawab", data={"reason": "Di sisi kiri", "version": "1"})
    assert late.status_code == 409
    assert "baru saja berubah" in late.text and ">\nDi sisi kiri</textarea>" in late.text
    assert the_case(rows)[2] == "needs_info"


def test_a_reporter_withdraws_and_says_why(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send()
    assert reporter.post("/laporan/saya/cabut", data={"reason": ""}).status_code == 422
    reporter.post("/laporan/saya/cabut", data={"reason": "Sudah ditambal warga"})
    assert the_case(rows)[2] == "withdrawn"
    assert "Cabut laporan" not in reporter.get("/laporan/saya").text


def test_a_reporter_leaves_what_others_are_in_instead_of_ending_it(
    reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, code = send(kontak=SITI)
    mine = the_case(rows)[0]
    with rows.begin() as connection:
        follow(connection, mine, "reader:7", confirmed=True)
    page = reporter.get("/laporan/saya").text
    assert "Cabut laporan" not in page and 'value="secret"' not in page and "1 warga lain" in page
    refused = reporter.post("/laporan/saya/cabut", data={"reason": "Sudah pindah"})
    assert refused.status_code == 422 and "Anda dapat keluar" in refused.text
    assert 'value="leave"' in reporter.get("/laporan/saya/hapus").text
    assert "tidak membuka apa pun lagi" in reporter.post("/laporan/saya/hapus", data={"what": "leave"}).text
    assert reporter.get("/laporan/saya").location == "/laporan/kode"
    assert reporter.post("/laporan/kode", data={"code": code}).status_code == 404
    assert the_case(rows)[2] == "received" and reporter.get(f"/laporan/{number}").status_code == 200
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from identity")) == 0


def test_whoever_is_alone_in_a_report_is_offered_to_withdraw_it_and_not_to_leave(
    reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    send()
    assert "Cabut laporan" in reporter.get("/laporan/saya").text
    assert 'value="leave"' not in reporter.get("/laporan/saya/hapus").text
    assert reporter.post("/laporan/saya/hapus", data={"what": "leave"}).status_code == 422
    assert the_case(rows)[2] == "received"


@pytest.mark.parametrize(("state", "act"), [("resolved", "sanggah"), ("closed", "buka"), ("rejected", "banding")])
def test_a_reporter_who_disagrees_finds_the_way(
    reporter: FlaskClient, send: Send, rows: Engine, state: str, act: str
) -> None:
    send()
    with rows.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))  # past the guard of the states
        connection.execute(
            text("update complaint set state = :state, closed_at = :now"), {"state": state, "now": datetime.now(UTC)}
        )
    assert f'action="/laporan/saya/{act}"' in reporter.get("/laporan/saya").text
    assert reporter.post(f"/laporan/saya/{act}", data={"reason": "Belum ditambal"}).location == "/laporan/saya"
    assert the_case(rows)[2] in ("in_progress", "received")


def test_a_reporter_chooses_anew_who_may_see_the_report(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, _ = send(siapa={"visibility": "secret"})
    for visibility, status in (("public", 200), ("secret", 404), ("anonymous", 200)):
        chosen = reporter.post("/laporan/saya/terlihat", data={"visibility": visibility})
        assert chosen.location == "/laporan/saya"
        assert app.test_client().get(f"/laporan/{number}").status_code == status
    assert 'value="anonymous" checked' in reporter.get("/laporan/saya").text
    assert reporter.post("/laporan/saya/terlihat", data={"visibility": "siapa saja"}).status_code == 422
    assert reporter.post("/laporan/saya/terlihat", data={"visibility": "public", "version": "1"}).status_code == 409
    assert app.test_client().post("/laporan/saya/terlihat", data={}).location == "/laporan/kode"


def test_a_reporter_opens_the_parts_of_a_report_and_answers_there(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, code = send(siapa={"visibility": "secret"}, kontak=SITI)
    with rows.begin() as connection:
        whole = the_case(rows)[0]
        (part,) = split(connection, VERIFIER, whole, [Part("lampu_mati", "Mati")], seen_version=None)
        move(connection, VERIFIER, part.complaint_id, "needs_info", seen_version=None, reason="Tiang yang mana?")
    other = app.test_client()
    other.post("/laporan/kode", data={"code": code})
    page = other.get("/laporan/saya").text
    assert f'value="{part.number}"' in page and "Lampu jalan mati · Perlu kelengkapan" in page
    other.post("/laporan/saya/bagian", data={"number": part.number})
    page = other.get("/laporan/saya").text
    assert "Tiang yang mana?" in page and SITI["phone"] in page and f'value="{number}"' in page
    assert other.post("/laporan/saya/jawab", data={"reason": "Yang ketiga"}).location == "/laporan/saya"
    with rows.connect() as connection:
        state = text("select state from complaint where id = :id")
        assert connection.scalar(state, {"id": part.complaint_id}) == "received"
    assert other.post("/laporan/saya/hapus", data={"what": "all"}).status_code == 200
    with rows.connect() as connection:
        left = text("select count(*) from complaint where description is not null or anonymised_for is null")
        assert connection.scalar(left) == connection.scalar(text("select count(*) from identity")) == 0


def test_a_number_of_somebody_else_opens_no_part(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    others, _ = send(siapa={"visibility": "secret"})
    reporter.post("/lapor/catat")
    reporter.post("/lapor")
    send()
    reporter.post("/laporan/saya/bagian", data={"number": others})
    assert others not in reporter.get("/laporan/saya").text


def test_nobody_acts_without_a_code(app: Flask, send: Send, rows: Engine) -> None:
    send()
    assert app.test_client().post("/laporan/saya/cabut", data={"reason": "x"}).location == "/laporan/kode"
    assert the_case(rows)[2] == "received"
