"""Deadlines: counted day by day, paused while the reporter is asked, added to and never moved."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from layers.complaints import queries
from layers.complaints.acts import Part, change_category, close_silent, move, split
from layers.complaints.clocks import clocks
from layers.complaints.deadlines import WorkingDays
from layers.complaints.rules import rules
from layers.records.actors import Actor
from layers.records.calendar import Calendar
from tests.layers.complaints.conftest import CHECKER, MONDAY, OFFICER, VERIFIER, Report, row

ZONE = ZoneInfo("Asia/Jakarta")
HOLIDAYS = (date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24))
DAYS = WorkingDays(Calendar(ZONE, HOLIDAYS), 16)
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


@pytest.mark.parametrize(
    ("came", "number", "last"),
    [
        (at(date(2026, 3, 2), 10), 1, date(2026, 3, 3)),  # Monday morning: day 1 is Tuesday
        (at(date(2026, 3, 2), 15, 59), 1, date(2026, 3, 3)),
        (at(date(2026, 3, 2), 16), 1, date(2026, 3, 4)),  # after office hours counts as Tuesday
        (at(date(2026, 3, 6), 9), 1, date(2026, 3, 9)),  # Friday
        (at(date(2026, 3, 5), 20), 1, date(2026, 3, 9)),  # Thursday evening counts as Friday
        (at(date(2026, 3, 7), 9), 1, date(2026, 3, 9)),  # Saturday
        (at(date(2026, 3, 8), 20), 1, date(2026, 3, 10)),  # Sunday evening counts as Monday
        (at(date(2026, 3, 17), 9), 1, date(2026, 3, 25)),  # the day before Nyepi and Idul Fitri
        (at(date(2026, 3, 2), 10), 14, date(2026, 3, 27)),
        (at(date(2026, 3, 2), 10), 0, date(2026, 3, 2)),
    ],
)
def test_working_days_as_the_law_counts_them(came: datetime, number: int, last: date) -> None:
    assert DAYS.due(came, number) == last


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1)), st.integers(1, 60))
def test_a_deadline_has_exactly_its_working_days_by_the_calendar(naive: datetime, number: int) -> None:
    came = naive.replace(tzinfo=UTC)
    last = DAYS.due(came, number)
    first = came.astimezone(ZONE).date() + (DAY if came.astimezone(ZONE).time() >= time(16) else timedelta())
    between = [first + n * DAY for n in range(1, (last - first).days + 1)]
    assert sum(day.weekday() < 5 and day not in HOLIDAYS for day in between) == number
    assert last.weekday() < 5
    assert last not in HOLIDAYS
    assert DAYS.left(came, last) == number


def test_each_class_has_its_days_and_proposals_have_none(report: Report, place: Connection) -> None:
    def due(category: str) -> Any:
        return row(place, report(category=category).complaint_id).due_on

    assert due("tanya_layanan") == date(2026, 3, 9)
    assert due("jalan_berlubang") == date(2026, 3, 27)
    assert due("usul_saran") is None
    assert due("pungutan_liar") == date(2026, 6, 10)  # 14 to 27 March, 2 more, 21 in April, 16 in May, 7 in June


def test_an_administrator_may_set_another_deadline_for_one_kind(report: Report, place: Connection) -> None:
    place.execute(text("update complaint_kind set working_days = 2 where id = 'lampu_mati'"))
    assert row(place, report(category="lampu_mati").complaint_id).due_on == date(2026, 3, 4)


def test_the_clock_stands_while_the_reporter_is_asked(report: Report, place: Connection) -> None:
    receipt = report(category="tanya_layanan")  # 5 working days from Monday: until Monday the 9th
    mine = receipt.complaint_id
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY + 2 * DAY, reason="Di kantor mana?")
    late = queries.case(place, receipt.number, MONDAY + 9 * DAY)
    assert late is not None
    assert not late.overdue
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=MONDAY + 9 * DAY, reason="Dukcapil")
    first, second = clocks(place, mine)
    assert (first.due_on, first.reason) == (date(2026, 3, 9), "received")
    assert (second.reason, second.working_days, second.replaces) == ("resumed", 3, (first.id,))
    assert second.due_on == row(place, mine).due_on == date(2026, 3, 16)  # Wednesday the 11th and three more days


def test_a_clock_that_had_run_out_is_not_brought_back_by_a_question(report: Report, place: Connection) -> None:
    mine = report(category="tanya_layanan").complaint_id
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY + 8 * DAY, reason="Di mana?")
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=MONDAY + 9 * DAY, reason="Di sini")
    assert len(clocks(place, mine)) == 1
    assert row(place, mine).due_on == date(2026, 3, 9)


def test_another_category_adds_a_clock_and_leaves_the_old_one_to_see(report: Report, place: Connection) -> None:
    receipt = report(category="tanya_layanan")
    change_category(place, VERIFIER, receipt.complaint_id, "sikap_petugas", seen_version=1, now=MONDAY + DAY)
    seen = queries.case(place, receipt.number, MONDAY)
    assert seen is not None
    assert [(clock.case_class, clock.due_on) for clock in seen.clocks] == [
        ("informasi", date(2026, 3, 9)),
        ("pengawasan", date(2026, 6, 11)),
    ]
    assert seen.due_on == date(2026, 6, 11)
    assert (seen.category, seen.agency) == ("layanan_kantor", "inspektorat")


def test_a_category_that_is_changed_while_the_clock_stands_gets_its_own_days_and_no_more(
    report: Report, place: Connection
) -> None:
    mine = report().complaint_id  # until 27 March
    asked, changed, replied = MONDAY, MONDAY + 14 * DAY, MONDAY + 15 * DAY
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=asked, reason="Di mana?")
    change_category(place, VERIFIER, mine, "lampu_mati", seen_version=None, now=changed)
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=replied, reason="Di sini")
    assert [clock.reason for clock in clocks(place, mine)] == ["received", "category", "resumed"]
    calendar = rules(place).days
    assert row(place, mine).due_on == calendar.due(replied, 14)


def test_a_clock_whose_day_passed_while_it_stood_gives_way_to_that_of_another_category(
    report: Report, place: Connection
) -> None:
    mine = report(category="tanya_layanan").complaint_id  # until Monday the 9th, had nobody asked
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY + 2 * DAY, reason="Di mana?")
    change_category(place, VERIFIER, mine, "jalan_berlubang", seen_version=None, now=MONDAY + 10 * DAY)
    first, second = clocks(place, mine)
    assert second.replaces == (first.id,)
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=MONDAY + 11 * DAY, reason="Sini")
    assert row(place, mine).due_on == rules(place).days.due(MONDAY + 11 * DAY, 14)


def test_a_part_is_as_late_as_the_whole(report: Report, place: Connection) -> None:
    mine = report()
    later = MONDAY + 40 * DAY
    parts = [Part("lampu_mati", "Mati"), Part("tanya_layanan", "Di mana?")]
    made = [
        row(place, one.complaint_id)
        for one in split(place, VERIFIER, mine.complaint_id, parts, seen_version=None, now=later)
    ]
    assert [part.reported_at for part in made] == [MONDAY, MONDAY]
    assert [part.due_on for part in made] == [date(2026, 3, 27), date(2026, 3, 9)]
    assert {queries.case(place, part.number, later).overdue for part in made} == {True}
    assert [[clock.due_on for clock in clocks(place, part.id)] for part in made] == [[part.due_on] for part in made]


def test_a_part_of_what_stood_while_its_reporter_was_asked_has_the_days_that_were_left(
    report: Report, place: Connection
) -> None:
    mine = report().complaint_id
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY + DAY, reason="Dua masalah?")
    later = MONDAY + 30 * DAY
    (made,) = split(place, VERIFIER, mine, [Part("lampu_mati", "Mati")], seen_version=None, now=later)
    assert row(place, made.complaint_id).due_on == rules(place).days.due(later, 13)


def test_no_change_of_category_hides_that_a_deadline_was_missed(report: Report, place: Connection) -> None:
    receipt = report(category="tanya_layanan")
    after = MONDAY + 8 * DAY
    change_category(place, VERIFIER, receipt.complaint_id, "sikap_petugas", seen_version=1, now=after)
    seen = queries.case(place, receipt.number, after)
    assert seen is not None
    assert (seen.due_on, seen.overdue) == (date(2026, 3, 9), True)


def test_a_dispute_is_counted_and_starts_a_new_clock(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    for actor, to, brought in (
        (VERIFIER, "dispatched", {}),
        (OFFICER, "in_progress", {}),
        (OFFICER, "pending_check", {"public_text": "sudah", "exemption": "malam"}),
        (CHECKER, "resolved", {}),
    ):
        move(place, actor, mine, to, seen_version=None, now=MONDAY, **brought)
    again = {"reason": "Masih berlubang", "now": MONDAY + 3 * DAY}
    move(place, Actor(f"reporter:{mine}"), mine, "in_progress", seen_version=None, **again)
    now = row(place, mine)
    assert (now.state, now.disputed, now.closed_at) == ("in_progress", 1, None)
    assert [clock.reason for clock in clocks(place, mine)] == ["received", "disputed"]
    assert now.due_on == date(2026, 4, 1)


def test_the_database_moves_no_clock(report: Report, place: Connection) -> None:
    report()
    with pytest.raises(DBAPIError, match="update is refused"), place.begin_nested():
        place.execute(text("update complaint_clock set due_on = due_on + 1"))


def test_who_does_not_reply_for_ten_working_days_is_asked_no_longer(report: Report, place: Connection) -> None:
    asked, answered = report().complaint_id, report().complaint_id
    for mine in (asked, answered):
        move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di mana?")
    move(place, Actor(f"reporter:{answered}"), answered, "received", seen_version=None, now=MONDAY, reason="Di sini")
    tenth_day = at(date(2026, 3, 16), 23)
    assert close_silent(place, tenth_day) == 0
    assert close_silent(place, tenth_day + DAY) == 1
    assert (row(place, asked).state, row(place, answered).state) == ("closed", "received")
    assert close_silent(place, tenth_day + DAY) == 0


def test_the_silent_are_found_by_an_index(place: Connection) -> None:
    place.execute(
        text("""insert into complaint (source, source_id, number, category, state, reported_at, act_by, geom)
                select 'uji', n, 'uji-' || n, 'lain', 'resolved', now(), date '2026-03-01' + n / 50,
                       'SRID=4326;POINT(104 -4)' from generate_series(1, 50000) as n""")
    )
    place.execute(text("analyze complaint"))
    plan = place.scalars(
        text(
            "explain select id from complaint where act_by < '2026-03-03' and state in ('needs_info', 'resolved')"
            " order by act_by, id limit 500"
        )
    ).all()
    assert any("ix_complaint_act_by" in line for line in plan)
