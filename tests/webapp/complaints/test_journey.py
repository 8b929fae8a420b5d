"""The journey of a case: states are its stops, and what happened between them is called by what it was."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from layers.complaints.acts import Part, answer, change_category, move, split
from layers.records.actors import Actor, Grant
from tests.webapp.complaints.conftest import Send

VERIFIER = Actor("account:3", (Grant("verifier"),))


@pytest.fixture
def number(send: Send, rows: Engine) -> str:
    """A case that was dispatched, then answered, found to be of another kind, and split."""
    public, _ = send()
    with rows.begin() as connection:
        case = connection.scalar(text("select id from complaint"))
        move(connection, VERIFIER, case, "dispatched", seen_version=None, target="pupr")
        answer(connection, VERIFIER, case, "Kami cek besok.", seen_version=None)
        change_category(connection, VERIFIER, case, "jalan_ambles", seen_version=None)
        split(connection, VERIFIER, case, [Part("lampu_mati", "Lampunya mati")], seen_version=None)
    return public


def stops(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<li class="(\w+)"><b>([^<]+)</b>', page.partition('class="journey"')[2].partition("</ol>")[0])


def test_what_happens_within_a_state_is_no_stop_of_that_state_again(app: Flask, number: str) -> None:
    assert stops(app.test_client().get(f"/laporan/{number}").text) == [
        ("done", "Menunggu verifikasi"),
        ("now", "Disposisi"),
        ("aside", "Keterangan petugas"),
        ("aside", "Jenis diubah menjadi “Jalan ambles atau longsor”"),
        ("aside", "Dipecah menjadi beberapa laporan"),
        ("ahead", "Diproses"),
        ("ahead", "Menunggu pemeriksaan hasil"),
        ("ahead", "Selesai"),
    ]


def test_the_feed_and_programs_call_each_step_as_the_page_does(app: Flask, number: str) -> None:
    feed = app.test_client().get(f"/umpan/laporan/{number}.atom").text
    titles = re.findall(r"<title>([^<]+)</title>", feed)[1:]
    assert titles == [words for _, words in stops(app.test_client().get(f"/laporan/{number}").text)[4::-1]]
    updates = app.test_client().get(f"/open311/v2/servicerequestupdates.json?service_request_id={number}").json
    told = [update["description"].partition(":")[0] for update in updates]
    assert told == titles[::-1]
