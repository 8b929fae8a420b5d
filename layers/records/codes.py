"""Tracking codes: what opens a reporter's own view; shown once, and kept only as an HMAC.

A code is 11 random letters (55 bits) and a check letter, in Crockford's base32, which leaves out I, L, O and U. The
letters are numbers of the field GF(2^5) with x^5 + x^2 + 1 = 0; the check letter makes the polynomial of all letters
vanish at x, so that one wrong letter or two that changed places never make another code.
"""

from functools import reduce
from secrets import choice

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
LENGTH = 12
GROUP = 4
POLYNOMIAL = 0b100101


class CodeError(ValueError):
    """What was typed cannot be a tracking code: too short, too long, or with a letter wrong."""


def new_code() -> str:
    """Make a code at random, such as 7K2M9QXRT4ND."""
    letters = "".join(choice(LETTERS) for _ in range(LENGTH - 1))
    return letters + LETTERS[_times_x(_value(letters))]


def read_code(typed: str) -> str:
    """Read a code however it was typed: in small letters, with blanks or dashes; raises CodeError."""
    code = typed.upper().translate(MEANT).strip()
    if len(code) != LENGTH or not set(code) <= set(LETTERS) or _value(code):
        raise CodeError
    return code


def grouped(code: str) -> str:
    """Write a code as people read it aloud: 7K2M-9QXR-T4ND."""
    return "-".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def _value(letters: str) -> int:
    """Give the value of the letters' polynomial at x, by Horner's rule."""
    return reduce(lambda value, letter: _times_x(value) ^ LETTERS.index(letter), letters, 0)


def _times_x(number: int) -> int:
    doubled = number << 1
    return doubled ^ POLYNOMIAL if doubled > 0b11111 else doubled
