"""People within reach and shared supply: the published worked cases, and what must hold for any."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.catchments import evenly, floating_catchments, inverse, reach, rural_access_index

DOCTORS, PEOPLE = np.array([15.0, 20, 100]), np.array([100.0, 50, 10])
HOSPITALS = np.array([[1.0, 80, 40], [80, 1, 40], [40, 40, 1]])
seeds = st.integers(0, 100_000)


def test_who_needs_exactly_the_threshold_is_within_it_and_the_unreachable_are_counted_apart() -> None:
    found = reach(np.array([15.0, 15.01, 60, 61, np.inf]), np.array([1.0, 10, 100, 1_000, 10_000]), (15, 30, 60))
    assert found.within == {15: 1, 30: 11, 60: 111}
    assert (found.beyond, found.unreachable) == (1_000, 10_000)


@given(seeds)
def test_nobody_is_lost_or_counted_twice(seed: int) -> None:
    random = np.random.default_rng(seed)
    minutes = np.where(random.random(50) < 0.2, np.inf, random.uniform(0, 120, 50))
    people = random.uniform(0, 1_000, 50)
    found = reach(minutes, people, (15, 30, 60))
    assert found.people == pytest.approx(people.sum())


@pytest.mark.parametrize(
    ("cutoff_min", "decay", "expected"),
    [
        (61, inverse, [0.331444, 0.579828, 7.286418]),
        (60, evenly, [0.761364, 0.958333, 1.094697]),
        (61, evenly, [0.761364, 0.958333, 1.094697]),
    ],
    ids=["E2SFCA", "2SFCA at 60", "2SFCA at 61"],
)
def test_supply_per_person_of_the_worked_case(cutoff_min: float, decay: object, expected: list[float]) -> None:
    found = floating_catchments(HOSPITALS, DOCTORS, PEOPLE, cutoff_min, decay)  # type: ignore[arg-type]
    assert found == pytest.approx(expected, abs=1e-6)
    assert found @ PEOPLE == pytest.approx(135)


@given(seeds, st.sampled_from([evenly, inverse]))
def test_what_is_given_out_is_the_supply_that_somebody_reaches(seed: int, decay: object) -> None:
    random = np.random.default_rng(seed)
    minutes = np.where(random.random((20, 6)) < 0.4, np.inf, random.uniform(0, 90, (20, 6)))
    supply, people = random.uniform(1, 50, 6), random.uniform(0, 100, 20)
    found = floating_catchments(minutes, supply, people, 30, decay)  # type: ignore[arg-type]
    assert found @ people == pytest.approx(supply[(minutes <= 30).any(axis=0)].sum())
    assert (found[(minutes > 30).all(axis=1)] == 0).all()


def test_the_rural_access_index_counts_who_lives_within_two_kilometres() -> None:
    roads = np.array([shapely.LineString([(0, 0), (10_000, 0)])])
    points = np.array([[5_000.0, 2_000.0], [5_000.0, 2_001.0], [-2_000.0, 0.0], [-1_500.0, 1_500.0]])
    assert rural_access_index(points, np.array([10.0, 20, 30, 40]), roads) == pytest.approx(0.4)


def test_without_roads_nobody_has_access_and_without_people_there_is_no_index() -> None:
    point = np.array([[0.0, 0.0]])
    assert rural_access_index(point, np.array([5.0]), np.array([])) == 0
    assert rural_access_index(point, np.array([0.0]), np.array([])) is None
