"""The queue page: what waits, as far as roles reach, narrowed in words, a page after the other."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from layers.records.actors import Grant
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff
from webapp.desk import queues

NUMBER = re.compile(r'href="/meja/(LP-[0-9-]+)')


def test_a_verifier_finds_what_waits_and_opens_it_from_its_number(app: Flask, report: Report) -> None:
    hole, waste = report(), report(category="tumpukan_sampah")
    verifier = staff(app, Grant("verifier"))
    page = verifier.get("/meja").text
    assert NUMBER.findall(page) == [hole.number, waste.number]
    assert "Pak Budi" in page and "Rejosari, Kotabumi" in page
    assert NUMBER.findall(verifier.get("/meja?category=sampah").text) == [waste.number]
    assert verifier.get(f"/meja?q={hole.number.lower()}").location == f"/meja/{hole.number}"
    assert NUMBER.findall(verifier.get("/meja?q=rejosari").text) == [hole.number, waste.number]


def test_a_queue_ends_where_the_roles_end(app: Flask, report: Report) -> None:
    mine = report(visibility="secret")
    assert NUMBER.findall(staff(app, Grant("officer", "pupr")).get("/meja").text) == [mine.number]
    for elsewhere in (Grant("officer", "dlh"), Grant("verifier", None, "18.03.06")):
        desk = staff(app, elsewhere)
        assert "Tidak ada laporan" in desk.get("/meja").text
        assert "Tidak ada laporan" in desk.get(f"/meja?q={mine.number}").text


def test_the_next_page_begins_where_the_last_one_ended(
    app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "_size", lambda _asked: 2)
    made = [report().number for _ in range(5)]
    verifier, seen, address = staff(app, Grant("verifier")), [], "/meja"
    while address:
        page = verifier.get(address).text
        seen += NUMBER.findall(page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        back, address = address, onward[1].replace("&amp;", "&") if onward else ""
    assert seen == made
    before = re.search(r'rel="prev" href="([^"]+)"', verifier.get(back).text)
    assert before and NUMBER.findall(verifier.get(before[1].replace("&amp;", "&")).text) == made[2:4]


def test_nonsense_in_the_address_is_refused_in_words(app: Flask, report: Report) -> None:
    report()
    verifier = staff(app, Grant("verifier"))
    for nonsense in ("state=asleep", "category=cats", "order=random", "after=x", "size=7", f"q={'x' * 101}"):
        assert verifier.get(f"/meja?{nonsense}").status_code == 400, nonsense


def test_the_own_page_leads_those_to_the_desk_who_have_one(app: Flask) -> None:
    assert 'href="/meja"' in staff(app, Grant("checker")).get("/account").text
    assert 'href="/meja"' not in staff(app, Grant("planner")).get("/account").text


def test_what_came_back_and_what_nobody_has_begun_stand_in_queues_of_their_own_with_a_mark(
    app: Flask, report: Report, rows: Engine
) -> None:
    disputed, unseen, other = report(), report(), report()
    with rows.begin() as connection:
        past = text("update complaint set act_by = date '2026-01-05' where id = :id")
        connection.execute(past, {"id": unseen.complaint_id})
        again = text("update complaint set disputed = 1 where id = :id")
        connection.execute(again, {"id": disputed.complaint_id})
    officer = staff(app, Grant("officer", "pupr"))
    front = officer.get("/meja").text
    assert 'href="/meja?again=1"' in front and 'href="/meja?delayed=1"' in front and "undecided" not in front
    assert 'href="/meja?undecided=1"' in staff(app, Grant("coordinator")).get("/meja").text
    page = officer.get("/meja?again=1").text
    assert NUMBER.findall(page) == [disputed.number] and "disanggah</span>" in page
    page = officer.get("/meja?delayed=1").text
    assert NUMBER.findall(page) == [unseen.number] and re.search(r"Verifikasi sampai .*terlambat \d+ hari kerja", page)
    assert "disanggah</span>" in officer.get(f"/meja/{disputed.number}").text
    assert "disanggah</span>" not in officer.get(f"/meja/{other.number}").text
