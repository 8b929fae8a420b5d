"""What staff do at their desks: let words pass, hide, protect, answer, note, split."""

import pytest
from sqlalchemy import Connection, text

from layers.complaints import queries
from layers.complaints.acts import Part, answer, assign, change_visibility, moderate, move, note, split
from layers.complaints.queries import PublicCase
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor
from tests.layers.complaints.conftest import AGENT, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, row


def seen(connection: Connection, complaint_id: int) -> PublicCase | None:
    return queries.case(connection, row(connection, complaint_id).number, MONDAY)


def test_what_a_moderator_lets_pass_is_public_in_the_words_he_gives(report: Report, place: Connection) -> None:
    mine = report(description="Lubang di depan rumah Pak Budi").complaint_id
    title, story = "Lubang di Jalan Raya", "Lubang di depan sebuah rumah"
    moderate(place, VERIFIER, mine, "approved", seen_version=1, title=title, story=story)
    found = seen(place, mine)
    assert found is not None
    assert (found.title, found.description) == (title, story)
    assert "Budi" not in repr(found)
    moderate(place, VERIFIER, mine, "pending", seen_version=2)
    found = seen(place, mine)
    assert found is not None
    assert (found.title, found.description) == (None, None)


def test_what_is_hidden_is_not_there_for_anyone(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    moderate(place, VERIFIER, mine, "hidden", seen_version=1)
    assert seen(place, mine) is None


def test_an_officer_lets_nothing_pass(report: Report, place: Connection) -> None:
    with pytest.raises(ActRefusedError):
        moderate(place, OFFICER, report().complaint_id, "approved", seen_version=1)


def test_a_verifier_protects_a_reporter_but_only_he_opens_up_again(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    me = Actor(f"reporter:{mine}")
    change_visibility(place, VERIFIER, mine, "secret", seen_version=1, reason="Ia diancam")
    assert seen(place, mine) is None
    for actor, visibility in ((VERIFIER, "public"), (OFFICER, "public"), (me, "friends")):
        with pytest.raises(ActRefusedError), place.begin_nested():
            change_visibility(place, actor, mine, visibility, seen_version=None, reason="Ia minta")
    change_visibility(place, me, mine, "anonymous", seen_version=2)
    assert seen(place, mine) is not None


def test_staff_say_why_they_change_who_may_see_a_complaint(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    with pytest.raises(ActRefusedError) as refused, place.begin_nested():
        change_visibility(place, VERIFIER, mine, "secret", seen_version=1, reason=" ")
    assert refused.value.reason == "reason"
    change_visibility(place, AGENT, mine, "anonymous", seen_version=1, reason="Pelapor menelepon")
    assert row(place, mine).visibility == "anonymous"


def test_an_answer_is_for_everyone_and_a_note_for_staff(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    answer(place, VERIFIER, mine, "Kami cek besok", seen_version=1)
    note(place, AGENT, mine, "Pelapor menelepon dua kali", seen_version=2)
    found = seen(place, mine)
    assert found is not None
    assert [(step.act, step.text) for step in found.timeline] == [("submit", None), ("answer", "Kami cek besok")]
    assert place.scalar(text("select recipient from outbox where kind = 'answered'")) == f"reporter:{mine}"


@pytest.mark.parametrize("words", ["a" * 5001, "a\0b"])
def test_words_that_cannot_be_kept_are_refused(report: Report, place: Connection, words: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        answer(place, VERIFIER, report().complaint_id, words, seen_version=1)
    assert refused.value.reason == "words"


def test_an_agency_gives_its_work_to_somebody(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    assign(place, COORDINATOR, mine, "account:2", seen_version=1)
    assert row(place, mine).assignee == "account:2"
    with pytest.raises(ActRefusedError):
        assign(place, AGENT, mine, None, seen_version=None)


def test_a_part_is_a_complaint_of_its_own_that_knows_where_it_came_from(report: Report, place: Connection) -> None:
    mine = report(visibility="anonymous").complaint_id
    parts = [Part("lampu_mati", "Lampunya mati"), Part("saluran_tersumbat", "Salurannya penuh")]
    made = split(place, VERIFIER, mine, parts, seen_version=1, now=MONDAY)
    children = [row(place, receipt.complaint_id) for receipt in made]
    assert [(c.parent_id, c.kind, c.agency, c.state, c.visibility, c.description) for c in children] == [
        (mine, "lampu_mati", "dishub", "received", "anonymous", "Lampunya mati"),
        (mine, "saluran_tersumbat", "pupr", "received", "anonymous", "Salurannya penuh"),
    ]
    found, part = seen(place, mine), seen(place, made[0].complaint_id)
    assert found is not None
    assert part is not None
    assert set(found.parts) == {receipt.number for receipt in made}
    assert part.parent == found.number


def test_a_secret_part_is_not_named_by_its_parent(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    (made,) = split(place, VERIFIER, mine, [Part("sikap_petugas", "Petugas kasar")], seen_version=1, now=MONDAY)
    change_visibility(place, VERIFIER, made.complaint_id, "secret", seen_version=None, reason="Nama petugas")
    found = seen(place, mine)
    assert found is not None
    assert found.parts == ()
    assert made.number not in repr(found.parts)


def test_what_is_over_is_not_split(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    move(place, VERIFIER, mine, "rejected", seen_version=None, now=MONDAY, reason="bukan urusan kami")
    with pytest.raises(ActRefusedError):
        split(place, VERIFIER, mine, [Part("lampu_mati", "")], seen_version=None, now=MONDAY)
