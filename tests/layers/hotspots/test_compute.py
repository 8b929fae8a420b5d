"""The hot spots of the sample: squares that cover the regency, counted as a count by hand has it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, text

from geo import hotspots
from layers import computing, db, features
from layers.db import sql
from layers.hotspots import LAYER
from layers.hotspots.compute import PERIOD, SIZE_M
from layers.hotspots.explanation import explain
from layers.query import Query
from layers.sample import sampled_layers

COUNTED = """
    state not in ('merged', 'withdrawn', 'rejected') and visibility <> 'secret' and moderation <> 'hidden'
    and st_covers((select geom from area where level = 'kabupaten'), geom)
"""


@pytest.fixture(scope="module")
def computed(sample_url: str) -> Iterator[Connection]:
    """A connection to the sample with its hot spots, of which nothing stays."""
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        computing.compute(connection, LAYER)
        yield connection
        outer.rollback()
    engine.dispose()


@pytest.fixture
def undone(computed: Connection) -> Iterator[Connection]:
    """The same connection, of which a test's own changes are taken back."""
    with computed.begin_nested() as attempt:
        yield computed
        attempt.rollback()


def squares(connection: Connection) -> list[Any]:
    return list(connection.execute(text("select *, st_area(cast(geom as geography)) as m2 from hotspot order by id")))


def test_the_squares_are_as_large_as_said_and_about_as_many_as_the_regency_has_room_for(computed: Connection) -> None:
    found = squares(computed)
    assert all(square.m2 == pytest.approx(SIZE_M**2, rel=0.01) for square in found)
    km2 = computed.scalar(text("select st_area(cast(geom as geography)) / 1e6 from area where level = 'kabupaten'"))
    assert len(found) * SIZE_M**2 / 1e6 == pytest.approx(km2, rel=0.03)


def test_no_report_of_the_regency_is_lost_or_counted_twice(computed: Connection) -> None:
    expected = computed.scalar(text(f"select count(*) from complaint where {COUNTED}"))
    assert sum(square.reports for square in squares(computed)) == expected > 500


def test_a_square_within_counts_the_reports_that_lie_on_it(computed: Connection) -> None:
    """Told by PostGIS alone, for squares with all eight neighbours: no rim is added to those."""
    on_it = f"select count(*) from complaint where {COUNTED} and st_covers(:square, geom)"
    inner = [s for s in squares(computed) if touching(computed, s.id) == 9]
    assert len(inner) > 300
    for square in inner[::20]:
        counted = computed.scalar(text(on_it), {"square": square.geom})
        assert square.reports == pytest.approx(counted, abs=1)  # corners joined by straight lines in degrees


def touching(connection: Connection, square_id: int) -> int:
    near = "select count(*) from hotspot a join hotspot b on st_dwithin(a.geom, b.geom, 0.0005) where a.id = :id"
    found = connection.scalar(text(near), {"id": square_id})
    assert found is not None
    return int(found)


def test_around_is_the_sum_of_the_squares_that_touch(computed: Connection) -> None:
    """The 50 busiest."""
    statement = """
        select a.around, sum(b.reports) as sum from hotspot a join hotspot b on st_dwithin(a.geom, b.geom, 0.0005)
        group by a.id order by a.around desc limit 50"""
    for square in computed.execute(text(statement)):
        assert square.around == square.sum


def test_hot_spots_are_few_and_lie_where_most_is_reported(computed: Connection) -> None:
    found = squares(computed)
    hot = [square for square in found if square.kind == "hot"]
    assert 0 < len(hot) < 0.25 * len(found)
    assert all(square.around > square.usual and square.p <= hotspots.FALSE_ALARMS for square in hot)
    busiest = max(found, key=lambda square: square.around)
    assert busiest.kind == "hot"
    assert busiest.name
    assert np.mean([s.around for s in hot]) > 3 * np.mean([s.around for s in found])


def test_what_comes_from_sample_reports_is_called_sample(computed: Connection) -> None:
    assert {square.source for square in squares(computed)} == {"contoh"}
    assert "hotspots" in sampled_layers(computed)


def test_the_period_ends_with_the_newest_report(computed: Connection) -> None:
    (period,) = {(square.period_from, square.period_to) for square in squares(computed)}
    newest = computed.scalar(text("select max(reported_at at time zone 'Asia/Jakarta')::date from complaint"))
    assert period[1] == newest
    assert (period[1] - period[0]).days == PERIOD.days - 1


def test_secret_hidden_and_merged_reports_do_not_count(undone: Connection) -> None:
    before = sum(square.reports for square in squares(undone))
    some = f"(select id from complaint where {COUNTED} order by id limit 3)"
    undone.execute(text("set local peta.importing = 'on'"))
    for change in ("visibility = 'secret'", "moderation = 'hidden'", "state = 'merged', source = 'uji'"):
        undone.execute(text(f"update complaint set {change} where id in {some}"))
    computing.compute(undone, LAYER)
    assert sum(square.reports for square in squares(undone)) == before - 9


def test_the_middle_of_a_village_is_no_hot_spot_of_those_who_named_only_the_village(undone: Connection) -> None:
    before = sum(square.reports for square in squares(undone))
    some = f"(select id from complaint where {COUNTED} order by id limit 5)"
    undone.execute(text(f"update complaint set precision = 'village' where id in {some}"))
    computing.compute(undone, LAYER)
    assert sum(square.reports for square in squares(undone)) == before - 5


def test_real_reports_alone_are_called_computed(undone: Connection) -> None:
    for table in ("complaint", "area"):
        undone.execute(text(f"update {table} set source = 'uji'"))
    computing.compute(undone, LAYER)
    assert {square.source for square in squares(undone)} == {"dihitung"}


def test_without_any_report_the_squares_stay_as_they_were_and_say_why(undone: Connection) -> None:
    before = squares(undone)
    undone.execute(text("delete from complaint"))
    computing.compute(undone, LAYER)
    standing = computing.standing(undone, LAYER)
    assert standing is not None and standing.problem is not None
    assert "laporan belum ada" in standing.problem.id
    assert squares(undone) == before != []


def test_each_square_is_explained_with_its_numbers(computed: Connection) -> None:
    for kind, words in (("hot", "memang berkumpul"), ("none", "kebetulan saja")):
        (row,) = features.page(computed, Query(LAYER, filters={"kind": kind}, limit=1))
        told = explain(row)
        assert words in told.id
        assert f"ada {row['around']} laporan" in told.id
        assert f"hold {row['around']} complaints" in told.en


def test_among_100_000_reports_of_years_an_index_finds_those_of_the_period(undone: Connection) -> None:
    undone.execute(
        text("""
        insert into complaint (source, source_id, number, category, state, reported_at, geom)
        select 'uji', n, n, 'lain', 'received', timestamptz '2016-01-01' + n * interval '50 minutes',
               st_point(104.5 + (n % 997) / 1500.0, -5 + (n % 991) / 2500.0, 4326)
        from generate_series(cast(1 as bigint), 100000) as n""")
    )
    undone.execute(text("analyze complaint"))
    asked = {"code": "18.03", "utm": 32748, "size_m": SIZE_M, "since": "2025-05-01", "sample": "contoh"}
    lines = undone.execute(text("explain " + sql("hotspots/reports_by_square.sql").text), asked).scalars()
    plan = "\n".join(lines)
    assert "Seq Scan on complaint" not in plan
    newest = "\n".join(undone.execute(text("explain " + sql("hotspots/newest_report.sql").text)).scalars())
    assert "ix_complaint_reported_at" in newest
