"""A view of the small map: where a position lies on it, and which position lies under a click."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.view import View, mercator

lons = st.floats(94, 142)
lats = st.floats(-12, 12)
zooms = st.floats(5, 16)
views = st.builds(View, lons, lats, zooms)
TO_WEB = Transformer.from_crs(4326, 3857, always_xy=True)


@given(lons, lats)
def test_the_projection_is_the_web_maps(lon: float, lat: float):
    assert mercator(lon, lat) == pytest.approx(TO_WEB.transform(lon, lat), abs=1e-3)


@given(views, st.floats(0, 720), st.floats(0, 640))
def test_a_clicked_pixel_leads_back_to_itself(view: View, x: float, y: float):
    assert view.pixel(*view.at_pixel(x, y)) == pytest.approx((x, y), abs=1e-4)


@given(views)
def test_the_centre_lies_in_the_middle_and_north_is_up(view: View):
    assert view.pixel(view.lon, view.lat) == pytest.approx((360, 320), abs=1e-4)
    _, higher = view.pixel(view.lon, view.lat + 0.001)
    assert higher < 320


@given(lons, lats, st.floats(0.01, 5), st.floats(0.01, 5))
def test_a_view_around_a_box_holds_it_and_fills_the_sheet(west: float, south: float, wide: float, tall: float):
    view = View.around((west, south, west + wide, south + tall))
    assert view.holds(west, south) and view.holds(west + wide, south + tall)
    closer = view.zoomed(1)
    assert view.zoom == 15 or not (closer.holds(west, south) and closer.holds(west + wide, south + tall))


def test_one_step_closer_shows_half_as_much():
    view = View(104.8, -4.8, 10)
    usual, closer = view.bounds(), view.zoomed(1).bounds()
    assert closer[2] - closer[0] == pytest.approx((usual[2] - usual[0]) / 2)


def test_moving_by_a_half_puts_the_old_edge_in_the_middle():
    view = View(104.8, -4.8, 10)
    assert view.moved(0.5, 0).lon == pytest.approx(view.bounds()[2])
    assert view.moved(0, 0.5).lat == pytest.approx(view.bounds()[1])


def test_zooming_ends_where_the_map_ends():
    assert View(104.8, -4.8, 4).zoomed(-1).zoom == 4
    assert View(104.8, -4.8, 17).zoomed(1).zoom == 17
