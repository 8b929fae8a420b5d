"""The newest survey counts, metre by metre: checked against asking every metre by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.roads.rules import CLASSES, UNSURVEYED
from layers.roads.stretches import Said, stretches, whole_condition

DAY = date(2026, 1, 1)
LENGTH = 50


@st.composite
def surveys(draw: st.DrawFn) -> list[Said]:
    said = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, LENGTH - 1))
        end = draw(st.integers(start + 1, LENGTH + 10))
        day = DAY + timedelta(days=draw(st.integers(0, 4)))
        said.append(Said(number, day, start, end, {draw(st.sampled_from(CLASSES)): float(end - start)}))
    return said


@given(surveys())
def test_each_metre_has_the_class_of_the_newest_survey_that_saw_it(said: list[Said]) -> None:
    found = stretches(LENGTH, said)
    for metre in range(LENGTH):
        seen = [one for one in said if one.from_m <= metre < one.to_m]
        newest = max(seen, key=lambda one: (one.surveyed_on, one.survey), default=None)
        here = [s for s in found if s.from_m is not None and s.to_m is not None and s.from_m <= metre < s.to_m]
        assert [s.survey for s in here] == ([newest.survey] if newest else [])
        assert [s.condition for s in here] == (list(newest.metres) if newest else [])


@given(surveys())
def test_no_length_is_counted_twice(said: list[Said]) -> None:
    found = stretches(LENGTH, said)
    assert sum(s.length_m for s in found) <= LENGTH + 1e-6
    assert all(s.from_m is not None and s.to_m is not None and s.length_m == s.to_m - s.from_m for s in found)


def test_classes_without_a_position_count_on_what_newer_surveys_leave_over() -> None:
    old = Said(1, DAY, 0, 1000, {"baik": 600.0, "rusak_berat": 400.0}, placed=False)
    new = Said(2, DAY + timedelta(days=1), 0, 250, {"sedang": 250.0})
    lengths = {(s.condition, s.length_m) for s in stretches(1000, [old, new])}
    assert lengths == {("sedang", 250), ("baik", 450), ("rusak_berat", 300)}


def test_stated_metres_stay_as_stated_where_the_map_shows_another_length() -> None:
    stated = Said(1, DAY, 0, 800, {"baik": 700.0, "sedang": 300.0}, placed=False)
    assert sum(s.length_m for s in stretches(800, [stated])) == 1000


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], UNSURVEYED),
        ([(0, 400, "baik")], UNSURVEYED),
        ([(0, 600, "baik")], "baik"),
        ([(0, 500, "baik"), (500, 1000, "rusak_berat")], "rusak_berat"),
        ([(0, 600, "baik"), (600, 1000, "rusak_berat")], "baik"),
    ],
)
def test_a_road_is_of_the_class_of_most_of_its_length(pieces: list[tuple[float, float, str]], expected: str) -> None:
    said = [Said(n, DAY, start, end, {name: end - start}) for n, (start, end, name) in enumerate(pieces)]
    assert whole_condition(1000, stretches(1000, said)) == expected
