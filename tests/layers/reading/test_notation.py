"""How clerks write coordinates, numbers and days."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.reading.notation import day, degrees, moment, number

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ANGLES = st.floats(0, 180).map(lambda x: round(x, 6))


@given(ANGLES, st.sampled_from([",", "."]), st.sampled_from(["", "-", "−"]), st.sampled_from(["", "°", " "]))
def test_decimal_degrees_with_comma_or_point(angle: float, comma: str, sign: str, mark: str) -> None:
    written = f" {sign}{angle:.6f}{mark} ".replace(".", comma)
    assert degrees(written) == pytest.approx(-angle if sign else angle, abs=1e-9)


@given(
    ANGLES, st.sampled_from([("°", "'", '"'), ("° ", "' ", '" '), (" ", " ", ""), ("? ", "' ", '" '), (":", ":", "")])
)
def test_degrees_minutes_and_seconds(angle: float, marks: tuple[str, str, str]) -> None:
    whole, rest = divmod(round(angle * 3600, 2), 3600)
    minutes, seconds = divmod(rest, 60)
    written = f"{whole:.0f}{marks[0]}{minutes:.0f}{marks[1]}{seconds:.2f}{marks[2]}"
    if float(f"{seconds:.2f}") < 60:
        assert degrees(written) == pytest.approx(angle, abs=1e-5)


@given(ANGLES, st.sampled_from(["S", "LS", "W", "BB", "s", "ls"]), st.booleans())
def test_a_letter_tells_the_half_of_the_globe(angle: float, letter: str, first: bool) -> None:
    written = f"{letter} {angle:.6f}" if first else f"{angle:.6f} {letter}"
    assert degrees(written) == pytest.approx(-angle, abs=1e-9)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_but_never_fails(text: str) -> None:
    for read in (degrees, number, day, moment):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "104.5 30",
        "4°61'",
        "4°10'60\"",
        "4.880.123",
        "1e3",
        "-4.8 N",
        "-112? -35' -0.949\" E",
        "4 S 5",
        "N 4 S",
    ],
)
def test_what_is_not_certain_is_not_guessed(text: str) -> None:
    assert degrees(text) is None


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_with_grouping_dots(value: int) -> None:
    grouped = f"{value:,}".replace(",", ".")
    if grouped.count(".") != 1:  # a lone dot is decimal
        assert number(grouped) == value


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
def test_numbers_as_written_in_indonesian_and_by_programs(value: float) -> None:
    indonesian = f"{value:,.3f}".translate(str.maketrans(",.", ".,"))
    assert number(indonesian) == pytest.approx(value)
    assert number(repr(value)) == pytest.approx(value)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_in_every_usual_notation(value: date) -> None:
    for written in (
        value.isoformat(),
        f"{value:%d/%m/%Y}",
        f"{value.day}-{value.month}-{value.year}",
        f"{value.day} {MONTHS[value.month - 1]} {value.year}",
    ):
        assert day(written) == value


def test_a_time_may_be_written_with_a_point() -> None:
    assert moment("21/11/2026 14.05") == datetime(2026, 11, 21, 14, 5)
    assert moment("2026-11-21T14:05:00+07:00") == datetime.fromisoformat("2026-11-21T14:05:00+07:00")
    assert moment("21/11/2026 25.00") is None
