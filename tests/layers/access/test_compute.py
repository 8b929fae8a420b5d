"""Access in a regency small enough to be told by hand: minutes, people, capacity, all-season roads, what is missing."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.access import LAYER
from tests.layers.access.world import DESA, KELURAHAN, lay_road, open_office, settle

KMH = {"kering": 40.0, "hujan": 40.0 * 0.95}  # a local road, paved and good, by the rule tables
WALK_KMH = 4.0
ROAD_Y = 3_000


@pytest.fixture
def world(connection: Connection) -> Connection:
    """One road from west to east, a puskesmas on its western end."""
    settle(connection)
    lay_road(connection, (0, ROAD_Y), (10_000, ROAD_Y))
    open_office(connection, "barat", 0, ROAD_Y)
    return connection


def compute(connection: Connection) -> None:
    computing.compute(connection, LAYER)
    standing = computing.standing(connection, LAYER)
    assert standing is not None and standing.problem is None, standing


def village(connection: Connection, code: str, season: str = "kering", mode: str = "mobil") -> Any:
    asked = {"code": code, "season": season, "mode": mode}
    where = "kind = 'puskesmas' and code = :code and season = :season and mode = :mode"
    return connection.execute(text(f"select * from access_village where {where}"), asked).one()


def cells(west: float) -> np.ndarray:
    """The middles of the 16 cells of a settlement that begins `west` of the border, as `settle` draws it."""
    steps = np.arange(4) * 100 + 50
    return np.array([(west + x, 4_000 + y) for x in steps for y in steps])


def by_hand(west: float, kmh: float, office_x: float = 0.0) -> np.ndarray:
    """Minutes from each cell: on foot straight to the road, then along it."""
    x, y = cells(west).T
    return np.asarray((y - ROAD_Y) / 1000 / WALK_KMH * 60 + np.abs(x - office_x) / 1000 / kmh * 60)


def test_minutes_are_the_walk_to_the_road_and_the_drive_along_it(world: Connection) -> None:
    compute(world)
    for season, kmh in KMH.items():
        for code, west in ((DESA, 1_000), (KELURAHAN, 8_000)):
            expected = np.sort(by_hand(west, kmh))
            found = village(world, code, season)
            assert found.minutes == pytest.approx(expected[7], abs=0.05)  # half of the people live in 8 of 16 cells
            people = 600 if code == DESA else 400
            for limit in (15, 30, 60):
                counted = getattr(found, f"within_{limit}")
                assert counted == pytest.approx(people * (expected <= limit).mean(), abs=people / 16 + 0.1)
            assert found.reached == pytest.approx(people)


def test_every_settlement_has_its_minutes_and_its_office(world: Connection) -> None:
    open_office(world, "timur", 10_000, ROAD_Y)
    compute(world)
    rows = world.execute(
        text("""select settlement.village_code, minutes, office.name from access_settlement as a
                join settlement on settlement.id = a.settlement_id join office on office.id = a.office_id
                where a.kind = 'puskesmas' and mode = 'mobil' and season = 'kering'""")
    )
    found = {row.village_code: (row.minutes, row.name) for row in rows}
    walk = 1_200 / 1000 / WALK_KMH * 60
    assert found[DESA] == (pytest.approx(walk + 1_200 / 1000 / 40 * 60, abs=0.5), "barat")
    assert found[KELURAHAN] == (pytest.approx(walk + 1_800 / 1000 / 40 * 60, abs=0.5), "timur")


def test_who_has_no_way_is_counted_and_given_no_minutes(world: Connection) -> None:
    """A gap of a kilometre in the road, beyond which the kelurahan lies."""
    world.execute(text("delete from road"))
    lay_road(world, (0, ROAD_Y), (6_000, ROAD_Y))
    lay_road(world, (7_000, ROAD_Y), (10_000, ROAD_Y), name="2")
    compute(world)
    lost = village(world, KELURAHAN)
    assert (lost.minutes, lost.office_id, lost.reached, lost.within_60) == (None, None, 0, 0)
    assert village(world, DESA).reached == pytest.approx(600)
    kinds = dict(world.execute(text("select village_code, kind from access")).all())  # type: ignore[arg-type]
    assert kinds == {DESA: "sampai_30", KELURAHAN: "tanpa_jalan"}


def test_in_the_wet_an_earth_road_is_closed_to_cars_and_no_all_season_road(world: Connection) -> None:
    world.execute(text("update road set surface = 'tanah', condition = 'rusak_berat'"))
    compute(world)
    assert village(world, DESA, "kering").reached == pytest.approx(600)
    assert village(world, DESA, "hujan").reached == 0
    assert village(world, DESA, "hujan", "motor").reached == pytest.approx(600)
    assert set(world.execute(text("select all_season_share from access")).scalars()) == {0}


def test_people_within_two_kilometres_of_a_good_road_that_stays_open_are_counted(world: Connection) -> None:
    """The road runs a kilometre south of both settlements; moved 800 m on, two of four rows are too far."""
    compute(world)
    assert set(world.execute(text("select all_season_share from access")).scalars()) == {100}
    world.execute(text("delete from road"))
    lay_road(world, (0, 2_200), (10_000, 2_200))  # rows of cells at 4,050, 4,150, 4,250 and 4,350 m
    compute(world)
    assert set(world.execute(text("select all_season_share from access")).scalars()) == {50}


def test_capacity_is_shared_among_those_who_reach_it(world: Connection) -> None:
    """Within an hour all 1,000 people reach its 50 beds: 2SFCA gives each of them 0.05."""
    assert village_supply(world) == [None, None]
    world.execute(text("update office set capacity = 50"))
    assert village_supply(world) == pytest.approx([0.05, 0.05])


def village_supply(connection: Connection) -> list[float | None]:
    compute(connection)
    return [village(connection, code).supply for code in (DESA, KELURAHAN)]


def test_people_are_spread_by_what_is_built_up_where_only_the_regency_knows_their_number(
    world: Connection,
) -> None:
    world.execute(text("update area set population = null where level in ('desa', 'kelurahan')"))
    compute(world)
    rows = world.execute(text("select people, people_source from access")).all()
    assert [row.people for row in rows] == pytest.approx([500, 500], rel=0.01)  # two settlements of one size
    assert all(row.people_source.startswith("Perkiraan") for row in rows)


def test_without_people_there_are_minutes_but_no_sums(world: Connection) -> None:
    world.execute(text("update area set population = null"))
    compute(world)
    found = village(world, DESA)
    assert found.minutes is not None
    assert (found.within_15, found.within_60, found.reached) == (None, None, None)
    assert set(world.execute(text("select people from access")).scalars()) == {None}


def test_a_kind_that_nobody_gives_has_no_rows(world: Connection) -> None:
    compute(world)
    assert world.execute(text("select distinct kind from access_village")).scalars().all() == ["puskesmas"]


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("delete from road", "jalan belum ada"),
        ("delete from office", "kantor layanan belum ada"),
        ("delete from area where level in ('desa', 'kelurahan')", "batas kabupaten"),
        ("update road set geom = st_multi(st_makeline(st_point(105 + source_id::int * 0.02, -4.8, 4326),"
         " st_point(105.01 + source_id::int * 0.02, -4.8, 4326)))", "tidak tersambung"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_stays_as_it_was_and_says_why(world: Connection, gone: str, words: str) -> None:
    compute(world)
    before = world.execute(text("select * from access_village order by 1, 2, 3, 4")).all()
    for number in range(2, 6):
        lay_road(world, (0, ROAD_Y + 100 * number), (9_000, ROAD_Y + 100 * number), name=str(number))
    world.execute(text(gone))
    computing.compute(world, LAYER)
    standing = computing.standing(world, LAYER)
    assert standing is not None and standing.problem is not None
    assert words in standing.problem.id
    assert standing.at is not None
    assert not standing.stale
    assert world.execute(text("select * from access_village order by 1, 2, 3, 4")).all() == before
    assert LAYER not in computing.due(world)


def test_a_change_of_rasters_or_of_the_rules_of_speed_makes_it_due(world: Connection) -> None:
    compute(world)
    columns = "id, kind, title, source, licence, estimate, file, width, height, crs, bounds, limits"
    values = "'x', 'population', 'x', 'x', '', true, 'x', 1, 1, 'x', '{0,0,1,1}', '{0,1}'"
    with world.begin_nested() as attempt:
        world.execute(text(f"insert into raster ({columns}) values ({values})"))
        assert LAYER in computing.due(world)
        attempt.rollback()
    assert LAYER not in computing.due(world)
    world.execute(text("insert into road_rule_version (version, actor, reason) values (99, 'uji', 'uji')"))
    assert LAYER in computing.due(world)
