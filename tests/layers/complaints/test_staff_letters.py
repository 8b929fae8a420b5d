"""Who has to do something hears of it: what comes back, what is given to somebody, and what waits for an answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import assign, move
from layers.complaints.letters import Writer
from layers.records.accounts import name_of
from layers.records.actors import SYSTEM, Actor, Grant
from tests.layers.complaints.conftest import COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, officer, row
from tests.layers.complaints.test_surveys import LATER, resolve
from tests.webapp.staff import hire

Told = Callable[[str], dict[str, str]]


@pytest.fixture
def told(place: Connection, tmp_path: Path) -> Told:
    """Word the letters of a kind that wait, by who gets them; "" where nothing is to be said any more."""

    def do(kind: str) -> dict[str, str]:
        rows = place.execute(text("select * from outbox where kind = :kind order by id"), {"kind": kind}).all()
        letters = {one.recipient: Writer("https://peta.contoh.test", tmp_path)(place, one) for one in rows}
        return {who: f"{letter.subject}\n{letter.text}" if letter else "" for who, letter in letters.items()}

    return do


@pytest.fixture
def verifier(place: Connection) -> str:
    return name_of(hire(place, Grant("verifier", None, "18.03")))


def test_a_dispute_reaches_the_agency_and_the_officer_who_has_it(report: Report, place: Connection, told: Told) -> None:
    mine, able = report().complaint_id, officer(place)
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    assign(place, COORDINATOR, mine, able, seen_version=None)
    move(place, OFFICER, mine, "in_progress", seen_version=None, now=MONDAY)
    done = {"public_text": "sudah", "exemption": "malam"}
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **done)
    move(place, Actor("account:4", (Grant("checker", "pupr"),)), mine, "resolved", seen_version=None, now=MONDAY)
    move(place, Actor(f"reporter:{mine}"), mine, "in_progress", seen_version=None, now=MONDAY, reason="Lubang lagi")
    letters = told("disputed")
    assert set(letters) == {"agency:pupr", able}
    for letter in letters.values():
        assert "disanggah" in letter and row(place, mine).number in letter and "Lubang lagi" not in letter
    assert "/account/sign-in" in letters["agency:pupr"] and f"/meja/{row(place, mine).number}" in letters[able]
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **done)
    assert set(told("disputed").values()) == {""}, "done meanwhile"


@pytest.mark.parametrize("end", ["closed", "rejected"])
def test_what_is_opened_again_reaches_who_verifies_there(
    report: Report, place: Connection, told: Told, verifier: str, end: str
) -> None:
    elsewhere = name_of(hire(place, Grant("verifier", None, "18.04")))
    mine = report().complaint_id
    if end == "closed":
        resolve(place, mine)
        move(place, SYSTEM, mine, "closed", seen_version=None, now=LATER)
    else:
        move(place, VERIFIER, mine, "rejected", seen_version=None, now=LATER, reason="Bukan urusan kabupaten")
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=LATER, reason="Rusak lagi")
    letters = told("reopened")
    assert set(letters) == {verifier} and elsewhere not in letters
    assert "periksa kembali" in letters[verifier]


def test_a_reply_reaches_who_verifies_and_without_one_who_coordinates(
    report: Report, place: Connection, told: Told
) -> None:
    above = name_of(hire(place, Grant("coordinator")))
    mine = report().complaint_id
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di mana?")
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=MONDAY, reason="Di depan masjid")
    letters = told("replied")
    assert set(letters) == {above} and "masjid" not in letters[above]
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    assert told("replied") == {above: ""}, "somebody was faster"


def test_who_is_given_a_case_hears_of_it_and_who_takes_it_himself_does_not(
    report: Report, place: Connection, told: Told
) -> None:
    mine, one, two = report(visibility="secret").complaint_id, officer(place), officer(place)
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    assign(place, Actor(one, OFFICER.grants), mine, one, seen_version=None)
    assert told("assigned") == {}
    assign(place, COORDINATOR, mine, two, seen_version=None)
    assign(place, COORDINATOR, mine, two, seen_version=None)
    assert set(told("assigned")) == {two} and "ditugaskan kepada Anda" in told("assigned")[two]
    assert "Laporan ini rahasia" in told("assigned")[two]
    assert place.scalar(text("select count(*) from outbox where kind = 'assigned'")) == 1
    assign(place, COORDINATOR, mine, one, seen_version=None)
    assert told("assigned")[two] == ""
