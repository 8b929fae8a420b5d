"""Once a complaint is called resolved, those whom it concerns say whether it is, once each, and may think again."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import close_silent, confirm, follow, judge, move
from layers.complaints.following import confirmed_supporters
from layers.complaints.refusals import ActRefusedError
from layers.complaints.surveys import Satisfaction, answerable, judgements, said_by, satisfaction
from layers.db import sql
from tests.layers.complaints.conftest import CHECKER, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report

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


def test_answers_are_added_up_by_any_dimension_and_those_of_secret_cases_are_left_out(
    report: Report, place: Connection
) -> None:
    place.execute(text("update area set parent_code = '18.03.05'"))
    ways = (
        ("jalan_berlubang", "public"),
        ("jalan_berlubang", "public"),
        ("sinyal_hilang", "public"),
        ("pohon", "secret"),
    )
    for (category, visibility), (solved, satisfied) in zip(
        ways, (("yes", 5), ("no", 2), ("partly", 3), ("no", 1)), strict=True
    ):
        mine = report(category=category, visibility=visibility).complaint_id
        resolve(place, mine)
        judge(place, f"reporter:{mine}", mine, solved, satisfied, now=MONDAY)
    assert satisfaction(place) == [Satisfaction(None, None, None, None, 3, 1, 1, 1, pytest.approx(10 / 3))]
    by_category = [(one.category, one.answers, one.mean) for one in satisfaction(place, ["category"])]
    assert by_category == [("internet", 1, 3.0), ("jalan_rusak", 2, 3.5)]
    (whole,) = satisfaction(place, ["agency", "kecamatan", "month"])
    assert (whole.agency, whole.kecamatan, whole.month, whole.answers) == ("pupr", "18.03.05", "2026-03", 3)
    assert satisfaction(place, since=LATER) == []
    assert satisfaction(place, until=MONDAY) == []


def test_a_month_of_answers_is_found_by_its_index(resolved: int, place: Connection) -> None:
    statement = (
        "insert into complaint_survey (complaint_id, person, solved, satisfied, said_at)"
        " select :id, 'reader:' || n, 'yes', 5, timestamptz '2020-01-01' + n * interval '1 hour'"
        " from generate_series(1, 20000) as n"
    )
    place.execute(text(statement), {"id": resolved})
    place.execute(text("analyze complaint_survey"))
    asked = {"by": ["month"], "since": "2021-01-01", "until": "2021-02-01", "zone": "Asia/Jakarta"}
    plan = "\n".join(place.scalars(text(f"explain {sql('complaints/satisfaction.sql').text}"), asked))
    assert "ix_complaint_survey_said_at" in plan
    assert "Seq Scan on complaint_survey" not in plan


def test_only_who_has_confirmed_counts_as_a_supporter(report: Report, place: Connection) -> None:
    one, other = report().complaint_id, report().complaint_id
    for complaint in (one, other):
        follow(place, complaint, "browser:a")
        follow(place, complaint, "reader:1", confirmed=True)
    follow(place, one, "reader:2")
    assert confirmed_supporters(place, [one, other]) == {one: 1, other: 1}
    confirm(place, "reader:2")
    assert confirmed_supporters(place, [one, other, 0]) == {one: 2, other: 1}
