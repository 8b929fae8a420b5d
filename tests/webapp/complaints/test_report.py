"""A citizen writes a report: one question a page, nothing typed twice, sent once."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from tests.webapp.complaints.conftest import ANSWERS, INSIDE, OUTSIDE, Send, Write
from webapp.security.access import EVERYONE, open_to


def number_of(rows: Engine, table: str) -> int:
    with rows.connect() as connection:
        return int(connection.scalar(text(f"select count(*) from {table}")) or 0)


def test_emergencies_come_before_the_first_question(app: Flask) -> None:
    page = app.test_client().get("/lapor").text
    assert 'href="tel:112"' in page and "jangan lapor di sini, telepon" in page
    assert page.index("tel:112") < page.index("Mulai melapor")


def test_a_report_is_kept_as_it_was_written(send: Send, rows: Engine) -> None:
    number, _ = send()
    with rows.connect() as connection:
        kept = connection.execute(text("select *, st_x(geom) as lon, st_y(geom) as lat from complaint")).one()
    assert (kept.number, kept.kind, kept.state, kept.visibility) == (number, "jalan_berlubang", "received", "public")
    assert (kept.lon, kept.lat, kept.village_code) == (104.9, -4.8, "18.03.05.2001")
    assert kept.description == ANSWERS["rincian"]["details"]
    assert kept.place_note == ANSWERS["patokan"]["landmark"]


def test_a_report_that_is_sent_twice_is_kept_once(reporter: FlaskClient, write: Write, rows: Engine) -> None:
    write()
    assert {reporter.post("/lapor/kirim").location for _ in range(3)} == {"/lapor/terima"}
    assert number_of(rows, "complaint") == 1


@pytest.mark.parametrize("step", list(ANSWERS))
def test_nobody_gets_past_a_question_that_is_open(reporter: FlaskClient, write: Write, step: str) -> None:
    write(until=step)
    for later in ("periksa", "kontak"):
        if later != step:
            assert reporter.get(f"/lapor/{later}").location == f"/lapor/{step}"
    assert reporter.post("/lapor/kirim").location == f"/lapor/{step}"


def test_what_will_not_do_is_said_and_kept_as_typed(reporter: FlaskClient, write: Write) -> None:
    write(until="rincian")
    sent = reporter.post("/lapor/rincian", data={"details": "lubang", "happened": "besok", "go": "1"})
    assert sent.location == "/lapor/rincian"
    page = reporter.get("/lapor/rincian").text
    assert "sedikit lebih panjang" in page and "yang sudah lewat" in page
    assert ">\nlubang</textarea>" in page and 'value="besok"' in page


def test_back_from_the_kinds_of_a_group_leads_to_the_groups(reporter: FlaskClient, write: Write) -> None:
    write(until="jenis")
    assert 'href="?kelompok=semua">←' in reporter.get("/lapor/jenis?kelompok=jalan_rusak").text
    assert 'href="/lapor/patokan">←' in reporter.get("/lapor/jenis?kelompok=semua").text


@pytest.mark.parametrize(("kind", "asked"), [("jalan_berlubang", False), ("sinyal_hilang", True)])
def test_only_of_a_signal_the_hour_is_asked(reporter: FlaskClient, write: Write, kind: str, asked: bool) -> None:
    write(until="rincian", jenis={"kind": kind})
    assert ("sinyal yang hilang" in reporter.get("/lapor/rincian").text) == asked


def test_going_back_finds_every_answer_again(reporter: FlaskClient, write: Write) -> None:
    write()
    assert ANSWERS["patokan"]["landmark"] in reporter.get("/lapor/patokan").text
    assert ANSWERS["rincian"]["details"] in reporter.get("/lapor/rincian").text
    assert 'value="public" checked' in reporter.get("/lapor/siapa").text


def test_a_change_leads_back_to_the_page_that_checks(reporter: FlaskClient, write: Write) -> None:
    write()
    changed = reporter.post("/lapor/rincian?ubah=1", data={"details": "Lubang makin dalam sekali", "go": "1"})
    assert changed.location == "/lapor/periksa"
    assert "Lubang makin dalam" in reporter.get("/lapor/periksa").text


def test_a_place_outside_the_regency_is_refused_with_whom_to_turn_to(reporter: FlaskClient) -> None:
    assert reporter.post("/lapor/tempat", data={**OUTSIDE, "go": "1"}).location == "/lapor/tempat"
    page = reporter.get("/lapor/tempat").text
    assert "di luar Lampung Utara" in page and "lapor.go.id" in page
    assert reporter.get("/lapor/patokan").location == "/lapor/tempat"


def test_a_click_on_the_map_is_the_place(reporter: FlaskClient) -> None:
    clicked = {"view": "104.9,-4.8,12.0", "map328.x": "164", "map328.y": "146"}
    assert reporter.post("/lapor/tempat", data=clicked).location == "/lapor/tempat"
    assert "Desa Rejosari, Kec. Kotabumi" in reporter.get("/lapor/tempat").text


def test_whoever_knows_only_the_village_tells_a_landmark(reporter: FlaskClient) -> None:
    assert 'value="18.03.05.2001"' in reporter.get("/lapor/tempat").text
    chosen = reporter.post("/lapor/tempat", data={"village": "18.03.05.2001", "go": "1"})
    assert chosen.location == "/lapor/patokan"
    assert reporter.post("/lapor/patokan", data={"landmark": "", "go": "1"}).location == "/lapor/patokan"
    assert reporter.post("/lapor/patokan", data={"landmark": "masjid", "go": "1"}).location == "/lapor/jenis"


def test_a_signal_that_was_lost_is_reported_later_for_its_hour(send: Send, rows: Engine) -> None:
    send(jenis={"kind": "sinyal_hilang"}, rincian={"happened": "2026-03-02T14:30"})
    with rows.connect() as connection:
        assert str(connection.scalar(text("select happened_at from complaint"))) == "2026-03-02 07:30:00+00:00"


def test_a_link_carries_its_thing_along(app: Flask, rows: Engine) -> None:
    with rows.begin() as connection:
        office = connection.scalar(text(OFFICE))
    client = app.test_client()
    assert "Puskesmas Rejosari" in client.get(f"/lapor?about=offices:{office}").text
    client.post("/lapor", data={"about": f"offices:{office}"})
    client.post("/lapor/tempat", data={"go": "1"})
    client.post("/lapor/patokan", data={"go": "1"})
    assert "Layanan kantor: yang mana?" in client.get("/lapor/jenis").text
    for step, answer in {**ANSWERS, "jenis": {"kind": "antrean"}}.items():
        if step not in ("tempat", "patokan"):
            client.post(f"/lapor/{step}", data={**answer, "go": "1"})
    client.post("/lapor/kirim")
    with rows.begin() as connection:
        kept = connection.execute(text("select asset_layer, asset_id from complaint")).one()
        connection.execute(text("delete from office"))
    assert tuple(kept) == ("offices", office)


OFFICE = """
insert into office (source, source_id, name, kind, geom)
values ('uji', '1', 'Puskesmas Rejosari', 'puskesmas', st_point(104.9, -4.8, 4326)) returning id
"""


def test_a_program_that_fills_in_everything_is_refused(reporter: FlaskClient, write: Write, rows: Engine) -> None:
    write()
    assert reporter.post("/lapor/kirim", data={"homepage": "http://contoh.test"}).status_code == 400
    assert number_of(rows, "complaint") == 0


def test_what_was_typed_can_be_thrown_away(reporter: FlaskClient, write: Write, rows: Engine) -> None:
    write()
    reporter.post("/lapor/hapus")
    assert reporter.get("/lapor/periksa").location == "/lapor"
    assert number_of(rows, "draft") == 0


def test_nothing_of_a_report_stands_in_an_address(reporter: FlaskClient, write: Write) -> None:
    addresses = [
        reporter.post(f"/lapor/{step}", data={**answer, "go": "1"}).location for step, answer in ANSWERS.items()
    ]
    assert all(address.startswith("/lapor/") and "?" not in address for address in addresses)
    assert INSIDE["lat"] not in "".join(addresses)


FULL = """
create function no_room() returns trigger language plpgsql as $$
begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
create trigger no_room before insert on {table} for each row execute function no_room()
"""


@pytest.mark.parametrize("table", ["complaint", "event", "tracking_code"])
def test_a_report_that_finds_the_disk_full_is_refused_in_words_and_sent_whole_later(
    reporter: FlaskClient, write: Write, rows: Engine, table: str
) -> None:
    write()
    with rows.begin() as connection:
        connection.execute(text(FULL.format(table=table)))
    refused = reporter.post("/lapor/kirim")
    with rows.begin() as connection:
        connection.execute(text("drop function no_room cascade"))
    assert refused.status_code == 507 and "Penyimpanan kami penuh" in refused.text
    assert number_of(rows, "complaint") == number_of(rows, "outbox") == 0
    assert reporter.post("/lapor/kirim").location == "/lapor/terima"
    assert number_of(rows, "complaint") == 1


def test_a_disk_of_files_that_is_full_is_told_apart_from_a_fault_of_ours(app: Flask) -> None:
    @open_to(EVERYONE)
    def fill() -> str:
        Path("/dev/full").write_text("x")
        return ""

    @open_to(EVERYONE)
    def fault() -> str:
        return Path("/no/such/file").read_text()

    app.add_url_rule("/uji/penuh", "full", fill)
    app.add_url_rule("/uji/rusak", "fault", fault)
    answers = [app.test_client().get(f"/uji/{name}").status_code for name in ("penuh", "rusak")]
    assert answers == [507, 500]
