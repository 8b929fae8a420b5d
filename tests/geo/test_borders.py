"""Borders of neighbours: each drawn once, though neighbours overlap and leave gaps."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geo.borders import borders


def test_two_villages_of_one_kecamatan_share_one_line():
    found = borders([box(0, 0, 100, 100), box(100, 0, 200, 100)], ["a", "a"], pixel=1)
    assert found.land.equals(box(0, 0, 200, 100))
    assert found.between_groups.is_empty
    assert found.between_members.length == pytest.approx(100)


def test_the_line_between_two_kecamatan_is_not_drawn_as_a_village_border_too():
    found = borders([box(0, 0, 100, 100), box(100, 0, 200, 100)], ["a", "b"], pixel=1)
    assert found.between_groups.length == pytest.approx(100)
    assert found.between_members.is_empty


@given(st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))
def test_overlaps_and_gaps_below_a_pixel_leave_one_border(at_top: float, at_bottom: float):
    west = shapely.Polygon([(0, 0), (100 + at_bottom, 0), (100 + at_top, 100), (0, 100)])
    around = [box(0, 100, 200, 130), box(0, -30, 200, 0)]
    found = borders([west, box(100, 0, 200, 100), *around], ["a", "b", "c", "c"], pixel=1)
    assert found.land.geom_type == "Polygon"
    assert len(found.land.interiors) == 0
    assert found.between_groups.length == pytest.approx(200 + 100 + 200, abs=2)


def test_without_areas_there_is_nothing_to_draw():
    found = borders([], [], pixel=1)
    assert found.land.is_empty and found.between_groups.is_empty and found.between_members.is_empty
