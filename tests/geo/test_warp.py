"""The bending of the plane: smooth, and never over itself."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.warp import Warp

OCTAVES = ((8000.0, 300.0), (2500.0, 88.0), (900.0, 28.0))
EAST, NORTH = np.eye(2)
seeds = st.integers(0, 10_000)


@given(seeds)
def test_what_was_bent_can_be_straightened(seed: int) -> None:
    random = np.random.default_rng(seed)
    warp = Warp.make(random, OCTAVES)
    points = random.uniform(-30_000, 30_000, (200, 2))
    assume(warp.steepness(points) < 0.75)
    assert warp.straighten(warp.bend(points)) == pytest.approx(points, abs=0.001)


@given(seeds)
def test_what_is_not_too_steep_turns_nothing_over(seed: int) -> None:
    """A small triangle that changed its sense would mean a fold."""
    random = np.random.default_rng(seed)
    warp = Warp.make(random, OCTAVES)
    corner = random.uniform(-30_000, 30_000, (500, 2))
    assume(warp.steepness(corner) < 1)
    a, b, c = warp.bend(corner), warp.bend(corner + EAST), warp.bend(corner + NORTH)
    assert (_cross(b - a, c - a) > 0).all()


def test_steepness_is_the_slope_of_the_shift() -> None:
    random = np.random.default_rng(3)
    warp = Warp.make(random, OCTAVES)
    points = random.uniform(-30_000, 30_000, (400, 2))
    step = 0.01
    slopes = []
    for angle in np.linspace(0, np.pi, 180, endpoint=False):
        ahead = step * np.array([np.cos(angle), np.sin(angle)])
        change = (warp.bend(points + ahead) - points - ahead) - (warp.bend(points) - points)
        slopes.append(np.hypot(*change.T).max() / step)
    assert warp.steepness(points) == pytest.approx(max(slopes), rel=0.01)


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
