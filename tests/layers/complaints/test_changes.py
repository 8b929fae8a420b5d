"""Whatever the public sees anew of a complaint is told to programs and feeds that ask for what has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import acts
from layers.complaints.acts import Part, Receipt, change_visibility, dispute_together, follow, move
from layers.complaints.feeds import latest
from layers.complaints.georeport import service_requests
from layers.records.actors import Actor
from layers.records.photos import Photo
from tests.layers.complaints.conftest import COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, officer, row
from tests.layers.complaints.test_surveys import resolve

PICTURE = Photo(b"full", b"small", 4, 3, None)
Act = Callable[[Connection, int], object]


def shown_photo(place: Connection, mine: int) -> None:
    number = place.scalar(text("select id from complaint_photo where complaint_id = :id"), {"id": mine})
    acts.moderate_photo(place, VERIFIER, number or 0, "approved", seen_version=None)


SEEN: dict[str, Act] = {
    "words": lambda c, mine: acts.moderate(c, VERIFIER, mine, "approved", seen_version=None, title="a", story="b"),
    "a photo": shown_photo,
    "an answer": lambda c, mine: acts.answer(c, VERIFIER, mine, "Kami cek besok.", seen_version=None),
    "another kind": lambda c, mine: acts.change_category(c, VERIFIER, mine, "sinyal_hilang", seen_version=None),
    "a state": lambda c, mine: move(c, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY),
    "parts": lambda c, mine: acts.split(c, VERIFIER, mine, [Part("lampu_mati", "mati")], seen_version=None),
    "less of it": lambda c, mine: acts.anonymise(c, Path(), Actor(f"reporter:{mine}"), mine, "request"),
}
UNSEEN: dict[str, Act] = {
    "a note": lambda c, mine: acts.note(c, VERIFIER, mine, "menelepon", seen_version=None),
    "an officer": lambda c, mine: acts.assign(c, COORDINATOR, mine, officer(c), seen_version=None),
    "words nobody has read": lambda c, mine: acts.reword(
        c, Actor(f"reporter:{mine}"), mine, "Lubang dalam", "", seen_version=None
    ),
    "a photo nobody has seen": lambda c, mine: acts.add_photo(c, Path(), OFFICER, mine, PICTURE, "result"),
}


@pytest.fixture
def polled(report: Report, place: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receipt:
    """A complaint with a photo nobody has seen, which programs and feed readers know as it stands."""
    monkeypatch.chdir(tmp_path)
    made = report()
    acts.add_photo(place, tmp_path, Actor(f"reporter:{made.complaint_id}"), made.complaint_id, PICTURE)
    report()
    first = "updated_at = :long_ago - cast(id = :id as int) * interval '1 day'"
    place.execute(text(f"update complaint set {first}"), {"long_ago": MONDAY, "id": made.complaint_id})
    return made


def changed(connection: Connection, since: object) -> set[str]:
    """Ask as a program does that was here before; an entry of a feed tells the same moment."""
    found = service_requests(connection, 10, updated_after=since)
    moments = {one.number: one.changed_at for one in latest(connection)}
    assert {one.number: one.updated_at for one in found}.items() <= moments.items()
    return {one.number for one in found}


def now(connection: Connection) -> object:
    return connection.scalar(text("select clock_timestamp()"))


@pytest.mark.parametrize("act", SEEN.values(), ids=SEEN.keys())
def test_a_program_that_asks_for_changes_is_told_of_each_that_the_public_sees(
    act: Act, polled: Receipt, place: Connection
) -> None:
    before = now(place)
    assert changed(place, before) == set()
    act(place, polled.complaint_id)
    assert polled.number in changed(place, before)
    assert changed(place, now(place)) == set()


@pytest.mark.parametrize("act", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_staff_and_reporter_do_out_of_sight_is_no_news(act: Act, polled: Receipt, place: Connection) -> None:
    before = now(place)
    act(place, polled.complaint_id)
    assert changed(place, before) == set()
    assert latest(place)[-1].number == polled.number


def test_a_complaint_that_is_opened_up_is_newer_than_the_last_question(report: Report, place: Connection) -> None:
    secret = report(visibility="secret")
    before = now(place)
    change_visibility(place, Actor(f"reporter:{secret.complaint_id}"), secret.complaint_id, "public", seen_version=None)
    assert changed(place, before) == {secret.number}


def test_a_voice_that_disputes_is_a_public_step_before_there_are_enough(report: Report, place: Connection) -> None:
    made = report()
    follow(place, made.complaint_id, "reader:1", confirmed=True)
    resolve(place, made.complaint_id)
    before = now(place)
    assert not dispute_together(place, made.complaint_id, "reader:1", MONDAY)
    assert changed(place, before) == {made.number}
    assert row(place, made.complaint_id).state == "resolved"
