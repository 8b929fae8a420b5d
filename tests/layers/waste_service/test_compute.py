"""The waste service of a regency small enough to be told by hand: who is too far, what fills up, what is too near."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.waste_service import LAYER
from layers.waste_service.queries import Site, districts, sites, villages
from tests.layers.access.world import DESA, KELURAHAN, lay_road, settle
from tests.layers.waste_service.world import ROAD_Y, let_flow, put_site, report

NOW = datetime.now(UTC)
LITRES = 2.5


@pytest.fixture
def world(connection: Connection) -> Connection:
    """One road from west to east; a TPS on it south of the desa's settlement, which begins 1,000 m from the border."""
    settle(connection)
    lay_road(connection, (0, ROAD_Y), (10_000, ROAD_Y))
    put_site(connection, "barat", 1_200, ROAD_Y)
    return connection


def compute(connection: Connection) -> None:
    computing.compute(connection, LAYER)
    standing = computing.standing(connection, LAYER)
    assert standing is not None and standing.problem is None, standing


def village(connection: Connection, code: str) -> Any:
    return connection.execute(text("select * from waste_service where village_code = :code"), {"code": code}).one()


def site(connection: Connection, name: str) -> Site:
    (found,) = (one for one in sites(connection, NOW) if one.name == name)
    return found


def metres(west: float, site_x: float) -> np.ndarray:
    """The way of the 16 cells of a settlement: straight to the road, then along it."""
    steps = np.arange(4) * 100 + 50
    return np.array([1_000 + y + abs(west + x - site_x) for x in steps for y in steps], float)


def test_people_farther_than_the_standard_along_the_roads_are_counted(world: Connection) -> None:
    away = metres(1_000, 1_200)
    for limit in (1_000, 1_160, 1_230, 1_430, 2_000):
        world.execute(text("update waste_standard set value = :m where id = 'reach_desa'"), {"m": limit})
        compute(world)
        found = village(world, DESA)
        assert found.far == pytest.approx(600 * (away > limit).mean(), abs=0.2), limit
        assert found.far_share == pytest.approx(100 * (away > limit).mean(), abs=0.05)
        assert found.limit_m == limit
    assert found.metres == pytest.approx(np.sort(away)[7], abs=2)  # the map is 0.04 % smaller than the ground
    town = village(world, KELURAHAN)
    assert (town.far, town.kind) == (pytest.approx(400), "jauh")


def test_waste_is_what_each_person_leaves_a_day(world: Connection) -> None:
    compute(world)
    assert village(world, DESA).waste_m3 == pytest.approx(600 * LITRES / 1000)
    whole = villages(world, NOW)
    (uji,) = districts(whole)
    assert (uji.people, uji.waste_m3) == (pytest.approx(1000), pytest.approx(2.5))
    assert uji.far == pytest.approx(sum(line.far or 0 for line in whole))


def test_a_site_gets_the_waste_of_those_within_the_standard_until_it_is_emptied(world: Connection) -> None:
    """All 600 live within 2 km: 1.5 m³ a day; emptied on Monday and Thursday it waits four days: 6 m³ in 6 m³."""
    world.execute(text("update waste_standard set value = 2000 where id like 'reach%'"))
    compute(world)
    found = site(world, "barat")
    assert (found.people, found.nearest_people) == (pytest.approx(600), pytest.approx(1000))
    assert (found.waste_m3, found.gap_days, found.fill_m3) == (pytest.approx(1.5), 4, pytest.approx(6.0))
    assert (found.fullness, found.standing) == (pytest.approx(1.0), "cukup")
    world.execute(text("update waste_site set pickup_days = 'Mo'"))
    compute(world)
    assert (site(world, "barat").fullness, site(world, "barat").is_full) == (pytest.approx(1.75), True)


def test_each_goes_to_the_nearest_site_and_sites_share_no_one(world: Connection) -> None:
    world.execute(text("update waste_standard set value = 2000 where id like 'reach%'"))
    put_site(world, "timur", 8_200, ROAD_Y, kind="tps3r", capacity=0.5, unit="ton/hari", days="Mo-Sa")
    put_site(world, "bank", 8_200, 4_100, kind="bank_sampah")
    compute(world)
    assert (site(world, "barat").people, site(world, "timur").people) == (pytest.approx(600), pytest.approx(400))
    east = site(world, "timur")  # half a tonne at a quarter of a tonne a m³ is 2 m³ a day; 400 people bring one
    assert (east.capacity_m3, east.fullness, east.gap_days) == (2.0, pytest.approx(0.5), 1)
    assert {one.name for one in sites(world, NOW)} == {"barat", "timur"}


def test_without_a_reach_standard_nobody_says_that_a_site_has_room(world: Connection) -> None:
    put_site(world, "timur", 8_200, ROAD_Y)
    world.execute(text("update waste_standard set value = 2000 where id = 'reach_kota'"))
    world.execute(text("delete from waste_standard where id = 'reach_desa'"))
    compute(world)
    west, east = site(world, "barat"), site(world, "timur")
    assert (west.people, west.waste_m3, west.standing) == (None, None, "tidak_diketahui")
    assert west.nearest_people == pytest.approx(600)
    assert (east.people, east.standing) == (pytest.approx(400), "cukup")


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ("pickup_days = null", "tidak_diketahui"),  # 1.5 m³ a day are no trouble if it is emptied every day
        ("pickup_days = null, capacity = 1", "penuh"),  # but one day alone is too much for a single m³
        ("capacity = null", "tidak_diketahui"),
        ("capacity_unit = 'gerobak'", "tidak_diketahui"),
    ],
)
def test_what_is_not_known_of_a_site_is_not_made_up(world: Connection, change: str, standing: str) -> None:
    world.execute(text(f"update waste_site set {change}"))
    world.execute(text("update waste_standard set value = 2000 where id like 'reach%'"))
    compute(world)
    assert site(world, "barat").standing == standing


