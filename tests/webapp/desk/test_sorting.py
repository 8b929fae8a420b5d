"""A case is sorted anew at the workbench: split, shown to fewer, merged into its likeness, sent back, given on."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.records.actors import Grant
from tests.webapp.desk.conftest import Report
from tests.webapp.desk.test_workbench import go, state
from tests.webapp.staff import staff


def send(client: FlaskClient, number: str, act: str, version: int, **told: str) -> int:
    return client.post(f"/meja/{number}/{act}", data={"version": str(version), **told}).status_code


def test_a_case_is_split_into_parts_that_name_it_and_half_a_part_is_refused(
    app: Flask, report: Report, rows: Engine
) -> None:
    number, verifier = report().number, staff(app, Grant("verifier"))
    half = {"kind0": "lampu_mati", "words0": "Lampunya mati", "kind1": "genangan"}
    assert send(verifier, number, "pecah", 1) == send(verifier, number, "pecah", 1, **half) == 422
    assert send(verifier, number, "pecah", 1, **half, words1="Air tergenang") == 303
    with rows.connect() as connection:
        parts = text("select kind from complaint where parent_id = (select id from complaint where number = :n)")
        assert sorted(connection.scalars(parts, {"n": number})) == ["genangan", "lampu_mati"]
    assert "Dipecah" in verifier.get(f"/meja/{number}").text
    assert send(staff(app, Grant("officer", "pupr")), number, "pecah", 2, kind0="genangan", words0="Air") == 422


def test_who_may_see_a_case_is_changed_with_a_reason_and_by_those_who_may(app: Flask, report: Report) -> None:
    number, verifier = report().number, staff(app, Grant("verifier"))
    citizen, officer = app.test_client(), staff(app, Grant("officer", "pupr"))
    assert send(verifier, number, "kerahasiaan", 1, visibility="secret") == 422
    assert send(officer, number, "kerahasiaan", 1, visibility="secret", reason="Ia diancam") == 422
    assert citizen.get(f"/laporan/{number}").status_code == 200
    assert send(verifier, number, "kerahasiaan", 1, visibility="secret", reason="Ia diancam") == 303
    assert citizen.get(f"/laporan/{number}").status_code == 404
    assert send(verifier, number, "kerahasiaan", 2, visibility="public", reason="Keliru") == 422  # the reporter's to do
    both = staff(app, Grant("agent"), Grant("verifier"))
    assert send(both, number, "kerahasiaan", 2, visibility="public", reason="Ia menelepon") == 422
    assert "Ubah siapa yang boleh melihat" not in verifier.get(f"/meja/{number}").text  # nothing is stricter
    assert "Ia diancam" in verifier.get(f"/meja/{number}").text


def test_a_likely_duplicate_is_one_press_away_from_being_merged(app: Flask, report: Report, rows: Engine) -> None:
    first, second = report().number, report(lon=104.9001).number
    verifier = staff(app, Grant("verifier"))
    page = verifier.get(f"/meja/{second}").text
    form = page.split('id="serupa"')[1].split("</ul>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert fields["target"] == first
    assert verifier.post(f"/meja/{second}/langkah/merged", data=fields).status_code == 303
    assert state(rows, second) == "merged"
    officer = staff(app, Grant("officer", "pupr")).get(f"/meja/{first}").text  # sees it, but an officer merges nothing
    assert 'name="target"' not in officer


def test_what_an_agency_sends_back_is_found_and_given_to_another(app: Flask, report: Report, rows: Engine) -> None:
    number, verifier, officer = report().number, staff(app, Grant("verifier")), staff(app, Grant("officer", "pupr"))
    assert "Bukan wewenang kami" not in officer.get(f"/meja/{number}").text  # nobody has handed it over yet
    go(verifier, number, "dispatched", 1, target="pupr")
    assert "Bukan wewenang kami" in officer.get(f"/meja/{number}").text
    assert send(officer, number, "bukan-kami", 2) == 422
    assert officer.post(f"/meja/{number}/bukan-kami", data={"version": "2", "reason": "Jalan desa"}).location == "/meja"
    assert officer.get(f"/meja/{number}").status_code == 404
    assert number in verifier.get("/meja?declined=1").text and "declined=1" in verifier.get("/meja").text
    page = verifier.get(f"/meja/{number}").text
    assert "Jalan desa" in page and "serahkan ke dinas lain" in page
    assert "Sedang dicarikan dinas" in app.test_client().get(f"/laporan/{number}").text
    assert send(verifier, number, "rutekan", 3, agency="pupr") == 422
    assert send(verifier, number, "rutekan", 3, agency="dlh") == 303
    assert staff(app, Grant("officer", "dlh")).get(f"/meja/{number}").status_code == 200
    assert state(rows, number) == "dispatched"


@pytest.mark.parametrize(("hops", "offered"), [(2, True), (3, False)])
def test_an_agency_is_not_offered_to_decline_what_only_the_coordinator_of_the_regency_decides(
    app: Flask, report: Report, rows: Engine, hops: int, offered: bool
) -> None:
    number, asked = report().number, staff(app, Grant("officer", "dlh"))
    go(staff(app, Grant("verifier")), number, "dispatched", 1, target="pupr")
    with rows.begin() as connection:
        connection.execute(text("update complaint set hops = :hops"), {"hops": hops})
    go(staff(app, Grant("officer", "pupr")), number, "coordinating", 2, target="dlh", reason="Sampah")
    assert ("Bukan wewenang kami" in asked.get(f"/meja/{number}").text) == offered
    assert "Bukan wewenang kami" in staff(app, Grant("coordinator")).get(f"/meja/{number}").text
    assert send(asked, number, "bukan-kami", 3, reason="Bukan kami") == (303 if offered else 422)


def test_who_handles_an_anonymous_case_is_offered_no_contact(app: Flask, report: Report) -> None:
    number = report(visibility="anonymous").number
    assert "Lihat kontak" not in staff(app, Grant("officer", "pupr")).get(f"/meja/{number}").text
    assert staff(app, Grant("officer", "pupr")).post(f"/meja/{number}/kontak").status_code == 403
    assert "Lihat kontak" in staff(app, Grant("verifier")).get(f"/meja/{number}").text
