"""Bearings in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geodesy import WINDS, wind


@pytest.mark.parametrize(
    ("bearing", "indonesian", "english"),
    [
        (0, "utara", "north"),
        (22.4, "utara", "north"),
        (22.6, "timur laut", "northeast"),
        (90, "timur", "east"),
        (135, "tenggara", "southeast"),
        (180, "selatan", "south"),
        (225, "barat daya", "southwest"),
        (270, "barat", "west"),
        (315, "barat laut", "northwest"),
        (337.6, "utara", "north"),
        (359.9, "utara", "north"),
    ],
)
def test_a_bearing_is_named_by_the_wind_it_is_closest_to(bearing: float, indonesian: str, english: str) -> None:
    assert (wind(bearing), wind(bearing, "en")) == (indonesian, english)


@given(st.floats(0, 360))
def test_no_bearing_is_more_than_half_an_eighth_from_its_wind(bearing: float) -> None:
    centre = WINDS["id"].index(wind(bearing)) * 45
    assert abs((bearing - centre + 180) % 360 - 180) <= 22.5
