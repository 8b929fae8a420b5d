"""Whether an office is open: by its hours, the regency's clock and the regency's holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours
from sqlalchemy import Connection

from layers.offices.hours import UNKNOWN, OpenState, open_state
from layers.records.calendar import Calendar, calendar

JAKARTA = ZoneInfo("Asia/Jakarta")
IDUL_FITRI = date(2026, 3, 23)  # a Monday, cuti bersama
CALENDAR = Calendar(JAKARTA, (IDUL_FITRI,))
OFFICE = "Mo-Th 07:30-16:00; Fr 07:30-16:30; PH off"


def at(text: str, zone: ZoneInfo = JAKARTA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_an_open_office_says_until_when() -> None:
    assert open_state(OFFICE, at("2026-11-20T09:00"), CALENDAR) == OpenState(True, until=at("2026-11-20T16:30"))


def test_a_closed_office_says_when_it_opens_again() -> None:
    assert open_state(OFFICE, at("2026-11-21T09:00"), CALENDAR) == OpenState(False, opens=at("2026-11-23T07:30"))


@pytest.mark.parametrize(
    "hours",
    [
        OFFICE,
        "Mo-Fr 07:30-16:00",
        "PH off; Mo-Fr 07:30-16:00",
        "Mo-Fr 07:30-16:00, PH off",
        "Sa,Su,PH off; Mo-Fr 07:30-16:00",
        "Mo-Su 08:00-21:00",
        "08:00-16:00",
        "Senin-Jumat 07.30-16.00",
        'Mo-Fr 07:30-16:00 "loket; lantai 1"',
        "Mo-Fr 07:30-16:00 || unknown",
    ],
)
def test_no_office_reads_open_on_idul_fitri(hours: str) -> None:
    assert open_state(hours, at("2026-03-23T10:00"), CALENDAR).open is False
    assert open_state(hours, at("2026-03-24T10:00"), CALENDAR).open is True


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-23", "2026-05-28", "2026-12-24", "2027-03-10"])
def test_the_holidays_that_the_project_starts_with_close_offices(connection: Connection, day: str) -> None:
    assert open_state("Mo-Su 07:30-16:00", at(f"{day}T10:00"), calendar(connection)).open is False


def test_an_office_opens_again_after_the_whole_holiday(connection: Connection) -> None:
    state = open_state(OFFICE, at("2026-03-17T18:00"), calendar(connection))
    assert state == OpenState(False, opens=at("2026-03-25T07:30"))


@pytest.mark.parametrize("hours", ["24/7", "Mo-Su 00:00-24:00", "00:00-24:00", "Buka 24 jam"])
def test_a_place_that_never_closes_is_open_on_holidays_too(hours: str) -> None:
    assert open_state(hours, at("2026-03-23T03:00"), CALENDAR) == OpenState(True)


@pytest.mark.parametrize("hours", ["Mo-Fr 07:30-16:00; PH 09:00-12:00", "Mo-Fr 07:30-16:00, PH 09:00-12:00"])
def test_a_place_with_hours_for_holidays_keeps_them(hours: str) -> None:
    assert open_state(hours, at("2026-03-23T10:00"), CALENDAR) == OpenState(True, until=at("2026-03-23T12:00"))
    assert open_state(hours, at("2026-03-23T08:00"), CALENDAR).open is False


def test_a_moment_is_read_by_the_regencys_clock() -> None:
    morning = datetime(2026, 11, 20, 0, 45, tzinfo=UTC)  # 07.45 WIB, 09.45 WIT
    eastern = Calendar(ZoneInfo("Asia/Jayapura"), ())
    assert open_state("Mo-Fr 07:30-09:00", morning, CALENDAR).open is True
    assert open_state("Mo-Fr 07:30-09:00", morning, eastern).open is False


@pytest.mark.parametrize(
    "hours", [None, "", "  ", "besok", "Mo-Fr 7-4", '"hubungi petugas"', "x" * 10_000, "Mo-Fr 25:00"]
)
def test_hours_that_nobody_can_read_are_unknown_rather_than_closed(hours: str | None) -> None:
    assert open_state(hours, at("2026-11-20T09:00"), CALENDAR) == UNKNOWN


def test_an_office_that_is_always_closed_never_opens() -> None:
    assert open_state("off", at("2026-11-20T09:00"), CALENDAR) == OpenState(False)


DAYS = st.sampled_from(["Mo", "Tu-Th", "Mo-Fr", "Sa", "Mo-Su", "Mo,We", "Fr"])
TIMES = st.sampled_from(["07:30-16:00", "08:00-12:00,13:00-15:00", "00:00-24:00", "22:00-24:00", "off"])
RULES = st.lists(st.tuples(DAYS, TIMES).map(" ".join), min_size=1, max_size=4).map("; ".join)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))


@given(RULES, MOMENTS)
def test_on_working_days_the_hours_mean_what_they_say(hours: str, naive: datetime) -> None:
    when = naive.replace(tzinfo=JAKARTA)
    expected = OpeningHours(hours, timezone=JAKARTA).is_open(when)
    assert open_state(hours, when, Calendar(JAKARTA, ())).open is expected


@given(RULES, MOMENTS)
def test_the_state_holds_until_the_moment_it_names(hours: str, naive: datetime) -> None:
    when = naive.replace(tzinfo=JAKARTA)
    state = open_state(hours, when, CALENDAR)
    change = state.until if state.open else state.opens
    if change:
        assert open_state(hours, change - timedelta(minutes=1), CALENDAR).open is state.open
        assert open_state(hours, change, CALENDAR).open is not state.open
