"""Classes of features as SVG: what is counted as an area, a line or a point is drawn as one."""

import gzip
import re
from xml.etree import ElementTree

import numpy as np
import shapely

from geo.classmap import LIMIT, Look, draw
from geo.view import View

VIEW = View(104.9, -4.8, 10.0)


def test_neighbours_of_one_class_are_one_area_and_a_hole_stays_a_hole() -> None:
    ring = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 20))
    drawn = draw(VIEW, [Look("#0b6e69", 2.0, False, [ring, shapely.box(30, 0, 60, 30)])])
    path = re.search(r'd="([^"]+)"', drawn)[1]  # type: ignore[index]
    assert path.count("m") == 2  # the common outline and the hole, no border between the two
    assert 'fill-rule="evenodd"' in drawn


def test_points_lie_above_lines_and_lines_above_areas_whatever_their_class() -> None:
    mixed = [shapely.Point(5, 5), shapely.LineString([(0, 0), (40, 40)]), shapely.box(0, 0, 50, 50)]
    drawn = ElementTree.fromstring(draw(VIEW, [Look("#111111", 2.0, False, mixed), Look("#222222", 2.0, True, mixed)]))
    kinds = ["area" if p.get("fill") else "dot" if p.get("stroke-linecap") else "line" for p in drawn]
    assert kinds == ["area", "area", "line", "line", "line", "dot", "dot", "dot", "dot"]
    assert [p.get("stroke") for p in drawn if p.get("stroke-dasharray")] == ["#222222", "#222222"]


def test_points_in_the_same_spot_are_one_dot() -> None:
    crowd = [shapely.Point(100 + i / 100, 50) for i in range(50)] + [shapely.Point(200, 50)]
    path = re.findall(r'd="([^"]+)"', draw(VIEW, [Look("#123456", 2.0, False, crowd)]))[-1]
    assert path.count("M") == 2


def test_very_many_small_roads_are_drawn_coarser_and_long_ones_stay() -> None:
    random = np.random.default_rng(7)
    small = shapely.linestrings(random.uniform(0, 640, (12_000, 1, 2)) + random.uniform(0, 1, (12_000, 6, 2)))
    long = shapely.LineString([(10, 10), (700, 600)])
    drawn = draw(VIEW, [Look("#111111", 2.0, False, list(small)), Look("#222222", 2.0, False, [long])])
    assert len(gzip.compress(drawn.encode())) <= LIMIT
    assert 'd="m10 10 690 590" stroke="#222222"' in drawn


def test_nothing_is_drawn_of_nothing() -> None:
    assert len(ElementTree.fromstring(draw(VIEW, [Look("#123456", 2.0, False, [])]))) == 0
