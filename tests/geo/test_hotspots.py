"""Gi* as published and as counted by hand, and how few spots chance alone makes."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from geo.hotspots import Numbers, find, gather, gi_star, neighbours, squares

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], float)
VALUES = np.array([2, 3, 3.2, 5, 8, 7])


def by_hand(points: Numbers, values: Numbers, reach: float) -> list[float]:
    """Gi* in plain loops, with the mean and the deviation written out."""
    n, mean = len(values), sum(values) / len(values)
    deviation = (sum(v * v for v in values) / n - mean**2) ** 0.5
    scores = []
    for here in points:
        near = [v for there, v in zip(points, values, strict=True) if np.hypot(*(here - there)) <= reach]
        k = len(near)
        below = deviation * ((n * k - k * k) / (n - 1)) ** 0.5
        scores.append((sum(near) - mean * k) / below if below > 1e-9 else 0.0)
    return scores


def test_the_worked_case_of_esda() -> None:
    """Its test_getisord.py: binary weights with the place itself, threshold 15."""
    scores = gi_star(VALUES, neighbours(POINTS, 15))
    assert scores == pytest.approx([-1.397276, -0.289178, 0.65065, -0.289178, 1.234521, 2.024243], abs=1e-6)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=25, unique=True),
    st.integers(1, 20),
    st.randoms(use_true_random=False),
)
def test_any_places_score_as_counted_by_hand(places: list[tuple[int, int]], reach: int, dice: object) -> None:
    points = np.array(places, float)
    values = np.array([dice.randint(0, 9) for _ in places], float)  # type: ignore[attr-defined]
    assert gi_star(values, neighbours(points, reach)) == pytest.approx(by_hand(points, values, reach), abs=1e-6)


def test_where_all_values_are_alike_nothing_stands_out() -> None:
    spots = find(np.full(6, 4.0), neighbours(POINTS, 15))
    assert spots.z.tolist() == [0] * 6
    assert set(spots.kind) == {"none"}


def test_where_all_are_neighbours_nothing_stands_out() -> None:
    assert gi_star(VALUES, neighbours(POINTS, 1000)).tolist() == [0] * 6


def grid(side: int) -> Numbers:
    columns, rows = np.meshgrid(np.arange(side), np.arange(side))
    return np.column_stack([columns.ravel(), rows.ravel()]).astype(float)


def test_a_planted_cluster_is_hot_and_a_planted_void_is_cold() -> None:
    points = grid(30)
    values = np.random.default_rng(5).poisson(4, len(points)).astype(float)
    cluster = np.hypot(*(points - (7, 7)).T) <= 2
    void = np.hypot(*(points - (22, 22)).T) <= 3
    values[cluster], values[void] = 14, 0
    kinds = find(values, neighbours(points, 1.5)).kind
    assert kinds[np.hypot(*(points - (7, 7)).T) <= 1].tolist() == ["hot"] * 5
    assert kinds[np.hypot(*(points - (22, 22)).T) <= 1].tolist() == ["cold"] * 5
    far = (np.hypot(*(points - (7, 7)).T) > 5) & (np.hypot(*(points - (22, 22)).T) > 6)
    assert (kinds[far] != "none").mean() < 0.01


def test_among_places_of_chance_the_correction_leaves_hardly_any_false_alarm() -> None:
    """A hundred towns without pattern: uncorrected 5 % of all cells alarm, corrected nearly every town is quiet."""
    weights, dice = neighbours(grid(20), 1.5), np.random.default_rng(3)
    towns = [find(dice.poisson(6, 400).astype(float), weights) for _ in range(100)]
    uncorrected = np.mean([2 * norm.sf(np.abs(town.z)) <= 0.05 for town in towns])
    alarmed = np.mean([(town.kind != "none").any() for town in towns])
    assert 0.03 < uncorrected < 0.07
    assert alarmed <= 0.15


def test_corrected_chances_are_those_of_the_step_up_rule() -> None:
    """Benjamini and Hochberg: the k smallest p pass where p(k) ≤ 0.05·k/n."""
    points = grid(15)
    values = np.random.default_rng(1).poisson(5, 225) + np.where(points[:, 0] < 3, 4.0, 0)
    spots = find(values, neighbours(points, 2))
    raw = 2 * norm.sf(np.abs(spots.z))
    passed = np.flatnonzero(np.sort(raw) <= 0.05 * np.arange(1, 226) / 225)
    limit = np.sort(raw)[passed[-1]]
    assert ((spots.kind != "none") == (raw <= limit)).all()


def test_around_and_usual_are_sums_over_the_neighbourhood() -> None:
    spots = find(VALUES, neighbours(POINTS, 15))
    assert spots.around[0] == 2 + 3 + 5
    assert spots.usual[0] == pytest.approx(3 * VALUES.mean())


def test_squares_are_those_whose_middle_lies_inside() -> None:
    shape = shapely.Polygon([(-100, 0), (250, 0), (250, 149), (-100, 149)])
    assert sorted(map(tuple, squares(shape, 100).tolist())) == [(-1, 0), (0, 0), (1, 0)]


def test_what_lies_on_the_rim_counts_for_the_nearest_cell() -> None:
    cells = np.array([(0, 0), (1, 0), (5, 5)])
    counted = np.array([(0, 0), (2, 0), (5, 6), (5, 5)])
    assert gather(counted, np.array([3.0, 4, 1, 2]), cells).tolist() == [3, 4, 3]
