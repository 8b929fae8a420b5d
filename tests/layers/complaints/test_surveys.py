"""Once a complaint is called resolved, those whom it concerns say whether it is, once each, and may think again."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import anonymise, close_silent, dispute_together, follow, judge, move
from layers.complaints.own_data import own_data
from layers.complaints.queries import timeline
from layers.complaints.refusals import ActRefusedError
from layers.complaints.surveys import answerable, judgements, said_by
from layers.records import identities
from layers.records.actors import SYSTEM, Actor
from layers.records.identities import Contact
from tests.layers.complaints.conftest import CHECKER, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, row

LATER = MONDAY + timedelta(days=40)


def resolve(connection: Connection, complaint: int) -> None:
    move(connection, VERIFIER, complaint, "dispatched", seen_version=None, now=MONDAY, target="pupr")
    move(connection, COORDINATOR, complaint, "in_progress", seen_version=None, now=MONDAY)
    done = {"public_text": "sudah", "exemption": "malam"}
    move(connection, OFFICER, complaint, "pending_check", seen_version=None, now=MONDAY, **done)
    move(connection, CHECKER, complaint, "resolved", seen_version=None, now=MONDAY)


@pytest.fixture
def resolved(report: Report, place: Connection) -> int:
    mine = report().complaint_id
    follow(place, mine, "reader:1", confirmed=True)
    follow(place, mine, "reader:2")
    resolve(place, mine)
    return mine


def test_reporter_and_confirmed_followers_answer_and_nobody_else(resolved: int, place: Connection) -> None:
    judge(place, f"reporter:{resolved}", resolved, "yes", 5, "Rapi.", MONDAY)
    judge(place, "reader:1", resolved, "no", 2, now=MONDAY)
    for stranger in ("reader:2", "reader:3", f"reporter:{resolved + 1}"):
        with pytest.raises(ActRefusedError), place.begin_nested():
            judge(place, stranger, resolved, "no", 1, now=MONDAY)
    assert sorted((one.solved, one.satisfied, one.words) for one in judgements(place, resolved)) == [
        ("no", 2, None),
        ("yes", 5, "Rapi."),
    ]


def test_that_somebody_says_it_is_not_solved_is_told_among_its_steps(resolved: int, place: Connection) -> None:
    dispute_together(place, resolved, "reader:1", MONDAY)
    last = timeline(place, row(place, resolved).number)[-1]
    assert (last.act, last.told, last.moved) == ("dispute", True, False)


def test_of_one_who_judged_under_two_names_the_last_word_counts(
    resolved: int, place: Connection, tmp_path: Path
) -> None:
    mine = f"reporter:{resolved}"
    judge(place, mine, resolved, "no", 2, now=MONDAY)
    judge(place, "reader:1", resolved, "yes", 5, now=MONDAY + timedelta(days=1))
    for name in ("reader:1", f"complaint:{resolved}"):
        identities.keep(place, tmp_path, SYSTEM, name, Contact(email="siti@contoh.test"), "Setuju")
    said = said_by(place, resolved, mine)
    assert said and said.solved == "yes"


def test_whoever_thinks_again_still_counts_once(resolved: int, place: Connection) -> None:
    for solved, satisfied in (("yes", 5), ("partly", 3)):
        judge(place, "reader:1", resolved, solved, satisfied, now=MONDAY)
    said = said_by(place, resolved, "reader:1")
    assert said and (said.solved, said.satisfied) == ("partly", 3)
    assert len(judgements(place, resolved)) == 1


@pytest.mark.parametrize(
    ("solved", "satisfied", "words"), [("maybe", 3, ""), ("yes", 0, ""), ("yes", 6, ""), ("yes", 3, "a" * 501)]
)
def test_what_is_no_answer_is_refused(
    resolved: int, place: Connection, solved: str, satisfied: int, words: str
) -> None:
    with pytest.raises(ActRefusedError):
        judge(place, "reader:1", resolved, solved, satisfied, words, MONDAY)


def test_there_is_time_from_the_resolution_until_it_is_closed_for_good(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    assert not answerable(place, mine, MONDAY)
    resolve(place, mine)
    assert answerable(place, mine, MONDAY)
    assert close_silent(place, LATER) == 1
    assert answerable(place, mine, LATER + timedelta(days=30))
    assert not answerable(place, mine, LATER + timedelta(days=31))
    with pytest.raises(ActRefusedError):
        judge(place, f"reporter:{mine}", mine, "yes", 5, now=LATER + timedelta(days=31))


def test_a_complaint_that_ended_without_a_repair_is_not_judged(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di mana?")
    assert close_silent(place, LATER) == 1
    assert not answerable(place, mine, LATER)


def test_who_reported_what_was_merged_answers_too_and_is_forgotten_with_his_own_report(
    resolved: int, report: Report, place: Connection, tmp_path: Path
) -> None:
    mine, other = report().complaint_id, report().complaint_id
    me, number = Actor(f"reporter:{mine}"), row(place, other).number
    identities.keep(place, tmp_path, me, f"complaint:{mine}", Contact("Siti", "siti@contoh.test"), "Setuju")
    move(place, VERIFIER, mine, "merged", seen_version=None, now=MONDAY, reason="sama", target=number)
    resolve(place, other)
    judge(place, me.name, other, "no", 1, "Masih dalam.", MONDAY)
    with pytest.raises(ActRefusedError), place.begin_nested():
        judge(place, me.name, resolved, "no", 1, now=MONDAY)
    assert not dispute_together(place, other, me.name, MONDAY)
    assert row(place, other).supporters == 0, "who has confirmed no address counts towards no priority"
    kept = own_data(place, tmp_path, me, mine)
    assert kept and kept.survey == "Masih dalam."
    anonymise(place, tmp_path, me, mine, "request", MONDAY)
    assert [(one.solved, one.words) for one in judgements(place, other)] == [("no", None)]
    with pytest.raises(ActRefusedError):
        judge(place, me.name, other, "yes", 5, now=MONDAY)  # the link in the letter is left, and nobody behind it


def test_one_mailbox_has_one_answer_and_one_voice_however_many_of_its_reports_were_merged(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    whole, number = (made := report()).complaint_id, made.number
    merged = [report().complaint_id for _ in range(6)]
    for mine, box in zip(merged, ("a", "a", "A", "a", "a", "b"), strict=True):
        contact = Contact(email=f"{box}@contoh.test")
        identities.keep(place, tmp_path, SYSTEM, f"complaint:{mine}", contact, "Setuju")
        move(place, VERIFIER, mine, "merged", seen_version=None, now=MONDAY, reason="sama", target=number)
    resolve(place, whole)
    for mine in merged:
        judge(place, f"reporter:{mine}", whole, "no", 1, now=MONDAY)
        assert not dispute_together(place, whole, f"reporter:{mine}", MONDAY)
    assert len(judgements(place, whole)) == 2
    voices = text("select detail -> 'number' from event where act = 'dispute' order by id")
    assert place.scalars(voices).all() == [1, 1, 1, 1, 1, 2]
    for others in range(3):
        follow(place, whole, f"reader:{others}", confirmed=True)
        brought_back = dispute_together(place, whole, f"reader:{others}", MONDAY)
    assert brought_back and row(place, whole).state == "in_progress"


def test_a_reporter_whose_other_report_was_merged_disputes_in_his_own_view_and_not_by_that_letter(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    whole, mine = report(), report().complaint_id
    for one in (whole.complaint_id, mine):
        identities.keep(place, tmp_path, SYSTEM, f"complaint:{one}", Contact(email="a@contoh.test"), "Setuju")
    move(place, VERIFIER, mine, "merged", seen_version=None, now=MONDAY, reason="sama", target=whole.number)
    resolve(place, whole.complaint_id)
    with pytest.raises(ActRefusedError, match="own view"):
        dispute_together(place, whole.complaint_id, f"reporter:{mine}", MONDAY)