def test_a_river_or_homes_too_near_are_told_and_what_has_no_data_is_not_known(world: Connection) -> None:
    put_site(world, "tpa", 5_000, ROAD_Y, kind="tpa", unit="ton/hari")
    compute(world)
    assert [(one.river_m, one.near_river) for one in sites(world, NOW)] == [(None, None)] * 2
    let_flow(world, (1_240, 0), (1_240, 10_000))
    compute(world)
    west, landfill = site(world, "barat"), site(world, "tpa")
    assert (west.river_m, west.near_river) == (pytest.approx(40, abs=1), True)
    assert (landfill.river_m, landfill.near_river) == (pytest.approx(3_760, abs=3), None)  # no standard for a TPA
    assert (west.homes_m, west.near_homes) == (pytest.approx(1_000, abs=1), None)  # no standard for a TPS
    assert (landfill.near_homes, landfill.people, landfill.standing) == (False, None, "tidak_diketahui")
    world.execute(text("update waste_standard set value = 4000 where id = 'homes_tpa'"))
    compute(world)
    assert site(world, "tpa").near_homes is True


def test_a_river_far_off_says_nothing_of_places_that_nobody_has_mapped(world: Connection) -> None:
    let_flow(world, (0, 14_000), (10_000, 14_000))
    compute(world)
    assert site(world, "barat").river_m is None


def test_reports_of_waste_near_a_site_are_counted_unless_they_are_secret(world: Connection) -> None:
    compute(world)
    report(world, "dekat", 1_600, ROAD_Y, DESA)
    report(world, "jauh", 1_800, ROAD_Y, DESA)
    report(world, "jalan", 1_300, ROAD_Y, DESA, category="jalan_rusak")
    report(world, "rahasia", 1_300, ROAD_Y, DESA, seen="secret")
    assert site(world, "barat").reports == 1
    assert {line.code: line.reports for line in villages(world, NOW)} == {DESA: 2, KELURAHAN: 0}


def test_a_report_of_which_only_the_village_is_known_counts_for_the_village_and_for_no_site(world: Connection) -> None:
    compute(world)
    report(world, "dekat", 1_600, ROAD_Y, DESA)
    world.execute(text("update complaint set precision = 'village'"))
    assert site(world, "barat").reports == 0
    assert {line.code: line.reports for line in villages(world, NOW)} == {DESA: 1, KELURAHAN: 0}


def test_without_people_distances_are_known_and_sums_are_not(world: Connection) -> None:
    world.execute(text("update area set population = null"))
    compute(world)
    found = village(world, DESA)
    assert (found.people, found.far, found.waste_m3, found.kind) == (None, None, None, "tidak_ada")
    assert found.metres > 0
    west = site(world, "barat")
    assert (west.people, west.waste_m3, west.standing) == (None, None, "tidak_diketahui")


def test_without_a_standard_nobody_is_too_far_and_nobody_is_near(world: Connection) -> None:
    world.execute(text("delete from waste_standard where id = 'reach_desa'"))
    compute(world)
    assert (village(world, DESA).far, village(world, DESA).kind) == (None, "tidak_ada")
    assert village(world, KELURAHAN).far == pytest.approx(400)


def test_who_has_no_way_is_too_far(world: Connection) -> None:
    world.execute(text("delete from road"))
    lay_road(world, (0, ROAD_Y), (6_000, ROAD_Y))
    lay_road(world, (7_000, ROAD_Y), (10_000, ROAD_Y), name="2")
    world.execute(text("update waste_standard set value = 99999 where id like 'reach%'"))
    compute(world)
    assert (village(world, DESA).far, village(world, KELURAHAN).far) == (0, pytest.approx(400))
    assert village(world, KELURAHAN).metres is None


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("delete from road", "jalan belum ada"),
        ("delete from waste_site", "TPS belum ada"),
        ("update waste_site set kind = 'tpa'", "TPS belum ada"),
        ("delete from area where level in ('desa', 'kelurahan')", "batas kabupaten"),
    ],
)
def test_what_cannot_be_computed_stays_as_it_was_and_says_why(world: Connection, gone: str, words: str) -> None:
    compute(world)
    before = world.execute(text("select * from waste_service order by id")).all()
    world.execute(text(gone))
    computing.compute(world, LAYER)
    standing = computing.standing(world, LAYER)
    assert standing is not None and standing.problem is not None and standing.at is not None
    assert words in standing.problem.id
    assert world.execute(text("select * from waste_service order by id")).all() == before
    assert world.scalar(text("select count(*) from waste_site_service")) == 1


def test_a_site_beyond_the_border_serves_who_goes_there_and_is_judged_by_nobody_here(world: Connection) -> None:
    """Of the next regency neither the people nor the homes around its TPS are known."""
    lay_road(world, (-3_000, ROAD_Y), (0, ROAD_Y), name="2")
    world.execute(text("delete from waste_site"))
    put_site(world, "seberang", -2_000, ROAD_Y)
    compute(world)
    assert sites(world, NOW) == []
    assert village(world, DESA).metres == pytest.approx(1_200 + 3_200, abs=400)


def test_a_changed_standard_makes_it_due(world: Connection) -> None:
    world.execute(text("delete from office"))
    for layer in computing.due(world):
        computing.compute(world, layer)
    computing.compute(world, LAYER)
    assert LAYER not in computing.due(world)
    world.execute(text("update waste_standard set value = 3 where id = 'litres'"))
    assert LAYER in computing.due(world)
