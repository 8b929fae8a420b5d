"""Before a report is sent, those are shown that most likely tell of the same thing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyproj import Geod
from sqlalchemy import Connection, text

from geo.duplicates import likeness
from layers.complaints import likely
from layers.complaints.categories import CATEGORIES
from layers.complaints.duplicates import (
    LEARNT_FROM,
    LOOKED_AT,
    Place,
    Similar,
    learnt,
    open_in_village,
    similar_reports,
)
from layers.db import sql
from layers.records.actors import Actor, Grant

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
LON, LAT = 104.88, -4.83
HERE = Place(LON, LAT, "jalan_rusak", NOW)
GEOD = Geod(ellps="WGS84")
ADD = text(
    "insert into complaint (source, source_id, number, category, state, visibility, moderation, reported_at, closed_at,"
    " geom) values ('uji', :number, :number, :category, :state, :visibility, :moderation, :reported_at, :closed_at,"
    " st_point(:lon, :lat, 4326))"
)


@pytest.fixture(autouse=True)
def nothing_reported(connection: Connection) -> None:
    connection.execute(text("delete from complaint"))


def report(connection: Connection, number: str, metres: float, days: float, **values: Any) -> None:
    """Put a report so many metres away (towards a bearing of 70 degrees) that came so many days ago."""
    lon, lat, _ = GEOD.fwd(LON, LAT, 70, metres)
    row = {"category": "jalan_rusak", "state": "received", "closed_at": None, "lon": lon, "lat": lat}
    row |= {"visibility": "public", "moderation": "approved"}
    connection.execute(ADD, row | {"number": number, "reported_at": NOW - timedelta(days=days)} | values)


def numbers(found: list[Similar]) -> list[str]:
    return [one.number for one in found]


def test_the_likeliest_comes_first_with_its_reasons(connection: Connection) -> None:
    report(connection, "near-but-old", 10, 40)
    report(connection, "near-and-new", 20, 1)
    report(connection, "far", 300, 1)
    found = similar_reports(connection, HERE)
    assert numbers(found) == ["near-and-new", "near-but-old", "far"]
    assert found[0].distance_m == pytest.approx(20, abs=0.001)
    assert (found[0].days, found[0].still_open) == (1, True)
    assert found[0].chance == pytest.approx(float(likeness(learnt().pattern("jalan_rusak"), 20, 1, True)), rel=1e-6)


def test_nothing_of_another_category_or_beyond_500_metres_or_later_is_shown(connection: Connection) -> None:
    report(connection, "other", 10, 1, category="lampu_jalan")
    report(connection, "beyond", 501, 1)
    report(connection, "later", 10, -1)
    report(connection, "within", 499, 1)
    assert numbers(similar_reports(connection, HERE)) == ["within"]


@pytest.mark.parametrize("state", ["merged", "withdrawn", "rejected"])
def test_what_stands_for_no_work_of_its_own_is_not_shown(connection: Connection, state: str) -> None:
    report(connection, "gone", 10, 1, state=state)
    assert similar_reports(connection, HERE, for_staff=True) == []


def test_closed_ones_are_shown_to_staff_alone(connection: Connection) -> None:
    report(connection, "closed", 10, 3, state="resolved", closed_at=NOW - timedelta(days=1))
    report(connection, "open", 60, 3)
    assert numbers(similar_reports(connection, HERE)) == ["open"]
    found = {one.number: one.still_open for one in similar_reports(connection, HERE, for_staff=True)}
    assert found == {"closed": False, "open": True}


@pytest.mark.parametrize("kept", [{"visibility": "secret"}, {"moderation": "hidden"}])
def test_what_is_not_for_everyone_is_shown_to_staff_alone(connection: Connection, kept: dict[str, str]) -> None:
    report(connection, "kept", 10, 1, **kept)
    assert similar_reports(connection, HERE) == []
    assert numbers(similar_reports(connection, HERE, for_staff=True)) == ["kept"]


def test_what_is_known_of_its_village_alone_is_near_nothing(connection: Connection) -> None:
    report(connection, "somewhere", 10, 1)
    connection.execute(text("update complaint set precision = 'village'"))
    assert similar_reports(connection, HERE, for_staff=True) == []


def test_in_a_village_the_open_ones_of_the_category_are_listed_the_newest_first(connection: Connection) -> None:
    report(connection, "old", 10, 9)
    report(connection, "new", 4_000, 1)
    report(connection, "other", 10, 1, category="sampah")
    report(connection, "closed", 10, 1, state="closed")
    report(connection, "secret", 10, 1, visibility="secret")
    connection.execute(text("update complaint set village_code = '18.03.05.2001'"))
    report(connection, "elsewhere", 10, 1)
    assert open_in_village(connection, "18.03.05.2001", "jalan_rusak") == ["new", "old"]


def test_what_was_open_at_the_time_counts_as_open(connection: Connection) -> None:
    report(connection, "closed-since", 10, 3, state="closed", closed_at=NOW + timedelta(days=1))
    assert similar_reports(connection, HERE)[0].still_open


def test_in_a_crowd_no_more_are_shown_than_asked_for(connection: Connection) -> None:
    for n in range(12):
        report(connection, f"crowd-{n:02}", n, 2)
    assert numbers(similar_reports(connection, HERE, most=3)) == ["crowd-00", "crowd-01", "crowd-02"]


def test_every_category_has_a_pattern_and_every_loan_is_of_one_that_was_learnt() -> None:
    for choice in CATEGORIES:
        assert 0 < learnt().pattern(choice.id).certain < 1
    assert set(LEARNT_FROM.values()) <= set(learnt().patterns)
    assert set(LEARNT_FROM) <= {choice.id for choice in CATEGORIES}


def test_among_100_000_reports_the_index_is_asked(connection: Connection) -> None:
    connection.execute(
        text("""
        insert into complaint (source, source_id, number, category, state, reported_at, geom)
        select 'uji', n, n, 'jalan_rusak', 'received', timestamptz '2026-01-01',
               st_point(104 + (n * 7919 % 99991) / 99991.0, -5 + (n * 104729 % 99989) / 99989.0, 4326)
        from generate_series(cast(1 as bigint), 100000) as n""")
    )
    connection.execute(text("analyze complaint"))
    asked = {
        "lon": LON,
        "lat": LAT,
        "category": "jalan_rusak",
        "at": NOW,
        "for_staff": False,
        "later": False,
        "reach_m": 500,
    }
    statement = text("explain " + sql("complaints/duplicates.sql").text)
    plan = "\n".join(connection.execute(statement, asked | {"most": LOOKED_AT}).scalars())
    assert "idx_complaint_geom" in plan
    assert "Seq Scan" not in plan


def test_beside_a_case_stand_also_those_that_came_after_it_as_likely_as_it_is_for_them(connection: Connection) -> None:
    report(connection, "first", 0, 0)
    report(connection, "later", 20, -3)
    report(connection, "earlier", 20, 3)
    first = connection.scalar(text("select id from complaint where number = 'first'"))
    everywhere = Actor("account:1", (Grant("verifier"),))
    found = {one.number: one for one in likely.near(connection, everywhere, HERE, first)}
    assert {number: one.later for number, one in found.items()} == {"later": True, "earlier": False}
    assert found["later"].chance == found["earlier"].chance
    assert [one.number for one in likely.near(connection, everywhere, HERE)] == ["earlier"], "who calls now"


def test_among_100_000_reports_those_of_a_village_are_found_by_its_index(connection: Connection) -> None:
    connection.execute(
        text("""
        insert into complaint (source, source_id, number, category, state, reported_at, village_code, geom)
        select 'uji', n, n, 'jalan_rusak', 'received', timestamptz '2026-01-01', '18.03.05.' || 2000 + n % 240,
               st_point(104, -5, 4326)
        from generate_series(1, 100000) as n""")
    )
    connection.execute(text("analyze complaint"))
    asked = {"village": "18.03.05.2001", "category": "jalan_rusak", "open": ["received"], "most": 5}
    statement = text("explain " + sql("complaints/open_in_village.sql").text)
    plan = "\n".join(connection.execute(statement, asked).scalars())
    assert "ix_complaint_village_code" in plan
    assert "Seq Scan" not in plan
