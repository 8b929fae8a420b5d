"""No text becomes a formula in a spreadsheet, and no text is lost."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.exporting.cells import plain, written

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


@given(st.sampled_from(FORMULA_STARTS), st.text(), st.text(alphabet=" ", max_size=3))
def test_a_text_that_begins_like_a_formula_begins_with_an_apostrophe(start: str, rest: str, blanks: str) -> None:
    assert plain(blanks + start + rest).startswith("'")


@given(st.text())
def test_a_text_keeps_its_letters(text: str) -> None:
    kept = "".join(letter for letter in text if ord(letter) >= 32 or letter in "\t\n\r")
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    assert plain(text).removeprefix("'") in (kept, kept.removeprefix("'"))


@given(st.integers() | st.floats(allow_nan=False) | st.none())
def test_numbers_and_gaps_stay_what_they_are(value: float | None) -> None:
    assert plain(value) is value


def test_days_are_written_as_people_sort_them() -> None:
    assert written(date(2026, 5, 27)) == "2026-05-27"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
def test_openpyxl_takes_every_cell(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file: Path = tmp_path_factory.mktemp("book") / "book.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = plain(text)
    book.save(file)
    assert openpyxl.load_workbook(file).active["A1"].data_type != "f"
