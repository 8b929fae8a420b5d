"""The workbench of a case: only what the workflow allows to this role, and nothing that was typed is ever lost."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.workflow import MOVES
from layers.records import identities
from layers.records.actors import VISITOR, Grant
from layers.records.identities import Contact
from tests.layers.records.pictures import picture, sent
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff


def offered(client: FlaskClient, number: str) -> set[str]:
    """The states to which the page of a case has a form."""
    return set(re.findall(rf'action="/meja/{number}/langkah/(\w+)', client.get(f"/meja/{number}").text))


def go(client: FlaskClient, number: str, to: str, version: int, **brought: str) -> int:
    return client.post(f"/meja/{number}/langkah/{to}", data={"version": str(version), **brought}).status_code


def state(rows: Engine, number: str) -> str:
    with rows.connect() as connection:
        return str(connection.scalar(text("select state from complaint where number = :n"), {"n": number}))


@pytest.mark.parametrize("role", ["verifier", "officer", "coordinator", "checker", "agent"])
def test_each_role_is_offered_what_the_workflow_says_and_no_more(app: Flask, report: Report, role: str) -> None:
    allowed = {move.target for move in MOVES if move.start == "received" and role in move.parties}
    assert offered(staff(app, Grant(role)), report(channel="telepon").number) == allowed  # type: ignore[arg-type]


def test_a_repair_goes_from_the_verifier_to_the_officer_to_the_checker_and_back_and_forth(
    app: Flask, report: Report, rows: Engine
) -> None:
    number = report().number
    verifier, officer = staff(app, Grant("verifier")), staff(app, Grant("officer", "pupr"))
    checker = staff(app, Grant("checker"))
    assert go(verifier, number, "dispatched", 1, target="pupr") == 303
    assert go(officer, number, "in_progress", 2) == 303
    shown = officer.get(f"/meja/{number}").text
    assert re.findall(r'class="primary">([^<]+)', shown) == ["Selesai, minta diperiksa"], "the usual step comes first"
    assert go(officer, number, "pending_check", 3, public_text="Sudah ditambal") == 422  # neither photo nor exemption
    photo = {"photo": (BytesIO(sent("JPEG", picture((80, 60)))), "hasil.jpg")}
    assert officer.post(f"/meja/{number}/foto", data=photo).status_code == 303
    name = re.search(r'<option value="([0-9a-f]{32})" selected', officer.get(f"/meja/{number}").text)
    assert name
    assert go(officer, number, "pending_check", 3, public_text="Sudah ditambal", after_photo=name[1]) == 303
    assert go(checker, number, "in_progress", 4, reason="Masih berlubang") == 303
    assert f'<option value="{name[1]}"' not in officer.get(f"/meja/{number}").text, "it proves no second repair"
    assert go(officer, number, "pending_check", 5, public_text="Diulang", after_photo=name[1]) == 422
    assert go(officer, number, "pending_check", 5, public_text="Diulang", exemption="Kamera rusak") == 303
    assert go(checker, number, "resolved", 6) == 303
    assert state(rows, number) == "resolved"
    page = verifier.get(f"/meja/{number}").text
    assert "Masih berlubang" in page and "Kamera rusak" in page and "Pemeriksa hasil" in page


def test_a_later_report_of_the_same_is_merged_into_the_earlier_from_either_side(
    app: Flask, report: Report, rows: Engine
) -> None:
    first, second = report().number, report().number
    verifier = staff(app, Grant("verifier"))
    assert f"Gabungkan {second} ke sini" in verifier.get(f"/meja/{first}").text
    assert f"Gabungkan ke {first}" in verifier.get(f"/meja/{second}").text
    assert go(verifier, second, "merged", 1, target=first, reason="Sama") == 303
    assert (state(rows, first), state(rows, second)) == ("received", "merged")


def test_every_deadline_stands_on_the_workbench(app: Flask, report: Report) -> None:
    number, verifier = report().number, staff(app, Grant("verifier"))
    assert verifier.post(f"/meja/{number}/jenis", data={"version": "1", "text": "tanya_layanan"}).status_code == 303
    page = verifier.get(f"/meja/{number}").text
    listed = page.split("Semua batas waktu")[1].split("</details>")[0]
    assert listed.count("<li>") == 2 and "5 hari kerja" in listed and "Verifikasi sampai" in page


def test_who_did_the_work_is_told_why_he_may_not_check_it(app: Flask, report: Report) -> None:
    number = report().number
    both = staff(app, Grant("verifier"), Grant("officer"), Grant("checker"))
    go(both, number, "dispatched", 1)
    go(both, number, "in_progress", 2)
    go(both, number, "pending_check", 3, public_text="Selesai", exemption="Gelap")
    assert "Yang memeriksa tidak boleh yang mengerjakan." in both.get(f"/meja/{number}").text
    assert offered(both, number) == set()


def test_the_second_of_two_is_told_who_was_faster_and_keeps_his_words(app: Flask, report: Report, rows: Engine) -> None:
    number = report().number
    first, second = staff(app, Grant("verifier")), staff(app, Grant("verifier"))
    go(first, number, "dispatched", 1)
    answer = second.post(f"/meja/{number}/langkah/rejected", data={"version": "1", "reason": "Bukan urusan kami"})
    assert answer.status_code == 409
    assert "Verifikator" in answer.text and "“Disposisi”" in answer.text
    assert "Bukan urusan kami" in answer.text
    assert state(rows, number) == "dispatched"
    later = second.post(f"/meja/{number}/catatan", data={"version": "1", "text": "Sudah saya telepon"})
    assert later.status_code == 409 and "Sudah saya telepon" in later.text


def test_a_refused_act_says_what_is_missing_and_keeps_what_was_typed(app: Flask, report: Report) -> None:
    number, verifier = report().number, staff(app, Grant("verifier"))
    answer = verifier.post(f"/meja/{number}/langkah/merged", data={"version": "1", "reason": "Sama", "target": "LP-1"})
    assert answer.status_code == 422
    assert "nomor laporan lain" in answer.text and "Sama</textarea>" in answer.text and 'value="LP-1"' in answer.text


def test_a_text_that_is_often_sent_is_put_behind_what_was_typed(app: Flask, report: Report, rows: Engine) -> None:
    number, verifier = report().number, staff(app, Grant("verifier"))
    asked = {"version": "1", "insert": "1", "template": "kurang_foto", "reason": "Halo Pak."}
    page = verifier.post(f"/meja/{number}/langkah/needs_info", data=asked).text
    assert "Halo Pak.\nTerima kasih atas laporan Anda. Mohon kirim satu foto" in page
    assert state(rows, number) == "received"


def test_a_text_for_one_status_is_at_hand_for_moves_to_that_alone(app: Flask, report: Report) -> None:
    number = report().number
    forms = staff(app, Grant("verifier")).get(f"/meja/{number}").text.split('id="ke-')[1:]
    texts = {form.split('"')[0]: set(re.findall(r'<option value="(kurang_foto|sudah_ada)"', form)) for form in forms}
    assert texts == {
        "dispatched": set(),
        "needs_info": {"kurang_foto"},
        "rejected": set(),
        "merged": {"sudah_ada"},
        "withdrawn": set(),
    }


def test_staff_see_which_road_it_is_about_and_when_it_was_seen(app: Flask, report: Report, rows: Engine) -> None:
    with rows.begin() as connection:
        road = connection.scalar(text(ROAD))
    number = report(asset=("roads", road), happened_at=datetime(2026, 3, 2, 7, 30, tzinfo=UTC)).number
    page = staff(app, Grant("verifier")).get(f"/meja/{number}").text
    public = app.test_client().get(f"/laporan/{number}").text
    with rows.begin() as connection:
        connection.execute(text("delete from road"))
    for shown in (page, public):
        assert (
            f'<a href="/layers/roads/{road}">Jalan Lintas</a>' in shown and "2 Maret 2026" in shown and "14.30" in shown
        )
        assert "titik perkiraan" not in shown


ROAD = """
insert into road (source, source_id, name, status, geom) values ('uji', '1', 'Jalan Lintas', 'kabupaten',
  st_geomfromewkt('SRID=4326;MULTILINESTRING((104.85 -4.8,104.95 -4.8))')) returning id
