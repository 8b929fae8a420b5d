"""Asking for news: from a place, for an address that says yes itself, until the link of any letter ends it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints import alerts, stopping
from layers.complaints.acts import moderate
from layers.records.actors import Actor, Grant
from tests.layers.complaints.letterbox import link, sent
from tests.webapp.complaints.conftest import Send

BUDI = {"email": "budi.marka@contoh.test", "consent": "1"}
THERE = {"lat": "-4.8", "lon": "104.9", "radius": "2000"}
VERIFIER = Actor("account:3", (Grant("verifier"),))
FROM_ELSEWHERE = {"Origin": "https://surat.contoh.test", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def visitor(app: Flask, rows: Engine) -> FlaskClient:
    return app.test_client()


def asked(rows: Engine) -> int:
    with rows.connect() as connection:
        return int(connection.scalar(text("select count(*) from complaint_alert")) or 0)


def confirmation(rows: Engine, folder: Path) -> str:
    with rows.begin() as connection:
        return link(sent(connection, folder)[-1], "kabar/konfirmasi")


def test_the_way_from_a_village_to_its_first_letter_and_to_the_end_of_them(
    visitor: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    page = visitor.get("/kabar?area=18.03.05.2001")
    assert "Kabar laporan warga: Desa Rejosari" in page.text
    assert visitor.post("/kabar", data={"area": "18.03.05.2001", **BUDI}).location == "/kabar/periksa"
    address = f"/kabar/konfirmasi/{confirmation(rows, tmp_path)}"
    assert "Kirimi Anda kabar" in visitor.get(address).text  # asking is not confirming
    assert "sudah dipastikan" in visitor.post(address).text
    assert visitor.post(address).status_code == visitor.get(address).status_code == 410
    number, _ = send()
    with rows.begin() as connection:
        complaint = connection.scalar(text("select id from complaint"))
        moderate(connection, VERIFIER, complaint, "approved", seen_version=None, title="Lubang besar")
        assert (alerts.spread(connection), alerts.write_letters(connection)) == (1, 1)
        letter = sent(connection, tmp_path)[-1]
    assert (letter["To"], number in letter.get_content()) == (BUDI["email"], True)
    stop = f"/kabar/berhenti/{link(letter, 'kabar/berhenti')}"
    assert "Berhenti menerima kabar" in visitor.get(stop).text
    assert asked(rows) == 1  # programs that look for harm open links too
    ended = visitor.post(stop, data={"List-Unsubscribe": "One-Click"}, headers=FROM_ELSEWHERE)
    assert (ended.status_code, asked(rows)) == (200, 0)
    assert visitor.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_all_letters_end_and_the_address_goes(visitor: FlaskClient, rows: Engine, tmp_path: Path) -> None:
    for area in ("18.03.05.2001", "18.03.05"):
        visitor.post("/kabar", data={"area": area, **BUDI})
    with rows.begin() as connection:
        header = sent(connection, tmp_path)[0]["List-Unsubscribe"]
    address = header.strip("<>").partition(".test")[2]
    assert "sudah kami hapus" in visitor.post(address, data={"all": "1"}).text
    with rows.connect() as connection:
        for table in ("complaint_alert", "reader", "identity"):
            assert connection.scalar(text(f"select count(*) from {table}")) == 0, table


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"email": "budi"}, "Tulis satu alamat e-mail lengkap"),
        ({"email": "a@b.test, c@d.test"}, "Tulis satu alamat e-mail lengkap"),
        ({"consent": ""}, "Centang persetujuan ini"),
    ],
)
def test_what_will_not_do_is_said_and_stays_typed(
    visitor: FlaskClient, rows: Engine, different: dict[str, str], words: str
) -> None:
    answer = visitor.post("/kabar", data={**THERE, **BUDI, "category": "sampah", **different})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="sampah" selected' in answer.text
    assert asked(rows) == 0


def test_nonsense_is_refused_in_words(visitor: FlaskClient, rows: Engine) -> None:
    for status, told in (
        (400, {**THERE, "radius": "7"}),
        (400, {**THERE, "category": "cuaca"}),
        (404, {"area": "99.99"}),
        (404, {"area": "18.03"}),
        (400, {**THERE, "homepage": "https://x.test"}),
        (422, {}),
    ):
        assert visitor.post("/kabar", data={**BUDI, **told}).status_code == status, told
    for address in ("/kabar/berhenti/abc", "/kabar/berhenti/WyJhIl0.abc"):
        assert visitor.get(address).status_code == visitor.post(address).status_code == 404
    assert asked(rows) == 0


def test_a_point_of_the_map_is_chosen_without_a_script(visitor: FlaskClient) -> None:
    page = visitor.get("/kabar")
    assert "Seluruh Kecamatan Kotabumi" in page.text and "Rejosari" in page.text
    clicked = visitor.get("/kabar?view=104.9,-4.8,12&map328.x=164&map328.y=100&category=sampah")
    assert clicked.status_code == 303
    assert clicked.location.startswith("/kabar?lat=") and clicked.location.endswith("&category=sampah")
    assert "sekitar titik di Rejosari" in visitor.get(clicked.location).text


def test_it_can_be_found_from_complaints_areas_and_cases(client: FlaskClient) -> None:
    assert 'href="/kabar"' in client.get("/layers/complaints").text
    area = client.get("/layers/areas?level=desa").text.partition('href="/layers/areas/')[2].partition('"')[0]
    assert 'href="/kabar?area=' in client.get(f"/layers/areas/{area}").text


def test_neither_addresses_nor_tokens_are_cached_or_logged(
    visitor: FlaskClient, rows: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.post("/kabar", data={"area": "18.03.05.2001", **BUDI})
    token = confirmation(rows, tmp_path)
    answer = visitor.get(f"/kabar/konfirmasi/{token}")
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    said = "".join(capsys.readouterr())
    assert token not in said and BUDI["email"] not in said


def test_the_link_of_any_letter_shows_all_that_is_kept_and_hands_it_out_as_a_file(
    visitor: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send()
    for address, where in (("/kabar", THERE), (f"/laporan/{number}/ikut", {})):
        visitor.post(address, data={**where, **BUDI})
        asked_by = confirmation(rows, tmp_path)
        visitor.post(f"/kabar/konfirmasi/{asked_by}")
    here = own(rows, tmp_path)
    page = visitor.get(here).text
    for told in (
        BUDI["email"],
        "sekitar 2 km dari titik pilihan Anda",
        number,
        "Saya setuju alamat e-mail ini disimpan",
    ):
        assert told in page
    copied = visitor.get(f"{here}/kabar.json")
    assert copied.headers["Content-Disposition"] == 'attachment; filename="kabar.json"'
    assert (copied.json["email"], copied.json["agreement"]["language"]) == (BUDI["email"], "id")
    assert [one["number"] for one in copied.json["cases"]] == [number]
    assert [one["scope"]["radius_m"] for one in copied.json["alerts"]] == [2000]
    for ending in re.findall(r'href="(/kabar/berhenti/[^"]+)">Berhenti<', page):
        visitor.post(ending)
    assert number not in visitor.get(here).text
    visitor.post(here.replace("data", "berhenti"), data={"all": "1"})
    assert visitor.get(here).status_code == visitor.get("/kabar/data/bukan").status_code == 404


def test_a_reader_corrects_his_address_by_a_letter_to_the_new_one_and_his_language_at_once(
    visitor: FlaskClient, send: Send, rows: Engine, tmp_path: Path
) -> None:
    number, _ = send()
    visitor.post(f"/laporan/{number}/ikut", data=BUDI)
    visitor.post(f"/kabar/konfirmasi/{confirmation(rows, tmp_path)}")
    here = own(rows, tmp_path)
    wrong = visitor.post(here, data={"email": "bukan", "language": "en"})
    assert wrong.status_code == 422 and 'value="bukan"' in wrong.text
    assert visitor.post(here, data={"email": BUDI["email"], "language": "en"}).location.endswith("?simpan=1")
    assert visitor.post(here, data={"email": "budi.baru@contoh.test", "language": "en"}).location.endswith("?surat=1")
    with rows.begin() as connection:
        (letter,) = sent(connection, tmp_path)
    assert (letter["To"], letter["Subject"]) == ("budi.baru@contoh.test", "Confirm your new e-mail address")
    assert BUDI["email"] in visitor.get(here).text, "until then the old one stands"
    token = link(letter, "kabar/konfirmasi").removesuffix("?lang=en")
    assert "Kirim semua surat ke alamat ini?" in visitor.get(f"/kabar/konfirmasi/{token}").text
    assert "Alamat Anda sudah diganti" in visitor.post(f"/kabar/konfirmasi/{token}").text
    assert visitor.get(here).status_code == 404, "the old address is gone"
    assert number in visitor.get(own(rows, tmp_path)).text
    with rows.connect() as connection:
        assert connection.scalars(text("select supporters from complaint")).all() == [1]
        assert connection.scalar(text("select count(*) from identity where subject like 'reader:%'")) == 1


def own(rows: Engine, folder: Path) -> str:
    """The page about the only reader there is, by a link such as letters about a complaint hold."""
    with rows.connect() as connection:
        (reader,) = connection.scalars(text("select id from reader"))
    return f"/kabar/data/{stopping.token(folder, 'complaint', 1, f'reader:{reader}', datetime.now(UTC).date())}"
