"""Streets: lanes square to their road, none crossing another, houses about them."""

import numpy as np
import pytest
import shapely
import shapely.ops
from hypothesis import given
from hypothesis import strategies as st

from geo import streets

ROAD = np.column_stack([np.linspace(0, 1000, 21), np.zeros(21)])


@given(st.integers(0, 10_000), st.floats(100, 3000), st.floats(0, 6.28))
def test_a_spur_leads_from_the_road_to_the_hamlet_without_great_detour(seed: int, length: float, angle: float) -> None:
    end = length * np.array([np.cos(angle), np.sin(angle)])
    line = streets.spur(np.zeros(2), end, np.random.default_rng(seed), 50.0)
    assert line[0].tolist() == [0, 0]
    assert line[-1] == pytest.approx(end)
    assert shapely.LineString(line).length < 1.15 * length


def test_a_lane_stands_square_to_its_road_on_the_side_asked_for() -> None:
    left, right = (streets.lanes(ROAD, 10, side, 120.0, 0.0) for side in (1, -1))
    assert left == pytest.approx(np.array([(500, 0), (500, 60), (500, 120)]))
    assert right == pytest.approx(np.array([(500, 0), (500, -60), (500, -120)]))


def test_of_two_crossing_lanes_the_first_stays() -> None:
    one = np.array([(0, 0), (50, 50), (100, 100)], dtype=float)
    across = np.array([(100, 0), (50, 50.1), (0, 100)], dtype=float)
    away = np.array([(300, 0), (300, 50), (300, 100)], dtype=float)
    assert streets.uncrossed([one, across, away], [ROAD - (0, 500)]).tolist() == [True, False, True]


def test_a_lane_may_begin_on_a_road_but_not_cross_one() -> None:
    begins = streets.lanes(ROAD, 4, 1, 100.0, 0.1)
    crosses = np.array([(700, -50), (700, 0.5), (700, 50)], dtype=float)
    assert streets.uncrossed([begins, crosses], [ROAD]).tolist() == [True, False]


@given(st.integers(0, 10_000))
def test_what_is_left_crosses_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    drawn = [
        streets.lanes(ROAD, int(random.integers(21)), int(random.choice((-1, 1))), random.uniform(50, 300), lean)
        for lean in random.uniform(-0.8, 0.8, 30)
    ]
    kept = [line for line, free in zip(drawn, streets.uncrossed(drawn, [ROAD]), strict=True) if free]
    for i, line in enumerate(kept):
        inner = shapely.ops.substring(shapely.LineString(line), streets.CLEAR_OF_ROAD + 0.1, 290)
        assert not any(inner.crosses(shapely.LineString(other)) for other in kept[:i])


def test_far_lane_ends_are_not_joined() -> None:
    lane = streets.lanes(ROAD, 2, 1, 100.0, 0.0)
    near, far = streets.lanes(ROAD, 5, 1, 100.0, 0.0), streets.lanes(ROAD, 15, 1, 100.0, 0.0)
    assert streets.back_street(lane, near) == pytest.approx(np.array([(100, 100), (250, 100)]))
    assert streets.back_street(lane, far) is None


def test_built_up_land_covers_the_streets_and_stays_inside_the_border() -> None:
    border = shapely.box(100, -300, 800, 300)
    land = streets.built_up([ROAD], 45.0, border)
    assert land.geom_type == "MultiPolygon"
    assert border.covers(land)
    assert land.buffer(1).covers(shapely.LineString(ROAD).intersection(border))
    assert land.area == pytest.approx(700 * 90, rel=0.1)
