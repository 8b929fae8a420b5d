"""Queues under a name, and who calls about his complaint found by what was typed, which no address holds."""

import re

from flask import Flask
from sqlalchemy import Engine

from layers.records import identities
from layers.records.actors import VISITOR, Grant
from layers.records.identities import Contact
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff


def test_a_complaint_is_found_by_the_phone_number_of_its_reporter(app: Flask, report: Report, rows: Engine) -> None:
    mine, other = report(), report()
    with rows.begin() as connection:
        data_dir, subject = app.config["SETTINGS"].data_dir, f"complaint:{mine.complaint_id}"
        identities.keep(connection, data_dir, VISITOR, subject, Contact(phone="0812-7777-1234"), "Setuju")
    found = staff(app, Grant("agent")).post("/meja/cari-kontak", data={"contact": "+62 812 7777 1234"})
    assert found.status_code == 200 and mine.number in found.text and other.number not in found.text
    assert "0812-7777-1234" not in found.text  # the contact itself is another look
    checker = staff(app, Grant("checker"))
    assert checker.post("/meja/cari-kontak", data={"contact": "0812 7777 1234"}).status_code == 403
    assert "cari-kontak" not in checker.get("/meja").text
    assert staff(app, Grant("verifier")).post("/meja/cari-kontak", data={"contact": "Siti"}).status_code == 422


def test_a_queue_is_kept_opened_by_its_name_shared_and_removed(app: Flask, report: Report) -> None:
    report()
    officer, colleague = staff(app, Grant("officer", "pupr")), staff(app, Grant("officer", "pupr"))
    asked = "/meja/saringan?category=jalan_rusak&overdue=1"
    assert officer.post(asked, data={"title": " "}).status_code == 422
    assert officer.post(asked, data={"title": "Jalan telat", "agency": "dlh"}).status_code == 422
    for title, agency in (("Jalan telat", "pupr"), ("Punya saya", "")):
        assert officer.post(asked, data={"title": title, "agency": agency}).status_code == 303
    link = re.search(r'href="(/meja\?[^"]+)"[^>]*>Jalan telat', colleague.get("/meja").text)
    assert link and {"category=jalan_rusak", "overdue=1"} <= set(link[1].split("?")[1].replace("&amp;", "&").split("&"))
    assert "Punya saya" not in colleague.get("/meja").text
    remove = re.findall(r'action="(/meja/saringan/\d+/hapus)', officer.get("/meja").text)
    assert len(remove) == 2 and "/hapus" not in colleague.get("/meja").text
    assert colleague.post(remove[0]).status_code == 303
    assert "Jalan telat" in officer.get("/meja").text
    for address in remove:
        officer.post(address)
    assert "Jalan telat" not in colleague.get("/meja").text
