"""Works are listed by indexes however many there are: the newest, the nearest, the late ones, and every filter."""

from collections.abc import Iterator
from datetime import date

import pytest
from pyproj import Geod
from sqlalchemy import Connection, Engine, text

from layers.records.actors import Grant
from layers.works import finding
from layers.works.finding import FILTERS, PAGE, Wish
from tests.layers.test_every_layer import plan

TODAY = date(2026, 11, 20)
HERE = (104.9, -4.8)
MANY = """
insert into work (source, source_id, name, kind, stage, stage_on, agency, year, village_code, contractor,
                  planned_end, finished_on, geom)
select 'uji', 'uji-' || n, 'Pekerjaan ' || n, case when n % 500 = 0 then 'gedung' else 'drainase' end,
       case when n % 400 = 0 then 'under_way' when n % 401 = 0 then 'finished' else 'planned' end,
       case when n % 7 > 0 then date '2026-01-01' + n % 300 end,
       case when n % 500 = 0 then 'dlh' else 'pupr' end, case when n % 500 = 0 then '2025' else '2026' end,
       '18.03.' || lpad(cast(n % 300 as text), 2, '0') || '.2001', 'CV ' || n,
       date '2026-11-01' + n % 60, case when n % 401 = 0 then date '2026-11-20' end,
       st_point(104 + (n * 7919 % 9973) / 9973.0, -5 + (n * 104729 % 9967) / 9967.0, 4326)
from generate_series(1, 20000) as n
"""
NARROWED = {
    "stage": ("under_way", "ix_work_stage_id"),
    "kind": ("gedung", "ix_work_kind_id"),
    "year": ("2025", "ix_work_year_id"),
    "agency": ("dlh", "ix_work_agency_id"),
    "district": ("18.03.44", "ix_work_district"),
    "words": ("cv 19119", "ix_work_contractor_trgm"),
    "late": (True, "ix_work_finished_late"),
}


@pytest.fixture(scope="module")
def many(engine: Engine) -> Iterator[Connection]:
    """A connection that sees 20,000 works, spread over a square degree."""
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text(MANY))
        for words in ("name", "contractor"):  # as vacuum does, which a transaction cannot wait for
            connection.execute(text(f"select gin_clean_pending_list('ix_work_{words}_trgm')"))
        connection.execute(text("analyze work"))
        yield connection
        outer.rollback()


@pytest.mark.parametrize(
    ("wish", "index"),
    [(Wish(), "ix_work_stage_on"), (Wish(near=HERE, order="near"), "ix_work_geography")],
    ids=["newest", "nearest"],
)
def test_a_page_is_read_from_an_index_and_no_farther(many: Connection, wish: Wish, index: str) -> None:
    for offset in (0, 3 * PAGE):
        how = plan(many, lambda offset=offset: finding.works(many, wish, TODAY, offset))  # type: ignore[misc]
        assert index in how, how
        assert "Seq Scan on work" not in how, how


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_asks_an_index_for_the_page_and_for_the_number(many: Connection, name: str) -> None:
    value, index = NARROWED[name]
    wish = Wish(**{name: value})  # type: ignore[arg-type]
    assert 0 < finding.number(many, wish, TODAY) < 200
    counting = plan(many, lambda: finding.number(many, wish, TODAY))
    assert index in counting, counting
    for how in (counting, plan(many, lambda: finding.works(many, wish, TODAY))):
        assert "Seq Scan on work" not in how, how


def test_what_is_under_way_comes_first_and_what_has_ended_last(many: Connection) -> None:
    """Page by page the same order as sorting all works at once, read from indexes."""
    every = many.execute(text("select id, stage, planned_end, stage_on from work")).all()
    groups = {"contracted": 0, "under_way": 0, "finished": 2, "maintained": 2, "cancelled": 2}
    running = [row for row in every if groups.get(row.stage) == 0]
    pages = -(-len(running) // PAGE) + 1
    found = [row for page in range(pages) for row in finding.by_standing(many, Wish(), TODAY, page * PAGE)]
    assert len({row.id for row in found}) == pages * PAGE
    assert {row.id for row in found[: len(running)]} == {row.id for row in running}
    late = [row.late_days for row in found[: len(running)]]
    assert late == sorted(late, reverse=True) and late[0] > 0
    assert {groups.get(row.stage, 1) for row in found[len(running) :]} == {1}
    ended = Wish(kind="gedung")
    last = finding.by_standing(many, ended, TODAY, finding.number(many, ended, TODAY) - 1)
    assert len(last) == 1
    for offset in (0, 3 * PAGE):
        how = plan(many, lambda offset=offset: finding.by_standing(many, Wish(), TODAY, offset))  # type: ignore[misc]
        assert "Seq Scan on work" not in how, how


def test_pages_of_the_nearest_hold_them_in_the_order_of_their_true_distance(many: Connection) -> None:
    """Held against distances on the ellipsoid to every work; the index orders on a sphere, within half a hundredth."""
    spots = many.execute(text("select id, st_x(geom) as lon, st_y(geom) as lat from work")).all()
    geod = Geod(ellps="WGS84")
    true = {row.id: geod.inv(*HERE, row.lon, row.lat)[2] for row in spots}
    wish = Wish(near=HERE, order="near")
    found = [row for page in range(4) for row in finding.works(many, wish, TODAY, page * PAGE)]
    assert len({row.id for row in found}) == 4 * PAGE
    for place, row in enumerate(found):
        assert row.distance_m == pytest.approx(true[row.id], rel=0.006)
        assert row.distance_m == pytest.approx(sorted(true.values())[place], rel=0.006)


def test_who_keeps_works_is_shown_those_that_his_roles_reach(many: Connection) -> None:
    """Held against what each grant says of each work."""
    every = many.execute(text("select id, agency, village_code from work")).all()
    for grants in (
        (Grant("coordinator", "dlh"),),
        (Grant("coordinator", "dlh"), Grant("planner", None, "18.03.44")),
        (Grant("planner", "pupr", "18.03.44.2001"),),
        (Grant("planner", None, "18.03.4"),),
        (Grant("planner"),),
        (),
    ):
        covered = {row.id for row in every if any(g.covers(g.role, row.agency, row.village_code) for g in grants)}
        found = finding.works(many, Wish(reach=grants), TODAY, most=100_000)
        assert {row.id for row in found} == covered, grants


def test_the_number_is_that_of_all_pages(many: Connection) -> None:
    for wish in (Wish(stage="under_way"), Wish(late=True, order="late"), Wish(words="p-17")):
        number = finding.number(many, wish, TODAY)
        assert len(finding.works(many, wish, TODAY, most=1000)) == number
    late = finding.works(many, Wish(late=True, order="late"), TODAY, most=1000)
    assert [row.late_days for row in late] == sorted((row.late_days for row in late), reverse=True)
    assert all((row.finished_on or TODAY) > row.planned_end for row in late)
