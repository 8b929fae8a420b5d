"""The small map as SVG: true to the pixel, small enough for a slow line, harmless whatever names say."""

import gzip
import random
import re
from math import cos, pi, sin
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.borders import borders
from geo.svgmap import LIMIT, Ground, Name, draw, path, scale_bar
from geo.view import View

VIEW = View(104.8, -4.8, 10)
EMPTY = borders([], [], 1)
corners = st.tuples(st.floats(-50, 800), st.floats(-50, 700))
lines = st.lists(corners, min_size=2, max_size=12).map(shapely.LineString)


def drawn_corners(data: str) -> list[list[tuple[int, int]]]:
    """Read path data as a browser does."""
    pen, found = (0, 0), []
    for steps in data.split("m")[1:]:
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        line = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            pen = (pen[0] + dx, pen[1] + dy)
            line.append(pen)
        found.append(line)
    return found


@given(st.lists(lines, min_size=1, max_size=5))
def test_path_data_leads_a_browser_along_the_line_to_half_a_pixel(several: list[shapely.LineString]):
    lengthy = [line for line in several if len({tuple(np.rint(c)) for c in line.coords}) > 1]
    drawn = drawn_corners(path(shapely.MultiLineString(several)))
    assert len(drawn) == len(lengthy)
    for line, found in zip(lengthy, drawn, strict=True):
        rounded = np.rint(shapely.get_coordinates(line))
        expected = [tuple(c) for i, c in enumerate(rounded) if i == 0 or (c != rounded[i - 1]).any()]
        assert found == expected


@given(st.floats(-60, 60), st.floats(5, 16))
def test_the_scale_bar_is_as_long_as_it_says(lat: float, zoom: float):
    view = View(104.8, lat, zoom)
    pixels, written = scale_bar(view)
    (a, b), (c, d) = view.at_pixel(360 - pixels / 2, 320), view.at_pixel(360 + pixels / 2, 320)
    _, _, metres = Geod(ellps="WGS84").inv(a, b, c, d)
    number, unit = written.split()
    assert metres == pytest.approx(float(number) * {"m": 1, "km": 1000}[unit], rel=0.02)
    assert 50 < pixels <= 150


def test_land_too_rugged_for_the_limit_is_drawn_coarser_until_it_fits():
    chance = random.Random(7)
    left, bottom, right, top = VIEW.box()
    cells = []
    for i in range(30):
        for j in range(30):
            x, y = left + (right - left) * i / 30, bottom + (top - bottom) * j / 30
            radius = (right - left) / 70
            turns = [2 * pi * n / 240 for n in range(240)]
            reach = [radius * chance.uniform(0.7, 1.3) for _ in turns]
            cells.append(shapely.Polygon([(x + r * cos(t), y + r * sin(t)) for t, r in zip(turns, reach, strict=True)]))
    rugged = borders(cells, [str(n % 40) for n in range(900)], VIEW.metres)
    drawing = draw(VIEW, Ground(rugged))
    assert len(gzip.compress(drawing.encode())) <= LIMIT
    assert 'class="land"' in drawing


def test_what_a_name_says_is_only_text():
    drawing = draw(VIEW, Ground(EMPTY, names=[Name('<script>alert(1)</script>" onload="x', 104.8, -4.8)]))
    texts = [element.text for element in ElementTree.fromstring(drawing).iter() if element.tag.endswith("text")]
    assert texts[0] == '<script>alert(1)</script>" onload="x'
    assert not [e for e in ElementTree.fromstring(drawing).iter() if e.tag.endswith("script")]


def test_of_two_names_at_one_place_the_first_is_written():
    drawing = draw(VIEW, Ground(EMPTY, names=[Name("Kotabumi", 104.8, -4.8), Name("Rejosari", 104.8, -4.8001)]))
    assert "Kotabumi" in drawing and "Rejosari" not in drawing


def test_a_name_that_only_fits_a_wide_map_is_marked_for_leaving_out_on_a_phone():
    beside = VIEW.at_pixel(360 + 85, 320)
    drawing = draw(VIEW, Ground(EMPTY, names=[Name("Kotabumi Utara", 104.8, -4.8), Name("Abung", *beside)]))
    assert re.search(r'class="w">Abung<', drawing)


def test_names_beyond_the_sheet_are_left_out():
    assert "Jauh" not in draw(VIEW, Ground(EMPTY, names=[Name("Jauh", 110.0, -4.8)]))
