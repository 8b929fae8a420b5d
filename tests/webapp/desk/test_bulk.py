"""Many cases at once: each by the same act as one alone, and of each it is told what became of it."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from layers.complaints.queries import question
from layers.complaints.rulebook import keep_text, remove_text
from layers.records.actors import Grant
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import OWNER, staff
from webapp.desk import bulk

FAILING = "create function failing() returns trigger language plpgsql as $$ begin {what}; return new; end $$"
TRIGGER = (
    "create trigger failing before update on complaint for each row when (old.number = '{number}')"
    " execute function failing()"
)
STATES = text("select number, state from complaint order by id")


def states(rows: Engine) -> dict[str, str]:
    with rows.connect() as connection:
        return {row.number: row.state for row in connection.execute(STATES)}


def test_what_can_be_done_is_done_and_what_cannot_is_told_case_by_case(
    app: Flask, report: Report, rows: Engine
) -> None:
    verifier = staff(app, Grant("verifier"))
    one, other, overtaken, elsewhere = (report().number for _ in range(4))
    verifier.post(f"/meja/{overtaken}/catatan", data={"version": "1", "text": "Ditelepon"})
    ticked = [f"{one}:1", f"{other}:1", f"{overtaken}:1", "LP-1999-000001:1"]
    answer = verifier.post("/meja/sekaligus", data={"case": ticked, "act": "dispatched"})
    assert answer.status_code == 200 and "2 berhasil, 2 ditolak" in answer.text
    assert "Sementara itu laporan ini berubah" in answer.text and "di luar wewenang Anda" in answer.text
    assert states(rows) == {one: "dispatched", other: "dispatched", overtaken: "received", elsewhere: "received"}


def test_as_many_as_may_be_ticked_go_on_together_each_with_an_act_of_its_own(
    app: Flask, report: Report, rows: Engine
) -> None:
    numbers = [report().number for _ in range(bulk.MOST)]
    ticked = [f"{number}:1" for number in numbers]
    answer = staff(app, Grant("verifier")).post("/meja/sekaligus", data={"case": ticked, "act": "dispatched"})
    assert f"{bulk.MOST} berhasil, 0 ditolak" in answer.text
    assert states(rows) == dict.fromkeys(numbers, "dispatched")
    with rows.connect() as connection:
        moved = text("select count(*) from event where detail ->> 'to' = 'dispatched' and subject = any(:numbers)")
        assert connection.scalar(moved, {"numbers": numbers}) == bulk.MOST


FAULTS = {
    "a deadlock": ("raise exception 'uji' using errcode = '40P01'", "2 berhasil, 1 ditolak", "gangguan di basis data"),
    "a database that goes away": (
        "perform pg_terminate_backend(pg_backend_pid())",
        "1 berhasil, 2 ditolak",
        "Belum dicoba",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_where_the_database_fails_half_way_it_is_told_what_was_done(
    app: Flask, report: Report, rows: Engine, fault: str
) -> None:
    what, counted, told = FAULTS[fault]
    verifier = staff(app, Grant("verifier"))
    first, second, third = (report().number for _ in range(3))
    with rows.begin() as connection:
        connection.execute(text(FAILING.format(what=what)))
        connection.execute(text(TRIGGER.format(number=second)))
    try:
        ticked = [f"{number}:1" for number in (first, second, third)]
        answer = verifier.post("/meja/sekaligus", data={"case": ticked, "act": "dispatched"})
    finally:
        with rows.begin() as connection:
            connection.execute(text("drop function failing cascade"))
    assert counted in answer.text and told in answer.text
    done = [number for number, state in states(rows).items() if state == "dispatched"]
    assert done == ([first, third] if fault == "a deadlock" else [first])


def test_an_agency_is_chosen_from_those_there_are(app: Flask, report: Report, rows: Engine) -> None:
    verifier, numbers = staff(app, Grant("verifier")), [report().number for _ in range(2)]
    for number, agency in zip(numbers, ("dinas bayangan", "dlh"), strict=True):
        verifier.post("/meja/sekaligus", data={"case": f"{number}:1", "act": "dispatched", "agency": agency})
    assert states(rows) == dict(zip(numbers, ("received", "dispatched"), strict=True))


def test_several_reports_of_one_hole_are_merged_into_the_first(app: Flask, report: Report, rows: Engine) -> None:
    first, second, third = (report().number for _ in range(3))
    wish = {"act": "merged", "target": first, "reason": "Lubang yang sama"}
    answer = staff(app, Grant("verifier")).post(
        "/meja/sekaligus", data={"case": [f"{first}:1", f"{second}:1", f"{third}:1"], **wish}
    )
    assert "2 berhasil, 1 ditolak" in answer.text and "nomor laporan lain" in answer.text
    assert states(rows) == {first: "received", second: "merged", third: "merged"}


def test_a_ready_text_goes_out_to_all_that_are_ticked(app: Flask, report: Report) -> None:
    numbers = [report().number for _ in range(2)]
    wish = {"act": "jawaban", "template": "dijadwalkan", "public_text": "Selamat pagi."}
    officer = staff(app, Grant("officer", "pupr"))
    officer.post("/meja/sekaligus", data={"case": [f"{number}:1" for number in numbers], **wish})
    for number in numbers:
        page = app.test_client().get(f"/laporan/{number}").text
        assert "Selamat pagi.\nLaporan Anda sudah kami periksa di tempat." in page


def test_a_ready_question_is_what_each_reporter_is_asked(app: Flask, report: Report, rows: Engine) -> None:
    numbers = [report().number for _ in range(2)]
    wish = {"act": "needs_info", "template": "kurang_foto", "reason": "Halo."}
    staff(app, Grant("verifier")).post("/meja/sekaligus", data={"case": [f"{n}:1" for n in numbers], **wish})
    assert set(states(rows).values()) == {"needs_info"}
    with rows.connect() as connection:
        for number in numbers:
            asked = question(connection, number)
            assert asked is not None and asked.startswith(
                "Halo.\nTerima kasih atas laporan Anda. Mohon kirim satu foto"
            )


def test_an_agency_finds_its_own_ready_texts_and_each_for_its_status(app: Flask, report: Report, rows: Engine) -> None:
    officer, number = staff(app, Grant("officer", "pupr")), report().number
    with rows.begin() as connection:
        for name, agency in (("teks_pupr", "pupr"), ("teks_dlh", "dlh")):
            kept = {"name": name, "title": name, "body": "Sudah.", "state": "scheduled", "agency": agency}
            keep_text(connection, OWNER, **kept)
    page = officer.get("/meja").text
    assert 'value="teks_pupr">teks_pupr (Dijadwalkan)' in page and "teks_dlh" not in page
    wish = {"case": f"{number}:1", "act": "in_progress", "template": "teks_pupr"}
    refused = officer.post("/meja/sekaligus", data=wish)
    assert refused.status_code == 400 and "untuk status lain" in refused.text
    with rows.begin() as connection:
        for name in ("teks_pupr", "teks_dlh"):
            remove_text(connection, OWNER, name)


def test_cases_are_given_to_an_officer_together(app: Flask, report: Report) -> None:
    numbers = [report().number for _ in range(2)]
    officer = staff(app, Grant("officer", "pupr"))
    coordinator = staff(app, Grant("coordinator", "pupr"))
    people = re.findall(r'<option value="(account:\d+)"', coordinator.get("/meja").text)
    newest = max(people, key=lambda name: int(name.split(":")[1]))
    wish = {"case": [f"{number}:1" for number in numbers], "act": "petugas", "assignee": newest}
    assert "2 berhasil, 0 ditolak" in coordinator.post("/meja/sekaligus", data=wish).text
    assert all(number in officer.get("/meja?mine=1").text for number in numbers)


@pytest.mark.parametrize(
    "wish",
    [
        {"act": "dispatched"},
        {"act": "dispatched", "case": "LP-1"},
        {"act": "dispatched", "case": ["LP-1:1"] * (bulk.MOST + 1)},
        {"act": "explode", "case": "LP-1:1"},
        {"act": "jawaban", "case": "LP-1:1"},
        {"act": "scheduled", "case": "LP-1:1", "planned_on": "besok"},
    ],
)
def test_a_wish_that_cannot_be_meant_is_refused_as_a_whole(app: Flask, wish: dict[str, object]) -> None:
    assert staff(app, Grant("verifier")).post("/meja/sekaligus", data=wish).status_code == 400
