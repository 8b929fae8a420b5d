"""A tracking code is typed from paper, read over the phone, and never guessed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.records.codes import LETTERS, CodeError, grouped, new_code, read_code

CODES = st.builds(new_code)


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    assert len(code) == 12
    for typed in (code, code.lower(), grouped(code), f" {grouped(code).replace('-', ' ')} ", f"{code[:5]}–{code[5:]}"):
        assert read_code(typed.replace("–", "-")) == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code


@given(CODES, st.integers(0, 11), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(code: str, at: int, letter: str) -> None:
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong != code:
        with pytest.raises(CodeError):
            read_code(wrong)


@given(CODES, st.integers(0, 11), st.integers(0, 11))
def test_two_letters_that_changed_places_are_noticed(code: str, one: int, other: int) -> None:
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    if letters != list(code):
        with pytest.raises(CodeError):
            read_code("".join(letters))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_code_or_refused(typed: str) -> None:
    with suppress(CodeError):
        assert len(read_code(typed)) == 12


def test_a_missing_letter_and_one_too_many_are_noticed() -> None:
    code = new_code()
    for typed in ("", code[:-1], code + "0", code[:-1] + "U"):
        with pytest.raises(CodeError):
            read_code(typed)


def test_codes_do_not_come_twice() -> None:
    assert len({new_code() for _ in range(5_000)}) == 5_000
    assert set("".join(new_code() for _ in range(2_000))) == set(LETTERS)
