"""What makes it likelier that two reports tell of the same thing."""

from math import e

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.duplicates import Pattern, has_duplicate, likeness

POTHOLES = Pattern(certain=0.6, reach_m=75, fade_days=8, closed=0.02, alone=0.003)
SHARE = st.floats(0, 1)
PATTERNS = st.builds(Pattern, SHARE, st.floats(5, 500), st.floats(0.1, 365), SHARE, SHARE)
METRES, DAYS = st.floats(0, 500), st.floats(0, 365)


def test_a_third_of_the_chance_is_left_at_the_reach_and_after_the_fading_days() -> None:
    chances = likeness(POTHOLES, [0, 75, 0, 0], [0, 0, 8, 0], [True, True, True, False])
    assert chances == pytest.approx([0.6, 0.6 / e, 0.6 / e, 0.6 * 0.02])


@given(PATTERNS, METRES, METRES, DAYS, DAYS)
def test_nobody_farther_older_or_closed_is_likelier(
    p: Pattern, near: float, far: float, new: float, old: float
) -> None:
    near, far = sorted((near, far))
    new, old = sorted((new, old))
    first, farther, older, closed = likeness(
        p, [near, far, near, near], [new, new, old, new], [True, True, True, False]
    )
    assert 0 <= max(farther, older, closed) <= first <= 1


@given(PATTERNS, SHARE, SHARE)
def test_a_likelier_earlier_report_makes_a_duplicate_likelier(p: Pattern, one: float, other: float) -> None:
    chances = has_duplicate(p, np.sort([one, other]))
    assert p.alone - 1e-12 <= chances[0] <= chances[1] <= 1


def test_a_report_with_nothing_near_keeps_the_chance_of_its_category() -> None:
    assert has_duplicate(POTHOLES, [0.0]) == pytest.approx([0.003])
