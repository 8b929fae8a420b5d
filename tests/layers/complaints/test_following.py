"""Followers go along when complaints are merged and come back when not; enough of them dispute together."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text

from layers.complaints.acts import (
    Submission,
    answer,
    change_visibility,
    dispute_together,
    follow,
    move,
    submit,
    unfollow,
)
from layers.complaints.letters import Writer
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import VISITOR, Actor, Grant
from tests.layers.complaints.conftest import CHECKER, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, row


def following(connection: Connection, complaint_id: int) -> set[str]:
    return set(
        connection.scalars(
            text("select follower from complaint_follower where complaint_id = :id"), {"id": complaint_id}
        )
    )


def merge(connection: Connection, one: int, into: int) -> None:
    number = row(connection, into).number
    move(connection, VERIFIER, one, "merged", seen_version=None, now=MONDAY, reason="sama", target=number)


def unmerge(connection: Connection, one: int) -> None:
    move(connection, VERIFIER, one, "received", seen_version=None, now=MONDAY, reason="bukan yang sama")


def test_one_person_counts_once_and_only_when_confirmed(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    follow(place, mine, "a")
    follow(place, mine, "a")
    follow(place, mine, "b", confirmed=True)
    assert (following(place, mine), row(place, mine).supporters) == ({"a", "b"}, 1)
    follow(place, mine, "a", confirmed=True)
    assert row(place, mine).supporters == 2
    assert unfollow(place, mine, "b")
    assert not unfollow(place, mine, "b")
    assert row(place, mine).supporters == 1


def test_followers_and_the_reporter_go_along_and_come_back(report: Report, place: Connection) -> None:
    one, other = report().complaint_id, report().complaint_id
    follow(place, one, "a", confirmed=True)
    follow(place, one, "b", confirmed=True)
    follow(place, other, "b", confirmed=True)
    follow(place, other, "c", confirmed=True)
    merge(place, one, other)
    assert following(place, other) == {"a", "b", "c", f"reporter:{one}"}
    assert (row(place, other).supporters, row(place, one).merged_into) == (3, other)
    unmerge(place, one)
    assert (following(place, one), following(place, other)) == ({"a", "b"}, {"b", "c"})
    assert (row(place, one).supporters, row(place, other).supporters) == (2, 2)
    assert row(place, one).merged_into is None


def test_who_came_along_with_two_stays_until_both_are_taken_out(report: Report, place: Connection) -> None:
    one, two, other = (report().complaint_id for _ in range(3))
    for complaint in (one, two):
        follow(place, complaint, "a", confirmed=True)
        merge(place, complaint, other)
    unmerge(place, one)
    assert following(place, other) == {"a", f"reporter:{two}"}
    unmerge(place, two)
    assert following(place, other) == set()


def test_who_followed_by_himself_stays_whatever_is_taken_out(report: Report, place: Connection) -> None:
    one, other = report().complaint_id, report().complaint_id
    follow(place, one, "a", confirmed=True)
    merge(place, one, other)
    follow(place, other, "a")
    unmerge(place, one)
    assert following(place, other) == {"a"}


def test_what_was_merged_twice_over_comes_back_through_both(report: Report, place: Connection) -> None:
    one, middle, last = (report().complaint_id for _ in range(3))
    follow(place, one, "a", confirmed=True)
    follow(place, middle, "b", confirmed=True)
    merge(place, one, middle)
    merge(place, middle, last)
    assert following(place, last) == {"a", "b", f"reporter:{one}", f"reporter:{middle}"}
    unmerge(place, one)
    assert following(place, middle) == {"b"}
    assert following(place, last) == {"b", f"reporter:{middle}"}
    assert row(place, last).supporters == 1


def test_nothing_is_merged_into_itself_into_what_is_over_or_across_a_secret(report: Report, place: Connection) -> None:
    one, over, secret = report(), report(), report(visibility="secret")
    move(place, VERIFIER, over.complaint_id, "rejected", seen_version=None, now=MONDAY, reason="bukan urusan kami")
    for other in (one, over, secret):
        with pytest.raises(ActRefusedError), place.begin_nested():
            merge(place, one.complaint_id, other.complaint_id)


def test_followers_hear_of_what_they_follow(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    follow(place, mine, "a", confirmed=True)
    follow(place, mine, "unconfirmed")
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    told = place.scalars(text("select recipient from outbox where kind = 'moved' order by 1")).all()
    assert [one for one in told if not one.startswith("reporter")] == ["a"]
    ids = place.scalars(text("select message_id from outbox")).all()
    assert len(set(ids)) == len(ids)


def test_of_what_has_become_secret_its_reporters_alone_hear(report: Report, place: Connection, tmp_path: Path) -> None:
    mine, other = report().complaint_id, report().complaint_id
    follow(place, other, "reader:7", confirmed=True)
    merge(place, mine, other)
    answer(place, VERIFIER, other, "Kami cek besok", seen_version=None)
    waiting = place.execute(text("select * from outbox where kind = 'answered' and recipient = 'reader:7'")).one()
    change_visibility(place, VERIFIER, other, "secret", seen_version=None, reason="Nama orang")
    assert Writer("https://peta.contoh.test", tmp_path)(place, waiting) is None
    place.execute(text("delete from outbox"))
    move(place, VERIFIER, other, "dispatched", seen_version=None, now=MONDAY)
    told = text("select recipient from outbox where kind = 'moved' order by 1")
    assert place.scalars(told).all() == [f"reporter:{other}"], "who reported what stays open hears of that alone"
    change_visibility(place, Actor(f"reporter:{mine}"), mine, "secret", seen_version=None)
    answer(place, VERIFIER, other, "Kami cek lusa", seen_version=None)
    told = text("select recipient from outbox where kind = 'answered'")
    assert set(place.scalars(told)) == {f"reporter:{mine}", f"reporter:{other}"}


def test_nothing_is_merged_into_what_lies_beyond_the_own_reach(report: Report, place: Connection) -> None:
    beyond = report(category="lampu_mati")  # the traffic agency's
    mine = report().complaint_id
    for one in (beyond.complaint_id, mine):
        move(place, VERIFIER, one, "dispatched", seen_version=None, now=MONDAY)
    told = []
    for number in (beyond.number, "LP-1999-000001"):
        with pytest.raises(ActRefusedError) as refused, place.begin_nested():
            move(place, COORDINATOR, mine, "merged", seen_version=None, now=MONDAY, reason="sama", target=number)
        told.append(str(refused.value))
    assert told[0] == told[1], "whether there is such a number is not told"


def test_two_who_merge_each_into_the_other_do_not_wait_for_each_other(lasting: Engine) -> None:
    sent = [Submission(uuid4(), "pohon", 104.9, -4.8, "Pohon") for _ in range(2)]
    with lasting.begin() as connection:
        first, last = (submit(connection, VISITOR, one, MONDAY) for one in sent)
    waiting = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    lock = text("select id from complaint where id = :id for update nowait")

    def merge_last_into_first() -> None:
        with lasting.begin() as connection:
            brought = {"now": MONDAY, "reason": "sama", "target": first.number}
            move(
                connection,
                Actor("account:1", (Grant("verifier"),)),
                last.complaint_id,
                "merged",
                seen_version=None,
                **brought,
            )

    with ThreadPoolExecutor(1) as line, lasting.connect() as watching:
        with lasting.begin() as other:
            other.execute(lock, {"id": first.complaint_id})
            merged = line.submit(merge_last_into_first)
            while not watching.scalar(waiting):
                assert not merged.done()
                watching.rollback()
            other.execute(lock, {"id": last.complaint_id})
        merged.result()
    with lasting.begin() as connection:
        gone = text("delete from complaint where id = any(:ids)")
        connection.execute(gone, {"ids": [first.complaint_id, last.complaint_id]})


def test_enough_confirmed_followers_bring_a_resolved_complaint_back(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    for number in range(5):
        follow(place, mine, f"f{number}", confirmed=True)
    follow(place, mine, "unconfirmed")
    with pytest.raises(ActRefusedError), place.begin_nested():
        dispute_together(place, mine, "f0", MONDAY)
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    move(place, COORDINATOR, mine, "in_progress", seen_version=None, now=MONDAY)
    done = {"public_text": "sudah", "exemption": "malam"}
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **done)
    move(place, CHECKER, mine, "resolved", seen_version=None, now=MONDAY)
    for stranger in ("unconfirmed", "nobody"):
        with pytest.raises(ActRefusedError), place.begin_nested():
            dispute_together(place, mine, stranger, MONDAY)
    said = [dispute_together(place, mine, f"f{n}", MONDAY) for n in (0, 0, 1, 2, 3, 4)]
    assert said == [False] * 5 + [True]
    now = row(place, mine)
    assert (now.state, now.disputed) == ("in_progress", 1)
