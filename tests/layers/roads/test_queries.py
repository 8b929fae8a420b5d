"""Kemantapan by length, checked against the worked case and against plain sums."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from layers.db import sql
from layers.roads.queries import Lengths, lengths_by_status, lengths_in_regency, together

Make = Callable[..., int]


def test_kemantapan_of_the_worked_case() -> None:
    lengths = Lengths({"baik": 300.0, "sedang": 178.8, "rusak_ringan": 40.0, "rusak_berat": 24.0})
    assert lengths.steady_share == pytest.approx(0.882, abs=0.0005)
    assert lengths.total_m == pytest.approx(542.8)


def test_what_nobody_has_seen_is_never_good() -> None:
    half = Lengths({"baik": 500.0, "belum_disurvei": 500.0})
    assert (half.steady_share, half.steady_share_of_surveyed) == (0.5, 1.0)


def test_without_roads_there_is_no_share() -> None:
    assert (Lengths({}).steady_share, Lengths({}).steady_share_of_surveyed) == (None, None)


def test_lengths_are_summed_by_status_with_the_unsurveyed_rest(connection: Connection, lay: Make, see: Make) -> None:
    first, second = lay(1000, name="1"), lay(500, name="2")
    lay(300, status="desa", name="3")
    see(first, "baik", from_m=0, to_m=400)
    see(second, "rusak_berat")
    found = lengths_by_status(connection)
    assert found["kabupaten"].metres == pytest.approx({"baik": 400, "belum_disurvei": 600, "rusak_berat": 500}, abs=1)
    assert found["desa"].metres == pytest.approx({"belum_disurvei": 300}, abs=1)
    assert lengths_by_status(connection, "lain") == {}


def test_a_road_across_a_border_counts_on_each_side(connection: Connection, lay: Make, see: Make) -> None:
    """The road of 1 km begins 100 m west of the border between two kecamatan."""
    connection.execute(text("delete from area"))
    border = 104.9 + 100 / 111_319.49
    for code, west, east in (("18.03.01", 104.0, border), ("18.03.02", border, 105.0)):
        connection.execute(
            text(
                "insert into area (source, source_id, level, code, parent_code, geom)"
                " values ('uji', :code, 'kecamatan', :code, '18.03',"
                " st_multi(st_makeenvelope(:west, -1, :east, 1, 4326)))"
            ),
            {"code": code, "west": west, "east": east},
        )
    see(lay(), "baik", to_m=500)
    found = lengths_in_regency(connection, "18.03")
    assert found["18.03.01", "kabupaten"].metres == pytest.approx({"baik": 50, "belum_disurvei": 50}, abs=1)
    assert found["18.03.02", "kabupaten"].metres == pytest.approx({"baik": 450, "belum_disurvei": 450}, abs=1)
    assert together(found.values()).steady_share == pytest.approx(0.5, abs=0.001)
    assert lengths_in_regency(connection, "18.04") == {}


MANY = """
    with laid as (
        insert into road (source, source_id, status, geom)
        select 'uji', n, 'desa', st_multi(st_makeline(st_point(104, -5, 4326), st_point(104.1, -5, 4326)))
        from generate_series(1, 5000) as n returning id
    ), seen as (
        insert into road_survey
            (road_id, kind, from_m, to_m, surveyed_on, officer, inputs, metres, rule_version, source)
        select id, case when id % 1000 = 0 then 'work' else 'eye' end, 0, 100, '2026-01-01', 'x', '{}', '{}', 1, 'uji'
        from laid
        returning id, road_id
    )
    insert into road_stretch (road_id, survey_id, condition, length_m, from_m, to_m)
    select road_id, id, 'baik', 100, 0, 100 from seen
"""


@pytest.mark.parametrize(
    ("question", "index", "asking"),
    [
        ("surveys_of", "ix_road_survey_road_id", lambda road: {"road": road}),
        ("surveys_that_count", "road_survey_(road_id|extent)", lambda road: {"roads": [road]}),
        ("awaiting_survey", "ix_road_survey_work", lambda road: {}),
    ],
)
def test_questions_about_surveys_ask_an_index(
    connection: Connection, question: str, index: str, asking: Callable[[int], dict[str, object]]
) -> None:
    connection.execute(text(MANY))
    connection.execute(text("analyze road; analyze road_survey; analyze road_stretch"))
    road = connection.scalar(text("select max(road_id) from road_survey"))
    plan = "\n".join(connection.scalars(text(f"explain {sql(f'roads/{question}.sql').text}"), asking(road)))
    assert re.search(index, plan), plan
    assert "Seq Scan on road_survey" not in plan


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("roads/surveys_of.sql", "ix_road_survey_road_id"),
        ("roads/stretches_of.sql", "ix_road_stretch_road_id"),
        ("roads/one_survey.sql", "pk_road_survey"),
    ],
)
def test_what_pages_ask_of_one_road_is_found_by_an_index(connection: Connection, question: str, index: str) -> None:
    connection.execute(text("set local enable_seqscan = off"))
    plan = connection.scalars(text(f"explain {sql(question).text}"), {"road": 7, "survey": 7}).all()
    assert any(index in line for line in plan), plan
