"""Photos come after the words, one by one, and are handed out to whoever may see their case."""

import errno
import os
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from layers.complaints import photos
from layers.records import photo_files
from layers.records.actors import Actor, Grant
from tests.layers.records.pictures import MARK, from_a_phone, sent
from tests.webapp.complaints.conftest import Send
from webapp import uploads

JSON = {"Accept": "application/json"}


def attach(client: FlaskClient, content: bytes, **headers: str) -> TestResponse:
    return client.post("/laporan/saya/foto", data={"photo": (BytesIO(content), "foto.jpg")}, headers=headers)


def files(data_dir: Path) -> list[Path]:
    return [file for file in (data_dir / "files").rglob("*") if file.is_file()]


def approve(rows: Engine) -> int:
    with rows.begin() as connection:
        number = int(connection.scalar(text("select max(id) from complaint_photo")) or 0)
        photos.moderate_photo(
            connection, Actor("account:1", (Grant("verifier"),)), number, "approved", seen_version=None
        )
    return number


def test_a_photo_is_seen_by_its_reporter_at_once_and_by_others_when_it_is_approved(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, _ = send()
    assert attach(reporter, from_a_phone("JPEG")).status_code == 303
    address = reporter.get("/laporan/saya").text.split('src="/laporan/foto/')[1].split('"')[0]
    mine = reporter.get(f"/laporan/foto/{address}")
    assert mine.mimetype == "image/jpeg" and MARK not in mine.data
    stranger = app.test_client()
    assert stranger.get(f"/laporan/foto/{address}").status_code == 404
    assert "/laporan/foto/" not in stranger.get(f"/laporan/{number}").text
    approve(rows)
    assert Image.open(BytesIO(stranger.get(f"/laporan/foto/{address}").data)).size == (64, 48)
    assert f"/laporan/foto/{address}" in stranger.get(f"/laporan/{number}").text


def test_a_photo_from_the_receipt_leads_back_to_the_code_until_it_is_noted(reporter: FlaskClient, send: Send) -> None:
    _, code = send()

    def add(content: bytes) -> TestResponse:
        told = {"photo": (BytesIO(content), "foto.jpg"), "noting": "1"}
        return reporter.post("/laporan/saya/foto", data=told)

    receipt = reporter.get(str(add(sent("JPEG")).location)).text
    assert code in receipt and "Foto terkirim" in receipt and "/kecil.jpg" in receipt
    assert 'href="/lapor/terima"' in add(b"<svg/>").text, "also from where a photo was refused"
    onward = str(add(sent("PNG")).location)
    reporter.post("/lapor/catat")
    assert reporter.get(onward).location == "/laporan/saya#foto"


def test_a_photo_whose_file_is_lost_is_not_there(
    reporter: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    send()
    attach(reporter, sent("JPEG"))
    number = approve(rows)
    for file in files(tmp_path):
        file.unlink()
    assert reporter.get(f"/laporan/foto/{number}.jpg").status_code == 404


def test_a_photo_of_a_secret_case_is_never_public(app: Flask, reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send(siapa={"visibility": "secret"})
    attach(reporter, sent("JPEG"))
    number = approve(rows)
    assert app.test_client().get(f"/laporan/foto/{number}.jpg").status_code == 404
    assert reporter.get(f"/laporan/foto/{number}.jpg").status_code == 200


@pytest.mark.parametrize(
    ("content", "words"), [(b"<svg/>", "bukan foto"), (sent("JPEG")[:200], "rusak"), (b"", "kosong")]
)
def test_what_is_no_photo_is_refused_in_words_and_leaves_nothing(
    reporter: FlaskClient, send: Send, tmp_path: Path, content: bytes, words: str
) -> None:
    send()
    refused = attach(reporter, content, **JSON)
    assert refused.status_code == 422 and words in refused.json["words"]
    page = attach(reporter, content)
    assert page.status_code == 422 and words in page.text
    assert files(tmp_path) == []


def test_without_a_code_nobody_adds_photos(app: Flask, send: Send) -> None:
    send()
    assert attach(app.test_client(), sent("JPEG"), **JSON).status_code == 403


def test_a_form_without_a_photo_is_shown_again_and_asks_for_one(reporter: FlaskClient, send: Send) -> None:
    number, _ = send()
    answer = reporter.post("/laporan/saya/foto", data={})
    assert answer.status_code == 422 and "Pilih foto dahulu." in answer.text
    assert number in answer.text and 'type="file"' in answer.text
    reporter.post("/lapor")
    asked = reporter.post("/lapor/tempat/foto", data={})
    assert asked.location == "/lapor/tempat" and "Pilih foto dahulu." in reporter.get("/lapor/tempat").text


def test_a_photo_that_a_phone_sends_again_is_acknowledged_and_kept_once(
    reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    send()
    for _ in range(3):
        again = {"photo": (BytesIO(sent("JPEG")), "foto.jpg"), "client_id": "0123456789abcdef" * 2}
        assert reporter.post("/laporan/saya/foto", data=again, headers=JSON).status_code == 201
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from complaint_photo")) == 1


def test_a_full_disk_is_said_and_keeps_nothing(
    reporter: FlaskClient, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: Engine
) -> None:
    def fill(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    send()
    monkeypatch.setattr(photo_files.os, "fsync", fill)
    refused = attach(reporter, sent("JPEG"), **JSON)
    assert refused.status_code == 507 and "penuh" in refused.json["detail"]
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from complaint_photo")) == 0
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_fault_of_ours_and_no_full_disk(
    reporter: FlaskClient, send: Send, tmp_path: Path
) -> None:
    send()
    (tmp_path / photos.FOLDER.parts[0]).write_text("a file where the folder should be")
    refused = attach(reporter, sent("JPEG"), **JSON)
    assert refused.status_code == 500 and "sudah tercatat" in refused.json["detail"]


def test_when_too_many_photos_arrive_at_once_the_next_is_asked_to_wait(
    reporter: FlaskClient, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
    for _ in range(uploads.AT_ONCE):
        assert uploads._places.acquire(blocking=False)
    try:
        refused = attach(reporter, sent("JPEG"), **JSON)
    finally:
        for _ in range(uploads.AT_ONCE):
            uploads._places.release()
    assert refused.status_code == 503 and refused.headers["Retry-After"] == "5"
    assert attach(reporter, sent("JPEG"), **JSON).status_code == 201


def test_the_place_that_a_photo_tells_is_offered_and_the_photo_not_kept(reporter: FlaskClient, tmp_path: Path) -> None:
    photo = {"photo": (BytesIO(from_a_phone("JPEG")), "foto.jpg")}
    assert reporter.post("/lapor/tempat/foto", data=photo).location == "/lapor/tempat"
    page = reporter.get("/lapor/tempat").text
    assert "Desa Rejosari" in page and "Ya, lanjut" in page
    assert reporter.get("/lapor/patokan").location == "/lapor/tempat"  # until it is confirmed
    assert files(tmp_path) == []


def test_a_photo_that_tells_no_place_says_so(reporter: FlaskClient) -> None:
    reporter.post("/lapor/tempat/foto", data={"photo": (BytesIO(sent("PNG")), "foto.png")})
    assert "tidak menyimpan lokasi" in reporter.get("/lapor/tempat").text
