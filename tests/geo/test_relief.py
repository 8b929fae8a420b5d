"""What terrain costs on the way to a phone: against a walk along the ray in plain Python, and cases drawn by hand."""

from math import floor, hypot, isnan, log10, sqrt

import numpy as np
import pytest

from geo.relief import Relief, terrain_loss

CELL = 100.0
TOWER, PHONE, GHZ = 40.0, 1.5, 1.8


def flat(height: float = 50.0) -> Relief:
    return Relief(np.full((60, 80), height), 500_000.0, 9_500_000.0, CELL)


def middle(relief: Relief, row: int, column: int) -> np.ndarray:
    return np.array([relief.west + (column + 0.5) * CELL, relief.north - (row + 0.5) * CELL])


def lost(relief: Relief, tower: np.ndarray, *phones: np.ndarray) -> np.ndarray:
    return terrain_loss(relief, tower, TOWER, np.array(phones), PHONE, GHZ)


def height_by_hand(relief: Relief, x: float, y: float) -> float:
    column, row = (x - relief.west) / CELL - 0.5, (relief.north - y) / CELL - 0.5
    left, top = floor(column), floor(row)
    across, down = column - left, row - top
    total = 0.0
    for i, by_row in ((0, 1 - down), (1, down)):
        for j, by_column in ((0, 1 - across), (1, across)):
            if by_row * by_column:
                total += float(relief.heights[top + i, left + j]) * by_row * by_column
    return total


def loss_by_hand(relief: Relief, tower: np.ndarray, phone: np.ndarray, steps: int) -> float:
    """Walk along the ray in equal steps; the earth's radius and the wavelength written out anew."""
    (x0, y0), (x1, y1) = tower, phone
    span = hypot(x1 - x0, y1 - y0)
    low, high = height_by_hand(relief, x1, y1) + PHONE, height_by_hand(relief, x0, y0) + TOWER
    worst = float("-inf")
    for i in range(1, steps):
        t = i / steps
        d1, d2 = span * t, span * (1 - t)
        ground = height_by_hand(relief, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) + d1 * d2 / (2 * 8_494_667)
        wavelength = 17.32**2 / 1e3 / GHZ
        worst = max(worst, (ground - high - (low - high) * t) * sqrt(2 / wavelength * (d1 + d2) / (d1 * d2)))
    return max(0.0, 6.9 + 20 * log10(sqrt((worst - 0.1) ** 2 + 1) + worst - 0.1)) if worst > -0.78 else 0.0


def test_over_rough_land_it_is_what_a_walk_along_the_ray_tells() -> None:
    random = np.random.default_rng(7)
    relief = Relief(random.uniform(0, 60, (60, 80)), 500_000.0, 9_500_000.0, CELL)
    tower = middle(relief, 30, 40) + 17.0
    phones = np.array([middle(relief, *random.integers(1, [59, 79])) + random.uniform(-40, 40, 2) for _ in range(60)])
    steps = max(2, int(np.ceil(np.hypot(*(phones - tower).T).max() / CELL)))
    expected = [loss_by_hand(relief, tower, phone, steps) for phone in phones]
    assert lost(relief, tower, *phones) == pytest.approx(expected, abs=0.05)
    assert np.ptp(expected) > 15, "some are in the open, some behind a hill"


def test_over_flat_land_nothing_is_lost_near_the_tower() -> None:
    relief = flat()
    assert lost(relief, middle(relief, 30, 40), middle(relief, 30, 45), middle(relief, 20, 40)) == pytest.approx(0)


def test_a_ridge_takes_from_those_behind_it_and_not_from_those_before_it() -> None:
    relief = flat()
    relief.heights[:, 50] = 150.0
    tower = middle(relief, 30, 40)
    before, behind = lost(relief, tower, middle(relief, 30, 45), middle(relief, 30, 60))
    assert before == 0
    assert behind > 20


def test_a_place_without_a_known_height_on_the_way_is_not_known() -> None:
    relief = flat()
    relief.heights[30, 50] = np.nan
    near, far, beyond = lost(
        relief, middle(relief, 30, 40), middle(relief, 30, 45), middle(relief, 30, 60), middle(relief, 30, 90)
    )
    assert near == 0
    assert isnan(far)
    assert isnan(beyond)


def test_the_earth_itself_stands_between_a_low_mast_and_a_far_phone() -> None:
    """Over 60 km of sea, halfway, it bulges by 53 m: more than the ray's 21 m there."""
    relief = Relief(np.zeros((10, 620)), 0.0, 1_000.0, CELL)
    (far,) = lost(relief, middle(relief, 5, 5), middle(relief, 5, 605))
    radius = sqrt(0.1667 * 30_000 / 2)
    assert far >= 6.9 + 20 * log10(2 * sqrt(2) * (53 - 21) / radius) - 1
