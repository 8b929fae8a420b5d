"""Where people live: nobody is lost when totals are spread over cells, nor when these are shared out among villages."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo import zones
from geo.grids import write as write_grid
from geo.settled import CELL_M, counted, spread
from geo.zonal import shares, zonal
from tests.geo.test_zonal import EPSG, write

UTM = 32748
CORNER = np.array([500_037.0, 9_470_061.0])  # no corner of a cell


def laid_out(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Five zones with crooked borders, and seven settlements, some across a border, with the zone of each."""
    random = np.random.default_rng(seed)
    middles = shapely.multipoints(random.uniform(0, 9_000, (5, 2)) + CORNER)
    whole = shapely.box(*CORNER, *(CORNER + 9_000))
    zones = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(middles, extend_to=whole)), whole)
    corners = random.uniform(0, 8_500, (7, 2)) + CORNER
    built_up = shapely.box(*corners.T, *(corners + random.choice([20, 450, 900], (7, 2))).T)
    zone = np.array([int(np.argmax(shapely.area(shapely.intersection(zones, shape)))) for shape in built_up])
    return zones, zone, built_up


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_spread_total_is_found_again_in_the_raster_as_a_whole_and_by_zonal_sums(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    zones, zone, built_up = laid_out(seed)
    totals = np.random.default_rng(seed).integers(1, 5_000, 5).astype(float)
    path = tmp_path_factory.mktemp("spread") / "x.tif"
    grid = spread(totals, zones, UTM, zone, built_up)
    write_grid(grid, path, "orang", {})
    assert np.nansum(grid.values) == pytest.approx(totals.sum())
    assert zonal(path, zones, EPSG).sum == pytest.approx(totals, rel=1e-6)
    found = counted(path, zones, UTM)
    assert found.by_zone == pytest.approx(totals)
    assert found.by_cell.sum() == pytest.approx(totals.sum())


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_people_are_put_into_the_settlements_of_their_zone_or_into_the_middle_of_one_without_any(seed: int) -> None:
    zones, zone, built_up = laid_out(seed)
    grid = spread(np.full(5, 100.0), zones, UTM, zone, built_up)
    row, column = np.nonzero(np.nan_to_num(grid.values))
    x, y = grid.transform @ (column + 0.5, row + 0.5)
    cells = shapely.points(x, y)
    for i, shape in enumerate(zones):
        own = built_up[zone == i]
        lived_in = shapely.union_all(own) if len(own) else shapely.point_on_surface(shape)
        inside = cells[shapely.contains(shape, cells)]
        deep = shapely.distance(shapely.boundary(shape), inside) > 300  # nearer to a border some were moved
        assert len(inside)
        assert (shapely.distance(inside[deep], lived_in) <= CELL_M * np.sqrt(0.5)).all()


def test_a_larger_settlement_holds_more_of_its_zone() -> None:
    built_up = shapely.box([200, 5_000], [200, 200], [500, 5_600], [500, 800])  # 9 and 36 cells
    grid = spread(np.array([4_500.0]), np.array([shapely.box(0, 0, 9_000, 9_000)]), UTM, np.array([0, 0]), built_up)
    assert np.nansum(grid.values[:, 30:]) == pytest.approx(3_600)
    assert np.nansum(grid.values[:, :30]) == pytest.approx(900)


def test_who_lives_across_the_border_stays_with_his_own_village() -> None:
    zones = shapely.box([0, 1_030], [0, 0], [1_030, 2_000], [2_000, 2_000])
    built_up = np.array([shapely.box(800, 800, 1_300, 1_000)])
    grid = spread(np.array([50.0, 0.0]), zones, UTM, np.array([0]), built_up)
    assert np.nansum(grid.values[:, :10]) == pytest.approx(50)
    assert np.nansum(grid.values[:, 10:]) == 0


def test_a_raster_is_shared_out_as_zonal_sums_have_it(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    path = write(tmp_path / "x.tif", np.where(random.random((20, 20)) < 0.2, -1, random.integers(0, 90, (20, 20))))
    spots = np.array([500_000, 9_498_000]) + random.uniform(0, 2_000, (6, 2))
    villages = np.array([shapely.Point(spot).buffer(400) for spot in spots])
    found = counted(path, villages, UTM)
    assert found.by_zone == pytest.approx(zonal(path, villages, EPSG).sum, abs=0.01)
    assert shares(path, villages, EPSG).sum(axis=1) == pytest.approx(zonal(path, villages, EPSG).count, abs=1e-3)


def test_half_of_a_zone_is_there_within_its_middle_minutes() -> None:
    people = csr_array(np.array([[10.0, 0, 5, 30], [0, 0, 0, 0], [1, 1, 1, 1]]))
    minutes = np.array([5.0, 6, 7, np.inf])
    assert zones.middle(people, minutes).tolist() == [3, -1, 1]
    assert zones.within(people, minutes, 7).tolist() == [15, 0, 3]


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_middle_is_that_of_as_many_people_in_a_row(seed: int) -> None:
    random = np.random.default_rng(seed)
    people = random.integers(0, 4, (3, 7))
    minutes = np.where(random.random(7) < 0.2, np.inf, random.permutation(7).astype(float))
    for zone, cell in enumerate(zones.middle(csr_array(people.astype(float)), minutes)):
        row = np.sort(np.repeat(minutes, people[zone]))
        assert (cell == -1) == (len(row) == 0)
        assert not len(row) or minutes[cell] == row[(len(row) - 1) // 2]