"""


def test_of_a_case_with_its_village_alone_staff_see_that_and_what_is_open_in_the_village(
    app: Flask, report: Report
) -> None:
    near, mine = report(lon=104.9001).number, report(exact=False).number
    verifier = staff(app, Grant("verifier"))
    page = verifier.get(f"/meja/{mine}").text
    beside = page.partition('id="serupa"')[2].partition("<h2")[0]
    assert "titik perkiraan" in page
    assert near in beside and f">{mine}<" not in beside
    assert mine not in verifier.get(f"/meja/{near}").text.partition('id="serupa"')[2].partition("<h2")[0]


def test_a_case_of_a_category_alone_shows_that_and_one_of_a_kind_can_become_so(
    app: Flask, report: Report, rows: Engine
) -> None:
    verifier, number = staff(app, Grant("verifier")), report(category="jalan_rusak").number
    chosen = '<option value="jalan_rusak" selected>Jalan rusak: Lainnya</option>'
    assert chosen in verifier.get(f"/meja/{number}").text
    verifier.post(f"/meja/{number}/jenis", data={"version": "1", "text": "lampu_mati"})
    assert chosen not in verifier.get(f"/meja/{number}").text
    verifier.post(f"/meja/{number}/jenis", data={"version": "2", "text": "jalan_rusak"})
    assert chosen in verifier.get(f"/meja/{number}").text


def test_a_case_beyond_the_roles_is_not_there(app: Flask, report: Report, rows: Engine) -> None:
    number = report().number
    stranger = staff(app, Grant("officer", "dlh"))
    assert stranger.get(f"/meja/{number}").status_code == 404
    assert go(stranger, number, "in_progress", 1) == 404
    for act in ("catatan", "kontak", "moderasi"):
        assert stranger.post(f"/meja/{number}/{act}", data={"text": "x", "version": "1"}).status_code == 404
    assert state(rows, number) == "received"


def test_the_contact_shows_only_on_request_and_every_look_is_in_the_trail(
    app: Flask, report: Report, rows: Engine
) -> None:
    mine = report()
    with rows.begin() as connection:
        contact = Contact("Siti Nurhaliza", "siti@uji.example", "081234567890")
        data_dir, subject = app.config["SETTINGS"].data_dir, f"complaint:{mine.complaint_id}"
        identities.keep(connection, data_dir, VISITOR, subject, contact, "Setuju")
    looks = text("select count(*) from event where act = 'look_at_identity' and subject = :s")
    verifier, checker = staff(app, Grant("verifier")), staff(app, Grant("checker"))
    assert "Siti" not in verifier.get(f"/meja/{mine.number}").text
    assert checker.post(f"/meja/{mine.number}/kontak").status_code == 403
    with rows.connect() as connection:
        assert connection.scalar(looks, {"s": subject}) == 0
    assert "Siti Nurhaliza" in verifier.post(f"/meja/{mine.number}/kontak").text
    with rows.connect() as connection:
        assert connection.scalar(looks, {"s": subject}) == 1


def test_the_next_case_of_the_queue_is_a_link_away(app: Flask, report: Report) -> None:
    first, other, last = report(), report(category="tumpukan_sampah"), report()
    page = staff(app, Grant("verifier")).get(f"/meja/{first.number}?category=jalan_rusak").text
    assert f'data-key="next" href="/meja/{last.number}?category=jalan_rusak"' in page
    assert 'data-key="prev"' not in page and other.number not in page


def test_an_officer_is_given_a_case_and_finds_it(app: Flask, report: Report) -> None:
    number = report().number
    coordinator = staff(app, Grant("coordinator", "pupr"))
    officer = staff(app, Grant("officer", "pupr"))
    page = coordinator.get(f"/meja/{number}").text
    people = re.findall(r'<option value="(account:\d+)"', page)
    data = {"version": "1", "text": max(people, key=lambda name: int(name.split(":")[1]))}
    assert coordinator.post(f"/meja/{number}/petugas", data=data).status_code == 303
    assert number in officer.get("/meja?mine=1").text
    assert number not in staff(app, Grant("officer", "pupr")).get("/meja?mine=1").text
