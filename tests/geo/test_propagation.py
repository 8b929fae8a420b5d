"""A signal fades as the worked cases of the formulas say, and behind an edge as the exact integral has it."""

from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import speed_of_light
from scipy.special import fresnel

from geo.propagation import earth_bulge, fresnel_radius, hata_loss, hata_reach, knife_edge_loss

METRES = st.floats(100, 60_000)


def km(*numbers: float) -> np.ndarray:
    return np.array(numbers) * 1000


def test_halfway_over_50_km_the_earth_bulges_by_37_m() -> None:
    """1000·25·25 / (2·4/3·6371) = 36.79."""
    assert earth_bulge(km(25), km(25)) == pytest.approx(36.79, abs=0.01)
    assert earth_bulge(km(0, 50), km(50, 0)).tolist() == [0, 0]


@given(METRES, METRES, st.floats(0.4, 6.0))
def test_the_fresnel_radius_is_the_root_of_the_wavelength(behind: float, ahead: float, ghz: float) -> None:
    wavelength = speed_of_light / (ghz * 1e9)
    told = fresnel_radius(np.array(behind), np.array(ahead), ghz)
    assert told == pytest.approx(np.sqrt(wavelength * behind * ahead / (behind + ahead)), rel=1e-3)


@given(st.floats(-0.7, 6.0))
def test_the_loss_behind_an_edge_is_that_of_the_fresnel_integral(obstruction: float) -> None:
    """ITU-R P.526-15 (30); (31), which is computed here, says of itself that it comes near it."""
    sine, cosine = fresnel(obstruction)
    exact = -20 * log10(np.hypot(1 - cosine - sine, cosine - sine) / 2)
    assert knife_edge_loss(np.array(obstruction)) == pytest.approx(exact, abs=0.3)


def test_an_edge_that_touches_the_ray_takes_6_db_and_one_far_below_nothing() -> None:
    assert knife_edge_loss(np.array([0.0, -0.8, -5.0, -np.inf])) == pytest.approx([6.03, 0, 0, 0], abs=0.01)


@given(st.floats(-3, 5), st.floats(0, 2))
def test_a_higher_edge_never_takes_less(obstruction: float, more: float) -> None:
    lower, higher = knife_edge_loss(np.array([obstruction, obstruction + more]))
    assert lower <= higher


@pytest.mark.parametrize(
    ("mhz", "tower_m", "away_km", "expected"),
    [
        (1800, 30, 1, 136.20),  # 46.3 + 110.354 - 20.414 - 0.043
        (1800, 30, 10, 171.42),  # and 35.225 a decade
        (900, 30, 1, 126.40),  # 69.55 + 77.281 - 20.414 - 0.016
        (900, 50, 5, 146.93),  # 69.55 + 77.281 - 23.480 - 0.016 + 33.772·log10(5)
    ],
)
def test_the_loss_of_a_distance_is_that_of_the_formula_by_hand(
    mhz: float, tower_m: float, away_km: float, expected: float
) -> None:
    assert hata_loss(np.array([away_km]), mhz, tower_m) == pytest.approx(expected, abs=0.02)


@given(st.floats(100, 160), st.sampled_from([900.0, 1500.0, 1800.0, 2000.0]), st.floats(30, 100))
def test_at_its_reach_a_tower_has_lost_what_it_may(loss: float, mhz: float, tower_m: float) -> None:
    reach = hata_reach(loss, mhz, tower_m)
    assert hata_loss(np.array([reach]), mhz, tower_m) == pytest.approx(loss)


def test_a_frequency_beyond_the_model_is_refused() -> None:
    with pytest.raises(ValueError, match="2600"):
        hata_loss(np.array([1.0]), 2600, 40)
