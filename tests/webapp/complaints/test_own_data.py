"""What is kept of a reporter is his to see, to copy, to correct and to erase; erasing is asked once more."""

import json
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import moderate, move
from layers.records import identities
from layers.records.actors import Actor
from tests.webapp.complaints.conftest import ANSWERS, Send
from tests.webapp.complaints.test_own_acts import VERIFIER, the_case
from tests.webapp.complaints.test_two_keys import SITI

DATA, ERASE = "/laporan/saya/data", "/laporan/saya/hapus"
WORDS = ANSWERS["rincian"]["details"]


def contacts(rows: Engine) -> int:
    with rows.connect() as connection:
        return int(connection.scalar(text("select count(*) from identity")) or 0)


def test_a_reporter_sees_and_copies_all_that_is_kept_and_who_looked(
    reporter: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send(kontak=SITI)
    complaint_id, _, _ = the_case(rows)
    assert "Belum ada petugas yang membukanya" in reporter.get(DATA).text
    with rows.begin() as connection:
        move(connection, VERIFIER, complaint_id, "needs_info", seen_version=None, reason="Di sisi mana?")
        identities.look(connection, tmp_path, VERIFIER, f"complaint:{complaint_id}")
    reporter.post("/laporan/saya/jawab", data={"reason": "Di sisi kiri"})
    page = reporter.get(DATA)
    for told in ("Siti Marka", SITI["phone"], SITI["email"], WORDS, "masjid Al-Hidayah", "Di sisi kiri", "-4.80000"):
        assert told in page.text, told
    assert "· petugas" in page.text and page.headers["Cache-Control"] == "private, no-store"
    copied = reporter.get(f"{DATA}.json")
    assert copied.headers["Content-Disposition"] == f'attachment; filename="{number}.json"'
    kept = json.loads(copied.data)
    assert (kept["number"], kept["description"], kept["contact"]["phone"]) == (number, WORDS, SITI["phone"])
    assert [said["words"] for said in kept["said"]] == [{"reason": "Di sisi kiri"}]
    assert [look["actor"] for look in kept["looks"]] == [VERIFIER.name]
    assert "disimpan terenkripsi" in kept["agreement"]["words"]


def test_a_contact_is_corrected_or_told_what_is_wrong_with_it(reporter: FlaskClient, send: Send) -> None:
    send(kontak=SITI)
    wrong = reporter.post(DATA, data={"name": "Siti", "phone": "nol delapan"})
    assert wrong.status_code == 422 and "Tulis nomor telepon" in wrong.text and "nol delapan" in wrong.text
    unreachable = reporter.post(DATA, data={"name": "Siti", "email": "siti@desa.id,budi@desa.id"})
    assert unreachable.status_code == 422 and "Tulis alamat e-mail lengkap" in unreachable.text
    assert reporter.post(DATA, data={"name": "Siti", "phone": "", "email": ""}).location == DATA
    corrected = reporter.get("/laporan/saya").text
    assert 'value="Siti"' in corrected and "7777" not in corrected
    assert reporter.post(DATA, data={"name": " "}).location == ERASE


def test_words_are_corrected_until_staff_have_checked_them(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send()
    told = {"description": "Lubangnya dua", "place_note": "", "version": "1"}
    assert reporter.post("/laporan/saya/tulisan", data=told).location == DATA
    late = reporter.post("/laporan/saya/tulisan", data={**told, "description": "Lubangnya tiga"})
    assert late.status_code == 409 and ">\nLubangnya tiga</textarea>" in late.text
    with rows.begin() as connection:
        moderate(connection, VERIFIER, the_case(rows)[0], "approved", seen_version=None, title="Lubang", story="Dua")
        kept = connection.scalars(text("select content from event_content")).all()
    assert not [words for words in kept if WORDS in words], "what was wrong is not kept on"
    page = reporter.get(DATA).text
    assert "Lubangnya dua" in page and WORDS not in page and "/laporan/saya/tulisan" not in page
    refused = reporter.post("/laporan/saya/tulisan", data={**told, "version": "3"})
    assert refused.status_code == 422 and "sudah diperiksa petugas" in refused.text


def test_erasing_is_asked_once_more_and_may_spare_the_case(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send(kontak=SITI)
    page = reporter.get(ERASE).text
    assert "tidak dapat dibatalkan" in page and "Tidak jadi" in page and contacts(rows) == 1
    assert reporter.post(ERASE, data={"what": "contact"}).location == DATA
    assert contacts(rows) == 0 and WORDS in reporter.get("/laporan/saya").text


def test_whoever_erases_everything_leaves_a_case_without_a_person(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, code = send(kontak=SITI)
    erased = reporter.post(ERASE, data={"what": "all"})
    assert erased.status_code == 200 and "sudah dihapus" in erased.text
    assert reporter.get("/laporan/saya").location == "/laporan/kode"
    assert reporter.post("/laporan/kode", data={"code": code}).status_code == 404
    page = app.test_client().get(f"/laporan/{number}").text
    assert "Jalan berlubang di Rejosari" in page and "pelapor memintanya" in page
    with rows.connect() as connection:
        assert connection.execute(text("select description, place_note, state from complaint")).all() == [
            (None, None, "received")
        ]
        assert identities.look(connection, tmp_path, Actor("account:1"), f"complaint:{the_case(rows)[0]}") is None


def test_without_a_code_nobody_sees_copies_corrects_or_erases(app: Flask, send: Send, rows: Engine) -> None:
    send(kontak=SITI)
    stranger = app.test_client()
    for address in (DATA, f"{DATA}.json", ERASE):
        assert stranger.get(address).location == "/laporan/kode"
    for address in (DATA, "/laporan/saya/tulisan", ERASE):
        assert stranger.post(address, data={"what": "all", "name": "x"}).location == "/laporan/kode"
    assert contacts(rows) == 1
