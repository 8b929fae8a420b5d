"""What people type as a number means what they see in it; a dot alone never makes it ten times as large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import typed


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.25", 0.25),
        ("0,25", 0.25),
        ("0.250", 0.25),
        ("7.5", 7.5),
        ("12.50", 12.5),
        ("1.250", 1250),
        ("1.250,5", 1250.5),
        ("512.000.000", 512_000_000),
        (" 3 ", 3),
        ("1250.500", 1250.5),
        ("-2,5", -2.5),
    ],
)
def test_a_number_is_read_as_it_is_meant(written: str, meant: float) -> None:
    assert typed.number(written) == meant


@pytest.mark.parametrize("written", ["", "banyak", "1,250.5", "1.25.3", "1,2,3", "nan", "inf", "0x10", "1_000"])
def test_what_could_mean_several_numbers_or_none_is_none(written: str) -> None:
    assert typed.number(written) is None


@given(st.integers(-(10**15), 10**15).map(lambda thousandths: thousandths / 1000))
def test_what_a_form_shows_is_read_as_the_same_number_again(value: float) -> None:
    assert typed.number(typed.plain(value)) == value
