"""The class of some minutes is the one that holds the whole minutes shown beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.access import NAMES, classified


@given(st.floats(0, 500))
def test_minutes_belong_to_the_class_in_which_they_are_shown(minutes: float) -> None:
    shown = f"{minutes:.0f}"
    lowest, highest = {
        "sampai_15": (0, 15),
        "sampai_30": (16, 30),
        "sampai_60": (31, 60),
        "lebih_60": (61, 500),
    }[classified(minutes)]
    assert lowest <= int(shown) <= highest


@pytest.mark.parametrize(("minutes", "name"), [(15.3, NAMES[0]), (15.6, NAMES[1]), (30.4, NAMES[1]), (60.6, NAMES[3])])
def test_a_quarter_of_an_hour_and_some_seconds_is_a_quarter_of_an_hour(minutes: float, name: str) -> None:
    assert classified(minutes) == name
