"""Territories: an exact partition, each piece about its own place."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from geo import territory
from geo.warp import Warp

seeds = st.integers(0, 10_000)
STRAIGHT = ((1000.0, 0.0),)
BENT = ((8000.0, 300.0), (2500.0, 88.0), (900.0, 28.0))


def places(seed: int, count: int = 40) -> np.ndarray:
    random = np.random.default_rng(seed)
    return territory.spread(random.uniform(0, 20_000, (count, 2)), 600)


def shared(points: np.ndarray, seed: int, octaves: tuple[tuple[float, float], ...]) -> np.ndarray:
    random = np.random.default_rng(seed)
    strangers = territory.surround(points, 2000, 2000, random)
    owners = np.r_[np.arange(len(points)), np.full(len(strangers), territory.NOBODY)]
    return np.array(territory.share_out(np.vstack([points, strangers]), owners, Warp.make(random, octaves), 110))


@settings(max_examples=25)
@given(seeds)
def test_borders_are_the_same_for_both_neighbours(seed: int) -> None:
    shapes = shared(places(seed), seed, BENT)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@settings(max_examples=25)
@given(seeds)
def test_areas_add_up_to_the_whole_and_nothing_overlaps(seed: int) -> None:
    shapes = shared(places(seed), seed, BENT)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, rel=1e-9)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    overlaps = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    assert overlaps.sum() < 0.01


@settings(max_examples=25)
@given(seeds)
def test_each_place_lies_in_its_own_territory(seed: int) -> None:
    points = places(seed)
    shapes = shared(points, seed, BENT)
    assert shapely.contains(shapes, shapely.points(points)).all()


@settings(max_examples=10)
@given(seeds)
def test_without_bending_land_belongs_to_the_nearest_place(seed: int) -> None:
    points = places(seed)
    shapes = shared(points, seed, STRAIGHT)
    questions = np.random.default_rng(seed).uniform(0, 20_000, (2000, 2))
    holder, asked = shapely.STRtree(shapely.points(questions)).query(shapes, predicate="contains")
    assert len(asked) > 1000
    assert (cKDTree(points).query(questions[asked])[1] == holder).all()


def test_land_held_by_several_points_is_one_piece_and_gives_up_what_is_cut_off() -> None:
    points = np.array([(0, 0), (4000, 0), (2000, 0), (2000, 3000), (2000, -3000)], dtype=float)
    owners = np.array([0, 0, 1, 2, 3])  # the second point of 0 lies behind 1
    strangers = territory.surround(points, 2000, 1500, np.random.default_rng(1))
    owners = np.r_[owners, np.full(len(strangers), territory.NOBODY)]
    warp = Warp.make(np.random.default_rng(1), STRAIGHT)
    shapes = territory.share_out(np.vstack([points, strangers]), owners, warp, 500)
    assert {shape.geom_type for shape in shapes} == {"Polygon"}
    assert not shapes[0].contains(shapely.Point(4000, 0))


@given(seeds)
def test_spread_points_keep_their_distance(seed: int) -> None:
    apart = cKDTree(places(seed)).query(places(seed), k=2)[0][:, 1]
    assert apart.min() > 540


@given(seeds)
def test_the_distance_to_others_leaves_out_the_own_point(seed: int) -> None:
    random = np.random.default_rng(seed)
    points, questions = random.uniform(0, 1000, (12, 2)), random.uniform(0, 1000, (30, 2))
    owners = random.integers(12, size=30)
    measured = territory.distance_to_others(points, questions, owners)
    for question, owner, distance in zip(questions, owners, measured, strict=True):
        others = np.delete(points, owner, axis=0)
        assert distance == pytest.approx(np.hypot(*(others - question).T).min())
