"""Coordinate systems, checked against pyproj's own list of what covers a place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_utm_crs_info

from geo import crs


def degrees(reach: float) -> st.SearchStrategy[float]:
    return st.integers(int(-reach * 1e6), int(reach * 1e6)).map(lambda millionths: millionths / 1e6)


@given(degrees(179.99), degrees(79))
def test_the_utm_zone_is_one_that_covers_the_place(lon: float, lat: float) -> None:
    covering = query_utm_crs_info("WGS 84", AreaOfInterest(lon, lat, lon, lat))
    assert str(crs.utm(lon, lat)) in {info.code for info in covering}


def test_kotabumi_lies_in_zone_48_south() -> None:
    assert crs.utm(104.89, -4.83) == 32748


@pytest.mark.parametrize(("lon", "lat"), [(181.0, 0.0), (0.0, -91.0), (float("nan"), 0.0)])
def test_there_is_no_zone_off_the_globe(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="No place on earth"):
        crs.utm(lon, lat)


def test_metres_agree_with_geodesics_to_the_scale_of_the_projection() -> None:
    ends = np.array([[104.5, -4.9], [105.1, -4.6]])
    metres = crs.to_metres(ends, 32748)
    _, _, geodesic = Geod(ellps="WGS84").inv(*ends[0], *ends[1])
    assert np.hypot(*(metres[1] - metres[0])) == pytest.approx(geodesic, rel=5e-4)


@given(st.floats(102.1, 107.9), st.floats(-9, -0.1))
def test_degrees_come_back_from_metres(lon: float, lat: float) -> None:
    there = crs.to_metres(np.array([[lon, lat]]), 32748)
    assert crs.to_degrees(there, 32748) == pytest.approx(np.array([[lon, lat]]), abs=1e-9)
