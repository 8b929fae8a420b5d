"""What each step needs, and what is said where it is missing; two who act at once; the checker and the doer."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text

from layers.complaints import desks, queries
from layers.complaints.acts import Submission, assign, decline, move, submit
from layers.complaints.desks import Queue
from layers.complaints.next_moves import next_moves
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.records.accounts import name_of
from layers.records.actors import SYSTEM, VISITOR, Actor, Grant
from tests.layers.complaints.conftest import (
    ABOVE,
    CHECKER,
    COORDINATOR,
    DAY,
    MONDAY,
    OFFICER,
    PROVEN,
    VERIFIER,
    Report,
    Walk,
    officer,
    row,
    staff,
)
from tests.webapp.staff import hire


def refused(connection: Connection, actor: Actor, mine: int, to: str, now: datetime = MONDAY, **brought: Any) -> str:
    with pytest.raises(ActRefusedError) as error, connection.begin_nested():
        move(connection, actor, mine, to, seen_version=None, now=now, **brought)
    assert error.value.text.id != error.value.text.en
    return error.value.reason


@pytest.mark.parametrize(
    ("state", "actor", "to", "brought", "missing"),
    [
        ("received", VERIFIER, "needs_info", {}, "reason"),
        ("received", VERIFIER, "rejected", {"reason": "  "}, "reason"),
        ("received", VERIFIER, "merged", {"reason": "sama"}, "target"),
        ("received", VERIFIER, "merged", {"reason": "sama", "target": "LP-1-1"}, "target"),
        ("received", VERIFIER, "dispatched", {"target": "dinas bayangan"}, "target"),
        ("dispatched", OFFICER, "coordinating", {"reason": "salah alamat", "target": "dinas bayangan"}, "target"),
        ("coordinating", ABOVE, "dispatched", {"target": "dinas bayangan"}, "target"),
        ("external", OFFICER, "dispatched", {"target": "dinas bayangan"}, "target"),
        ("dispatched", OFFICER, "scheduled", {}, "planned_on"),
        ("dispatched", OFFICER, "scheduled", {"planned_on": date(2026, 3, 1)}, "planned_on"),
        ("dispatched", OFFICER, "external", {}, "target"),
        ("dispatched", OFFICER, "resolved", {"public_text": "sudah"}, "plain_class"),
        ("dispatched", OFFICER, "coordinating", {"reason": "salah alamat"}, "target"),
        ("dispatched", OFFICER, "coordinating", {"reason": "salah alamat", "target": "pupr"}, "target"),
        ("scheduled", OFFICER, "pending_check", PROVEN, "work"),
        ("in_progress", OFFICER, "pending_check", {"exemption": "malam"}, "public_text"),
        ("in_progress", OFFICER, "pending_check", {"public_text": "sudah"}, "proof"),
        ("in_progress", OFFICER, "pending_check", {"public_text": "sudah", "after_photo": "tak-ada"}, "proof"),
        ("external", OFFICER, "closed", {}, "public_text"),
        ("pending_check", CHECKER, "in_progress", {}, "reason"),
        ("resolved", SYSTEM, "closed", {}, "silence"),
    ],
)
def test_a_step_that_lacks_something_is_refused(
    place: Connection, walk: Walk, state: str, actor: Actor, to: str, brought: dict[str, Any], missing: str
) -> None:
    mine = walk(state)
    before = row(place, mine)
    assert refused(place, actor, mine, to, **brought) == missing
    assert row(place, mine) == before


def test_a_photo_of_the_result_is_proof_and_one_of_the_trouble_is_not(place: Connection, walk: Walk) -> None:
    mine = walk("in_progress")
    for name, purpose in (("sebelum", "report"), ("sesudah", "result")):
        photo = {"id": mine, "name": name, "purpose": purpose}
        place.execute(
            text(
                "insert into complaint_photo (complaint_id, name, purpose, width, height, by)"
                " values (:id, :name, :purpose, 1, 1, 'account:2')"
            ),
            photo,
        )
    answer = {"public_text": "sudah"}
    assert refused(place, OFFICER, mine, "pending_check", **answer, after_photo="sebelum") == "proof"
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **answer, after_photo="sesudah")
    assert row(place, mine).state == "pending_check"


def test_nobody_checks_his_own_work(place: Connection, report: Report) -> None:
    mine = report().complaint_id
    both = Actor("account:7", (*OFFICER.grants, *CHECKER.grants))
    for actor, to, brought in (
        (VERIFIER, "dispatched", {}),
        (both, "in_progress", {}),
        (both, "pending_check", PROVEN),
    ):
        move(place, actor, mine, to, seen_version=None, now=MONDAY, **brought)  # type: ignore[arg-type]
    assert refused(place, both, mine, "resolved") == "other_than_doer"
    move(place, CHECKER, mine, "resolved", seen_version=None, now=MONDAY)
    assert row(place, mine).closed_at == MONDAY


def test_a_role_ends_at_the_border_of_its_area_and_its_agency(place: Connection, walk: Walk) -> None:
    mine = walk("dispatched")
    for elsewhere in (
        staff("officer", "dlh"),
        Actor("account:9", (Grant("officer", "pupr", "18.04"),)),
    ):
        assert refused(place, elsewhere, mine, "in_progress") == "role"


def test_the_agency_that_is_asked_accepts_and_then_owns_it(place: Connection, walk: Walk) -> None:
    mine = walk("coordinating")
    assert refused(place, OFFICER, mine, "dispatched") == "role"
    move(place, staff("officer", "dlh"), mine, "dispatched", seen_version=None, now=MONDAY)
    now = row(place, mine)
    assert (now.agency, now.next_agency, now.hops) == ("dlh", None, 1)
    seen = queries.case(place, now.number, MONDAY)
    assert seen is not None
    assert seen.why is not None
    assert "menerima laporan" in seen.why.id


def test_after_three_hops_the_coordinator_of_the_regency_decides(place: Connection, walk: Walk) -> None:
    mine = walk("dispatched")
    for there, back in (("dlh", "pupr"), ("pupr", "dlh"), ("dlh", "pupr")):
        move(
            place, staff("officer", back), mine, "coordinating", seen_version=None, now=MONDAY, reason="b", target=there
        )
        move(place, staff("officer", there), mine, "dispatched", seen_version=None, now=MONDAY)
    place.execute(text("delete from outbox"))
    above = name_of(hire(place, Grant("coordinator")))
    passing_on = {"reason": "bukan kami", "target": "pupr"}
    move(place, staff("officer", "dlh"), mine, "coordinating", seen_version=None, now=MONDAY, **passing_on)
    asked = place.scalars(text("select recipient from outbox where kind in ('handed_over', 'to_decide')")).all()
    assert asked == [above], "who decides is told, and not the agency that was named"
    assert [one.id for one in desks.waiting(place, ABOVE, Queue(undecided=True))] == [mine]
    assert refused(place, staff("officer", "pupr"), mine, "dispatched") == "hops_left"
    with pytest.raises(ActRefusedError):
        decline(place, staff("officer", "pupr"), mine, reason="Bukan kami", seen_version=None, now=MONDAY)
    offered = {one.target.id: one for one in next_moves(place, ABOVE, row(place, mine), MONDAY)}
    assert offered["dispatched"].fields == ("target",) and offered["dispatched"].blocked is None
    move(place, ABOVE, mine, "dispatched", seen_version=None, now=MONDAY, target="dishub")
    assert row(place, mine).agency == "dishub"
    assert desks.waiting(place, ABOVE, Queue(undecided=True)) == []


def test_a_closed_complaint_is_reopened_once_and_within_thirty_days(place: Connection, walk: Walk) -> None:
    mine = walk("closed")
    me = Actor(f"reporter:{mine}")
    closed = row(place, mine).state_since
    assert (
        refused(place, me, mine, "received", closed + 30 * DAY + timedelta(seconds=1), reason="r") == "recently_closed"
    )
    move(place, me, mine, "received", seen_version=None, now=closed + 30 * DAY, reason="rusak lagi")
    again = row(place, mine)
    assert (again.reopened, again.closed_at) == (1, None)
    place.execute(text("alter table complaint disable trigger refuse_impossible_move"))
    place.execute(
        text("update complaint set state = 'closed', state_since = :at where id = :id"), {"id": mine, "at": closed}
    )
    place.execute(text("alter table complaint enable trigger refuse_impossible_move"))
    assert refused(place, me, mine, "received", closed, reason="lagi") == "first_reopening"


def test_a_rejection_is_appealed_once(place: Connection, walk: Walk) -> None:
    mine = walk("rejected")
    me = Actor(f"reporter:{mine}")
    move(place, me, mine, "received", seen_version=None, now=MONDAY + DAY, reason="ini jalan kabupaten")
    move(place, VERIFIER, mine, "rejected", seen_version=None, now=MONDAY + 2 * DAY, reason="tetap bukan")
    assert refused(place, me, mine, "received", MONDAY + 3 * DAY, reason="sekali lagi") == "first_appeal"


def test_the_second_of_two_is_told_what_the_first_did(place: Connection, walk: Walk) -> None:
    mine = walk("dispatched")
    seen = row(place, mine).version
    move(place, OFFICER, mine, "in_progress", seen_version=seen, now=MONDAY)
    assign(place, COORDINATOR, mine, officer(place), seen_version=seen + 1)
    with pytest.raises(OvertakenError) as error:
        move(place, COORDINATOR, mine, "rejected", seen_version=seen, now=MONDAY, reason="ganda")
    overtaken = error.value
    assert (overtaken.version, overtaken.state) == (seen + 2, "in_progress")
    assert [(c.act, c.role, c.state) for c in overtaken.changes] == [
        ("move", "officer", "in_progress"),
        ("assign", "coordinator", "in_progress"),
    ]


def test_of_many_who_act_at_the_same_moment_one_wins_and_nothing_is_written_twice(lasting: Engine) -> None:
    with lasting.begin() as connection:
        mine = submit(connection, VISITOR, Submission(uuid4(), "pohon", 104.9, -4.8, "Pohon"), MONDAY)
    everywhere = Actor("account:1", (Grant("verifier"),))
    line, results = Barrier(6), []

    def act() -> None:
        line.wait()
        try:
            with lasting.begin() as connection:
                move(connection, everywhere, mine.complaint_id, "dispatched", seen_version=1, now=MONDAY)
            results.append("done")
        except OvertakenError as overtaken:
            results.append(f"{overtaken.changes[0].act} by {overtaken.changes[0].role}")

    threads = [Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with lasting.begin() as connection:
        moves = text("select count(*) from event where subject = :n and act = 'move'")
        assert connection.scalar(moves, {"n": mine.number}) == 1
        connection.execute(text("delete from complaint where id = :id"), {"id": mine.complaint_id})
    assert sorted(results) == ["done", *["move by verifier"] * 5]


def test_what_fails_half_way_leaves_nothing(place: Connection, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = walk("dispatched")
    counts = text(
        "select (select version from complaint where id = :id), (select count(*) from event),"
        " (select count(*) from outbox), (select count(*) from complaint_clock)"
    )
    before = place.execute(counts, {"id": mine}).one()
    monkeypatch.setattr("layers.complaints.moving.tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), place.begin_nested():
        move(place, OFFICER, mine, "in_progress", seen_version=None, now=MONDAY)
    assert place.execute(counts, {"id": mine}).one() == before


def test_a_step_is_one_event_and_messages_to_those_it_concerns(place: Connection, walk: Walk) -> None:
    mine = walk("coordinating")
    number = row(place, mine).number
    events = place.execute(text("select act, detail from event where subject = :n order by id"), {"n": number}).all()
    assert [(e.detail.get("from"), e.detail["to"], e.detail["role"]) for e in events] == [
        (None, "received", "reporter"),
        ("received", "dispatched", "verifier"),
        ("dispatched", "coordinating", "officer"),
    ]
    told = place.execute(text("select kind, recipient from outbox where subject = :n order by id"), {"n": number}).all()
    assert [tuple(one) for one in told] == [
        ("received", f"reporter:{mine}"),
        ("moved", f"reporter:{mine}"),
        ("handed_over", "agency:pupr"),
        ("moved", f"reporter:{mine}"),
        ("handed_over", "agency:dlh"),
    ]


def test_the_public_reads_the_answer_and_why_something_was_turned_down_but_no_other_reason(
    place: Connection, walk: Walk
) -> None:
    def said(state: str) -> list[str | None]:
        found = queries.case(place, row(place, walk(state)).number, MONDAY)
        assert found is not None
        return [step.text for step in found.timeline]

    assert said("resolved") == [None, None, None, "Sudah ditambal", None]
    assert said("rejected") == [None, "bukan urusan kabupaten"]
    assert said("coordinating") == [None, None, None]


def test_another_authority_answers_and_the_answer_is_public(place: Connection, walk: Walk) -> None:
    mine = walk("external")
    move(place, OFFICER, mine, "closed", seen_version=None, now=MONDAY + DAY, public_text="BPJN: diperbaiki Mei")
    seen = queries.case(place, row(place, mine).number, MONDAY)
    assert seen is not None
    assert (seen.authority, seen.state.id, seen.timeline[-1].text) == ("BPJN", "closed", "BPJN: diperbaiki Mei")
