"""By e-mail: a follower confirms and counts, a reporter opens the own view, both say whether it is solved."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import move
from layers.records.actors import SYSTEM, Actor, Grant
from tests.layers.complaints.letterbox import link, sent
from tests.webapp.complaints.conftest import Send

SITI = {"email": "siti.marka@contoh.test", "consent": "1"}
ANI = {"email": "ani.marka@contoh.test", "consent": "1"}
STAFF = Actor("account:3", tuple(Grant(role) for role in ("verifier", "coordinator", "officer")))
CHECKER = Actor("account:4", (Grant("checker"),))


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def letters(rows: Engine, folder: Path, to: str) -> list[EmailMessage]:
    with rows.begin() as connection:
        return [letter for letter in sent(connection, folder) if letter["To"] == to]


def resolve(rows: Engine) -> None:
    done = {"public_text": "Sudah ditambal.", "exemption": "malam"}
    with rows.begin() as connection:
        mine = connection.scalar(text("select id from complaint"))
        for actor, to, brought in (
            (STAFF, "dispatched", {}),
            (STAFF, "in_progress", {}),
            (STAFF, "pending_check", done),
            (CHECKER, "resolved", {}),
        ):
            move(connection, actor, mine, to, seen_version=None, **brought)


def follow(stranger: FlaskClient, rows: Engine, folder: Path, number: str) -> None:
    asked = stranger.post(f"/laporan/{number}/ikut", data=ANI)
    assert asked.location == f"/laporan/{number}?ikut=surat"
    token = link(letters(rows, folder, ANI["email"])[-1], "kabar/konfirmasi")
    confirmed = stranger.post(f"/kabar/konfirmasi/{token}")
    assert confirmed.location == f"/laporan/{number}?ikut=terkonfirmasi"


def test_a_click_is_shown_apart_from_who_has_confirmed(
    stranger: FlaskClient, app: Flask, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send()
    for client in (stranger, app.test_client(), app.test_client()):
        client.post(f"/laporan/{number}/saya-juga")
    assert "3 orang juga mengalami (0 terkonfirmasi)" in stranger.get(f"/laporan/{number}").text
    follow(stranger, rows, tmp_path, number)
    assert "3 orang juga mengalami (1 terkonfirmasi)" in stranger.get(f"/laporan/{number}").text


def test_an_address_that_will_not_do_is_said_on_the_page_of_the_case(stranger: FlaskClient, send: Send) -> None:
    number, _ = send()
    answer = stranger.post(f"/laporan/{number}/ikut", data={"email": "ani@", "consent": "1"})
    assert answer.status_code == 422
    assert "Tulis satu alamat e-mail lengkap" in answer.text and 'value="ani@"' in answer.text


@pytest.mark.parametrize("visibility", ["public", "secret"])
def test_a_link_opens_the_own_view_once_and_leaves_the_address_at_once(
    visibility: str, app: Flask, send: Send, rows: Engine, tmp_path: Path
) -> None:
    send(kontak=SITI, siapa={"visibility": visibility})
    phone = app.test_client()
    phone.post("/laporan/tautan", data={"email": SITI["email"]})
    token = link(letters(rows, tmp_path, SITI["email"])[-1], "laporan/tautan")
    for _ in range(2):  # programs that look for harm open links too
        opened = phone.get(f"/laporan/tautan/{token}")
        assert (opened.status_code, opened.location) == (303, "/laporan/tautan")
    page = phone.get("/laporan/tautan")
    assert "Buka laporan saya" in page.text and token not in page.text
    assert phone.post("/laporan/tautan/buka").location == "/laporan/saya"
    assert "motor sering jatuh" in phone.get("/laporan/saya").text
    other = app.test_client()
    other.get(f"/laporan/tautan/{token}")
    assert other.post("/laporan/tautan/buka").status_code == 410
    assert other.get("/laporan/saya").location == "/laporan/kode"


def test_what_is_answered_does_not_tell_whether_an_address_is_known(
    stranger: FlaskClient, send: Send, rows: Engine
) -> None:
    send(kontak=SITI)
    known, unknown, no_address = (
        stranger.post("/laporan/tautan", data={"email": email})
        for email in (SITI["email"], "orang.lain@contoh.test", "siti")
    )
    assert known.data == unknown.data == no_address.data
    assert known.status_code == unknown.status_code == no_address.status_code == 200
    for _ in range(9):
        assert stranger.post("/laporan/tautan", data={"email": SITI["email"]}).data == known.data
    with rows.connect() as connection:
        told = connection.execute(text("select kind, count(*) from outbox group by kind order by kind")).all()
    assert told == [("invite_open", 5), ("received", 1)]


def test_a_link_never_comes_by_get_alone_and_without_it_nothing_opens(stranger: FlaskClient) -> None:
    assert "tidak berlaku lagi" in stranger.get("/laporan/tautan").text
    assert stranger.post("/laporan/tautan/buka").status_code == 410


def test_the_survey_of_a_letter_is_answered_and_changed(
    stranger: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send()
    follow(stranger, rows, tmp_path, number)
    resolve(rows)
    letter = letters(rows, tmp_path, ANI["email"])[-1]
    assert "Sudah ditambal." in letter.get_content() or "dinyatakan selesai" in letter.get_content()
    address = f"/laporan/penilaian/{link(letter, 'laporan/penilaian')}"
    assert "Bila 5 pengikut terkonfirmasi" in stranger.get(address).text
    refused = stranger.post(address, data={"solved": "no", "words": "Masih berlubang."})
    assert refused.status_code == 422 and "Masih berlubang." in refused.text
    for solved, satisfied in (("yes", "5"), ("no", "2")):
        kept = stranger.post(address, data={"solved": solved, "satisfied": satisfied, "dispute": "1"})
        assert kept.location == f"{address}?terima=1"
    page = stranger.get(kept.location).text
    assert "penilaian Anda tersimpan" in page and "kepuasan 2 dari 5" in page
    with rows.connect() as connection:
        said = connection.execute(text("select solved, satisfied from complaint_survey")).all()
        disputed = connection.scalar(text("select count(*) from complaint_follower where disputed_at is not null"))
    assert (said, disputed) == ([("no", 2)], 1)
    assert stranger.get(f"{address}x").status_code == 404


def test_who_follows_from_an_english_page_reads_english_and_the_survey_ends_with_the_case(
    stranger: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send()
    stranger.post(f"/laporan/{number}/ikut?lang=en", data=ANI)
    (asked,) = letters(rows, tmp_path, ANI["email"])
    assert "Somebody wants to follow" in asked.get_content()
    stranger.post(f"/kabar/konfirmasi/{link(asked, 'kabar/konfirmasi')}")
    resolve(rows)
    letter = letters(rows, tmp_path, ANI["email"])[-1]
    assert "It is said to be solved." in letter.get_content()
    address = f"/laporan/penilaian/{link(letter, 'laporan/penilaian')}"
    assert "Yes, it is" in stranger.get(address).text
    with rows.begin() as connection:
        connection.execute(text("update complaint set act_by = current_date - 2"))
        move(connection, SYSTEM, connection.scalar(text("select id from complaint")), "closed", seen_version=None)
        connection.execute(text("update complaint set state_since = state_since - interval '31 days'"))
        connection.execute(text("update complaint set closed_at = state_since - interval '14 days'"))
    over = stranger.get(address)
    assert over.status_code == 410 and "closed for good" in over.text and number not in over.text


def test_a_reporter_judges_from_the_own_view(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send()
    form = {"solved": "partly", "satisfied": "3", "words": "Tepinya belum."}
    assert reporter.post("/laporan/saya/penilaian", data=form).status_code == 422
    resolve(rows)
    assert reporter.post("/laporan/saya/penilaian", data=form).location == "/laporan/saya#penilaian"
    page = reporter.get("/laporan/saya").text
    assert "Sebagian" in page and "Tepinya belum." in page and "Ubah penilaian" in page
    assert reporter.post("/laporan/saya/penilaian", data={"solved": "yes", "satisfied": "9"}).status_code == 422


def test_a_stranger_judges_nothing(stranger: FlaskClient, send: Send, rows: Engine) -> None:
    send()
    resolve(rows)
    form = {"solved": "yes", "satisfied": "5"}
    assert stranger.post("/laporan/saya/penilaian", data=form).location == "/laporan/kode"
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from complaint_survey")) == 0


def test_what_people_say_and_where_they_live_is_on_no_public_page(
    stranger: FlaskClient, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, _ = send(kontak=SITI)
    resolve(rows)
    reporter.post("/laporan/saya/penilaian", data={"solved": "no", "satisfied": "1", "words": "Tanda rahasia"})
    for address in (f"/laporan/{number}", f"/umpan/laporan/{number}.atom", "/layers/complaints"):
        assert "Tanda rahasia" not in stranger.get(address).text, address
