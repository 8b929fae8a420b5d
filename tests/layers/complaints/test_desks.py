"""The queues of staff hold what roles reach, in an order, and are found by indexes."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, text

from layers.complaints import desks
from layers.complaints.acts import assign, move
from layers.complaints.desks import Queue
from layers.records.actors import Actor, Grant
from tests.layers.complaints.conftest import CHECKER, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, officer

MANY = """
insert into complaint (source, source_id, number, category, state, agency, village_code, due_on, reported_at,
  description, moderation, geom)
select 'uji', n, 'uji-' || n, 'lain', case when n % 10 = 0 then 'in_progress' else 'closed' end, 'pupr',
  '18.03.' || lpad((n % 23)::text, 2, '0') || '.2001', date '2026-03-01' + n / 50, now() - n * interval '1 minute',
  'kata' || n, case when n % 500 = 0 then 'pending' else 'approved' end,
  'SRID=4326;POINT(104 -4)' from generate_series(1, 50000) as n
"""


def numbers(connection: Connection, actor: Actor, queue: Queue = Queue()) -> list[str]:  # noqa: B008 frozen
    return [row.number for row in desks.waiting(connection, actor, queue, now=MONDAY)]


def test_a_queue_begins_with_the_nearest_deadline_and_ends_with_what_has_none(
    report: Report, place: Connection
) -> None:
    later = report(MONDAY + timedelta(days=7))
    sooner = report(MONDAY)
    proposal = report(category="usul_saran")
    assert numbers(place, VERIFIER) == [sooner.number, later.number, proposal.number]
    assert numbers(place, VERIFIER, Queue(order="oldest"))[-1] == later.number


@pytest.mark.parametrize(
    ("grant", "reached"),
    [
        (Grant("officer", "pupr"), True),
        (Grant("officer", "dlh"), False),
        (Grant("verifier", None, "18.03.05"), True),
        (Grant("verifier", None, "18.03.0"), False),
        (Grant("verifier", None, "18.03.06"), False),
        (Grant("planner"), False),
        (Grant("administrator"), False),
    ],
)
def test_a_queue_and_a_case_reach_as_far_as_the_roles(
    report: Report, place: Connection, grant: Grant, reached: bool
) -> None:
    mine = report()
    actor = Actor("account:9", (grant,))
    assert numbers(place, actor) == ([mine.number] if reached else [])
    assert (desks.case(place, actor, mine.number) is not None) == reached


def test_who_is_asked_to_take_over_sees_the_case(report: Report, place: Connection) -> None:
    mine = report()
    move(place, VERIFIER, mine.complaint_id, "dispatched", seen_version=1)
    move(place, OFFICER, mine.complaint_id, "coordinating", seen_version=2, reason="Taman", target="dlh")
    assert numbers(place, Actor("account:9", (Grant("officer", "dlh"),))) == [mine.number]


def test_queues_narrow_by_what_is_asked(report: Report, place: Connection) -> None:
    hole, waste = report(), report(category="tumpukan_sampah", description="Tumpukan di dekat pasar lama")
    move(place, VERIFIER, hole.complaint_id, "dispatched", seen_version=1)
    able = Actor(officer(place), OFFICER.grants)
    assign(place, COORDINATOR, hole.complaint_id, able.name, seen_version=2)
    asked = {
        Queue(state="received"): [waste.number],
        Queue(category="jalan_rusak"): [hole.number],
        Queue(kecamatan="18.03.06"): [],
        Queue(text="pasar lama"): [waste.number],
        Queue(text=hole.number.lower()): [hole.number],
        Queue(text=" kotabumi "): [hole.number, waste.number],
        Queue(pending=True): [hole.number, waste.number],
    }
    assert {queue: numbers(place, VERIFIER, queue) for queue in asked} == asked
    assert numbers(place, able, Queue(mine=True)) == [hole.number]
    assert numbers(place, CHECKER, Queue(mine=True)) == []


def test_only_what_runs_is_overdue(report: Report, place: Connection) -> None:
    late, asked = report(), report()
    move(place, VERIFIER, asked.complaint_id, "needs_info", seen_version=1, reason="Di mana?")
    next_year = MONDAY + timedelta(days=365)
    found = desks.waiting(place, VERIFIER, Queue(overdue=True), now=next_year)
    assert [row.number for row in found] == [late.number]
    assert desks.count(place, VERIFIER, Queue(overdue=True), MONDAY) == 0


def test_a_step_that_nobody_takes_in_time_is_delayed_until_somebody_takes_it(report: Report, place: Connection) -> None:
    unseen, quiet, begun, asked = (report() for _ in range(4))
    for one in (quiet, begun):
        move(place, VERIFIER, one.complaint_id, "dispatched", seen_version=1, now=MONDAY)
    move(place, OFFICER, begun.complaint_id, "in_progress", seen_version=2, now=MONDAY)
    move(place, VERIFIER, asked.complaint_id, "needs_info", seen_version=1, now=MONDAY, reason="Di mana?")

    def delayed(days: int) -> list[str]:
        found = desks.waiting(place, VERIFIER, Queue(delayed=True), now=MONDAY + timedelta(days=days))
        return [one.number for one in found]

    assert delayed(3) == []  # Thursday, the third working day
    assert delayed(4) == [unseen.number]
    assert delayed(8) == [unseen.number, quiet.number]


def test_pages_follow_each_other_and_lead_back(report: Report, place: Connection) -> None:
    made = [report().complaint_id for _ in range(5)]
    first = desks.waiting(place, VERIFIER, Queue(), most=2)
    after = desks.waiting(place, VERIFIER, Queue(), beside=first[-1].id, most=2)
    before = desks.waiting(place, VERIFIER, Queue(), beside=after[0].id, backwards=True, most=2)
    assert [row.id for row in first + after] == made[:4]
    assert before == first


@pytest.mark.parametrize(
    ("queue", "index"),
    [
        (Queue(), "ix_complaint_desk_due"),
        (Queue(order="oldest"), "ix_complaint_desk_age"),
        (Queue(kecamatan="18.03.24"), "ix_complaint_desk_district"),
        (Queue(text="kata77"), "ix_complaint_desk_words"),
        (Queue(pending=True), "ix_complaint_pending"),
        (Queue(mine=True), "ix_complaint_assignee"),
        (Queue(overdue=True), "ix_complaint_desk_due"),
        (Queue(declined=True), "ix_complaint_declined"),
        (Queue(again=True), "ix_complaint_desk_again"),
        (Queue(delayed=True), "ix_complaint_act_by"),
        (Queue(undecided=True), "ix_complaint_"),
        (Queue(village="18.03.22.2001"), "ix_complaint_desk_district"),
    ],
)
def test_queues_are_found_by_indexes(place: Connection, queue: Queue, index: str) -> None:
    place.execute(text(MANY))
    place.execute(text("analyze complaint"))
    plan = explained(place, queue)
    assert index in plan
    assert "Seq Scan on complaint" not in plan


def explained(connection: Connection, queue: Queue) -> str:
    """The plan of the very statement that a queue sends, with its values."""
    sent: list[str] = []

    def see(_c: object, cursor: object, _s: str, _p: object, _x: object, _m: bool) -> None:
        sent.append(cursor.query.decode())  # type: ignore[attr-defined]

    event.listen(connection, "after_cursor_execute", see)
    desks.waiting(connection, VERIFIER, queue, now=MONDAY)
    event.remove(connection, "after_cursor_execute", see)
    return "\n".join(connection.exec_driver_sql("explain " + sent[-1].replace("%", "%%")).scalars())


def test_officers_have_as_much_to_do_as_they_were_assigned(report: Report, place: Connection) -> None:
    mine, other = report(), report(category="tumpukan_sampah")
    for one in (mine, other):
        move(place, VERIFIER, one.complaint_id, "dispatched", seen_version=1)
    able = officer(place)
    assign(place, COORDINATOR, mine.complaint_id, able, seen_version=2)
    next_year = MONDAY + timedelta(days=365)
    assert desks.loads(place, VERIFIER, MONDAY) == [desks.Load(able, 1, 0)]
    assert desks.loads(place, OFFICER, next_year) == [desks.Load(able, 1, 1)]
    assert desks.loads(place, Actor("account:9", (Grant("officer", "dlh"),)), MONDAY) == []
