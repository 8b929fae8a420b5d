"""Classes of values: each value lies in one, and what stands out is told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import ramps


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), st.integers(1, 9))
def test_every_value_lies_in_a_class_of_its_quantiles(values: list[float], classes: int) -> None:
    limits = ramps.quantiles(np.array(values), classes)
    assert limits[0] == min(values)
    assert limits[-1] == max(values)
    assert list(limits) == sorted(limits)
    assert 2 <= len(limits) <= classes + 1


def test_a_town_stands_out_from_fields_where_few_cells_hold_most_people() -> None:
    fields, suburbs, town = np.full(9_000, 0.5), np.full(900, 10.0), np.full(90, 60.0)
    limits = ramps.head_tail_breaks(np.concatenate([fields, suburbs, town]), 5)
    mean = (9_000 * 0.5 + 900 * 10 + 90 * 60) / 9_990
    of_the_head = (900 * 10 + 90 * 60) / 990
    assert limits == pytest.approx((0.5, mean, of_the_head, 60)), "no class divides what is all the same"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), st.integers(1, 9))
def test_head_tail_breaks_hold_every_value_and_never_fall(values: list[float], classes: int) -> None:
    limits = ramps.head_tail_breaks(np.array(values), classes)
    assert (limits[0], limits[-1]) == (min(values), max(values))
    assert list(limits) == sorted(limits)
    assert 2 <= len(limits) <= classes + 1
