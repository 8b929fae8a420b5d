"""The working calendar: which days the project starts with, and that they can be changed."""

from datetime import date
from zoneinfo import ZoneInfo

import holidays as independent
import pytest
from sqlalchemy import Connection

from layers.records.calendar import calendar, holidays, keep_holidays, remove_holiday, years_without_joint_leave
from layers.records.preferences import TIME_ZONE, set_preference
from layers.records.tables import Holiday

MOVED_BY_DECREE = {date(2026, 3, 20)}  # an estimate of the library; the decree set 21 and 22 March


def test_the_decree_of_2026_is_known_whole(connection: Connection) -> None:
    kinds = [holiday.kind for holiday in holidays(connection, 2026)]
    assert (kinds.count("nasional"), kinds.count("cuti_bersama")) == (17, 8)


@pytest.mark.parametrize("year", [2026, 2027])
def test_no_national_holiday_of_another_calendar_is_missing(connection: Connection, year: int) -> None:
    ours = {holiday.day for holiday in holidays(connection, year) if holiday.kind == "nasional"}
    assert set(independent.country_holidays("ID", years=year)) - MOVED_BY_DECREE <= ours


def test_a_date_without_a_decree_says_so(connection: Connection) -> None:
    assert all("periksa" in holiday.source for holiday in holidays(connection, 2027))


def test_an_estimated_date_can_be_corrected(connection: Connection) -> None:
    wrong, right = date(2027, 3, 9), Holiday(day=date(2027, 3, 12), name="Idul Fitri", kind="nasional", source="SKB")
    assert remove_holiday(connection, wrong)
    assert keep_holidays(connection, [right]) == 1
    days = calendar(connection).holidays
    assert right.day in days
    assert wrong not in days
    assert not remove_holiday(connection, wrong)


def test_a_year_whose_cuti_bersama_nobody_entered_is_named_once_it_is_decreed(connection: Connection) -> None:
    leave = Holiday(day=date(2027, 3, 12), name="Cuti bersama", kind="cuti_bersama", source="SKB")
    assert years_without_joint_leave(connection, date(2026, 9, 30)) == []
    assert years_without_joint_leave(connection, date(2026, 10, 1)) == [2027]
    assert years_without_joint_leave(connection, date(2027, 3, 12)) == [2027]
    keep_holidays(connection, [leave])
    assert years_without_joint_leave(connection, date(2027, 3, 12)) == []
    assert years_without_joint_leave(connection, date(2028, 11, 1)) == [2028, 2029]


def test_keeping_a_holiday_twice_renames_it(connection: Connection) -> None:
    for name in ("Hari Jadi", "Hari Jadi Kabupaten"):
        keep_holidays(connection, [Holiday(day=date(2026, 6, 15), name=name, kind="nasional", source="Perda")])
    assert [h.name for h in holidays(connection, 2026) if h.day == date(2026, 6, 15)] == ["Hari Jadi Kabupaten"]


def test_a_holiday_of_an_unknown_kind_is_refused(connection: Connection) -> None:
    with pytest.raises(ValueError, match="cuti_bersama"):
        keep_holidays(connection, [Holiday(day=date(2026, 6, 15), name="x", kind="pesta", source="x")])


def test_the_clock_is_the_one_set_for_the_regency(connection: Connection) -> None:
    assert calendar(connection).zone == ZoneInfo("Asia/Jakarta")
    set_preference(connection, TIME_ZONE, "Asia/Jayapura")
    assert calendar(connection).zone == ZoneInfo("Asia/Jayapura")
