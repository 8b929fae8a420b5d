"""Where people live: nobody is lost when totals are spread, nor when a raster is shared out among villages."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo import zones
from geo.settled import counted, estimated
from geo.zonal import shares, zonal
from tests.geo.test_zonal import EPSG, write

UTM = 32748


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_spread_people_add_up_to_the_total_of_each_zone_and_lie_in_its_settlements(seed: int) -> None:
    random = np.random.default_rng(seed)
    zone = random.integers(0, 4, 5)  # zone 4 has no settlement
    corners = random.uniform(0, 20_000, (5, 2))
    built_up = shapely.box(*corners.T, *(corners + random.choice([20, 450, 900], (5, 2))).T)
    totals = random.integers(1, 5_000, 5).astype(float)
    middles = random.uniform(0, 20_000, (5, 2))
    found = estimated(totals, middles, zone, built_up)
    assert found.by_zone == pytest.approx(totals)
    assert found.by_cell.sum() == pytest.approx(totals.sum())
    for i in range(5):
        where = found.points[found.people[[i]].indices]
        own = built_up[zone == i]
        away = [shapely.distance(shapely.union_all(own), shapely.Point(at)) for at in where]
        assert max(away) == 0 if len(own) else where.tolist() == [middles[i].tolist()]


def test_a_larger_settlement_holds_more_of_its_zone() -> None:
    built_up = shapely.box([0, 5_000], [0, 0], [300, 5_600], [300, 600])  # 9 and 36 cells
    found = estimated(np.array([4_500.0]), np.zeros((1, 2)), np.array([0, 0]), built_up)
    east = found.points[:, 0] > 1_000
    assert found.by_cell[east].sum() == pytest.approx(3_600)


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
