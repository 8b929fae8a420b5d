"""Shared supply and all-season roads: the published worked case, and what must hold for any."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.catchments import floating_catchments, near_all_season

DOCTORS, PEOPLE = np.array([15.0, 20, 100]), np.array([100.0, 50, 10])
HOSPITALS = np.array([[1.0, 80, 40], [80, 1, 40], [40, 40, 1]])


@pytest.mark.parametrize("cutoff_min", [60, 61])
def test_supply_per_person_of_the_worked_case(cutoff_min: float) -> None:
    found = floating_catchments(HOSPITALS, DOCTORS, PEOPLE, cutoff_min)
    assert found == pytest.approx([0.761364, 0.958333, 1.094697], abs=1e-6)
    assert found @ PEOPLE == pytest.approx(135)


@given(st.integers(0, 100_000))
def test_what_is_given_out_is_the_supply_that_somebody_reaches(seed: int) -> None:
    random = np.random.default_rng(seed)
    minutes = np.where(random.random((20, 6)) < 0.4, np.inf, random.uniform(0, 90, (20, 6)))
    supply, people = random.uniform(1, 50, 6), random.uniform(0, 100, 20)
    found = floating_catchments(minutes, supply, people, 30)
    assert found @ people == pytest.approx(supply[(minutes <= 30).any(axis=0)].sum())
    assert (found[(minutes > 30).all(axis=1)] == 0).all()


def test_access_to_an_all_season_road_ends_at_two_kilometres() -> None:
    roads = np.array([shapely.LineString([(0, 0), (10_000, 0)])])
    points = np.array([[5_000.0, 2_000.0], [5_000.0, 2_001.0], [-2_000.0, 0.0], [-1_500.0, 1_500.0]])
    assert near_all_season(points, roads).tolist() == [True, False, True, False]
    assert near_all_season(points, np.array([])).tolist() == [False] * 4
