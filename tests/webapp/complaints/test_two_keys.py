"""The public number opens nothing; the code opens everything, and stands nowhere."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.records.codes import grouped, new_code
from tests.webapp.complaints.conftest import Send
from webapp import pace

SITI = {"name": "Siti Marka", "phone": "0812 7777 1234", "email": "siti.marka@contoh.test", "consent": "1"}
NUMBERED = dict.fromkeys(("/layers/complaints/export.csv", "/ogc/collections/complaints/items?f=json"), "number")
PUBLIC = (*NUMBERED, "/layers/complaints", "/api/search?q=Siti", "/search?q=siti", "/tiles/complaints/8/202/131.mvt")
SECRET = {"siapa": {"visibility": "secret"}}


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def test_anybody_may_see_a_public_case_but_not_what_it_says_before_it_is_moderated(
    send: Send, stranger: FlaskClient
) -> None:
    number, code = send(kontak=SITI)
    page = stranger.get(f"/laporan/{number}").text
    assert "Jalan berlubang di Rejosari" in page and "hari kerja lagi" in page
    for hidden in ("motor sering jatuh", "Al-Hidayah", "Siti", "7777", "contoh.test", code):
        assert hidden not in page


@pytest.mark.parametrize("visibility", ["public", "anonymous", "secret"])
def test_no_public_answer_tells_who_reported_or_what_nobody_has_moderated(
    send: Send, stranger: FlaskClient, visibility: str
) -> None:
    number, code = send(kontak=SITI, siapa={"visibility": visibility})
    for address in PUBLIC:
        answer = stranger.get(address)
        assert answer.status_code in (200, 204), address
        for hidden in (b"Siti", b"7777", b"contoh.test", b"motor sering", b"Al-Hidayah", code.encode()):
            assert hidden not in answer.data, address
        assert (number.encode() in answer.data) == (visibility != "secret" and "number" in NUMBERED.get(address, ""))


def test_a_secret_case_is_there_for_its_reporter_alone(
    reporter: FlaskClient, send: Send, stranger: FlaskClient
) -> None:
    number, code = send(**SECRET)
    for address in (f"/laporan/{number}", "/laporan/saya"):
        assert stranger.get(address).status_code in (404, 303)
    assert reporter.get(f"/laporan/{number}").status_code == 404
    opened = stranger.post("/laporan/kode", data={"code": code.lower().replace("-", " ")})
    assert opened.location == "/laporan/saya"
    assert "motor sering jatuh" in stranger.get("/laporan/saya").text


def test_a_code_stands_neither_in_the_database_nor_in_the_files_once_it_is_noted(
    reporter: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    _, code = send()
    assert code in reporter.get("/lapor/terima").text  # a lost line may ask again
    reporter.post("/lapor/catat")
    assert reporter.get("/lapor/terima").location == "/lapor"
    with rows.connect() as connection:
        tables = connection.scalars(
            text("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
        )
        everything = "".join(str(connection.execute(text(f'select * from "{table}"')).all()) for table in tables)
    kept = everything.encode() + b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for written in (code, code.replace("-", ""), SITI["phone"]):
        assert written.encode() not in kept


def test_a_code_never_comes_by_an_address(stranger: FlaskClient, send: Send) -> None:
    _, code = send()
    assert stranger.get(f"/laporan/kode?code={code}").status_code == 200
    assert stranger.get("/laporan/saya").location == "/laporan/kode"


def test_a_mistyped_code_and_a_wrong_one_are_told_apart(stranger: FlaskClient, send: Send) -> None:
    _, code = send()
    mistyped = stranger.post("/laporan/kode", data={"code": ("0" if code[0] != "0" else "1") + code[1:]})
    wrong = stranger.post("/laporan/kode", data={"code": grouped(new_code())})
    assert (mistyped.status_code, wrong.status_code) == (400, 404)
    assert "salah ketik" in mistyped.text and "tidak membuka laporan" in wrong.text


def test_who_has_tried_too_many_codes_waits_while_neighbours_on_the_same_line_get_in(
    app: Flask, stranger: FlaskClient, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.OF_BROWSER, "complaints.enter_code", "3 per hour")
    _, code = send()
    stranger.get("/laporan/kode")
    tried = [stranger.post("/laporan/kode", data={"code": new_code()}).status_code for _ in range(4)]
    assert tried == [404, 404, 404, 429]
    late = stranger.post("/laporan/kode", data={"code": code})
    assert late.status_code == 429 and "coba lagi dalam 60 menit" in late.text
    neighbour = app.test_client()
    neighbour.get("/laporan/kode")
    assert neighbour.post("/laporan/kode", data={"code": code}).location == "/laporan/saya"


def test_programs_that_carry_no_mark_try_codes_as_one_and_hold_up_no_browser(
    app: Flask, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.OF_BROWSER, "complaints.enter_code", "3 per hour")
    _, code = send()
    tried = [app.test_client().post("/laporan/kode", data={"code": new_code()}).status_code for _ in range(4)]
    assert tried == [404, 404, 404, 429]
    neighbour = app.test_client()
    neighbour.get("/laporan/kode")
    assert neighbour.post("/laporan/kode", data={"code": code}).location == "/laporan/saya"


def test_a_forged_pass_opens_nothing(stranger: FlaskClient, send: Send) -> None:
    send()
    stranger.set_cookie("reporter", "MQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", path="/laporan")
    assert stranger.get("/laporan/saya").location == "/laporan/kode"


def test_a_closed_view_is_closed(reporter: FlaskClient, send: Send) -> None:
    send()
    assert reporter.get("/laporan/saya").status_code == 200
    reporter.post("/laporan/keluar")
    assert reporter.get("/laporan/saya").location == "/laporan/kode"


def test_a_contact_without_consent_is_not_kept(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    reporter.post("/lapor/kontak", data={**SITI, "consent": "", "go": "1"})
    send()
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from identity")) == 0
