"""A small spreadsheet: computes the formulas of a workbook from its own cells, as Excel and LibreOffice do."""

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from openpyxl import Workbook
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

FUNCTIONS: dict[str, Callable[..., Any]] = {}
INFIX = {"=": "==", "<>": "!="}


class Spreadsheet:
    """The cells of a workbook, of which some may be typed over before anything is computed."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.typed: dict[tuple[str, int, int], Any] = {}
        self.known: dict[tuple[str, int, int], Any] = {}

    def type(self, sheet: str, row: int, column: int, value: Any) -> None:
        self.typed[sheet, row, column] = value

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """Compute a cell, once."""
        at = sheet, row, column
        if at not in self.known:
            written = self.typed.get(at, self.book[sheet].cell(row, column).value)
            formula = isinstance(written, str) and written.startswith("=")
            self.known[at] = self.compute(sheet, written) if formula else written
        return self.known[at]

    def compute(self, sheet: str, formula: str) -> Any:
        names = {"CELLS": lambda written: self.cells(sheet, written), **FUNCTIONS}
        return eval(translated(formula), names)

    def cells(self, sheet: str, written: str) -> Any:
        """Give one cell's value, or the rows of a range."""
        named, _, address = written.rpartition("!")
        left, top, right, bottom = range_boundaries(address.replace("$", ""))
        found = Range(self, named or sheet, (left, top, right, bottom))
        return found if ":" in address else found.rows[0][0]


class Range:
    """A block of cells, computed when it is asked for."""

    def __init__(self, of: Spreadsheet, sheet: str, bounds: tuple[int, int, int, int]) -> None:
        self.of, self.sheet, self.bounds = of, sheet, bounds

    @cached_property
    def rows(self) -> list[list[Any]]:
        left, top, right, bottom = self.bounds
        return [
            [self.of.cell(self.sheet, row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def __iter__(self) -> Iterator[Any]:
        return (value for row in self.rows for value in row)

    def numbers(self) -> list[float]:
        return [value for value in self if number(value)]

    def at(self, row: int, column: int | None = None) -> Any:
        left, top, right, _ = self.bounds
        if column == 0:
            return Range(self.of, self.sheet, (left, top + row - 1, right, top + row - 1))
        return self.of.cell(self.sheet, top + row - 1, left)


def translated(formula: str) -> str:
    """Write a formula as Python: each argument waits until it is needed."""
    written = []
    for token in Tokenizer(formula).items:
        match token.type, token.subtype:
            case "FUNC", "OPEN":
                written.append(f"{token.value[:-1]}(lambda: ")
            case (("FUNC" | "PAREN"), _):
                written.append(token.value)
            case "SEP", _:
                written.append(", lambda: ")
            case "OPERAND", "RANGE":
                written.append(f"CELLS({token.value!r})")
            case "OPERATOR-INFIX", _:
                written.append(INFIX.get(token.value, token.value))
            case "OPERAND", "TEXT":
                written.append(repr(token.value[1:-1]))
            case _:
                written.append(token.value)
    return "".join(written)


def number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def function(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def keep(known: Callable[..., Any]) -> Callable[..., Any]:
        FUNCTIONS[name] = known
        return known

    return keep


class Marks(list[int]):
    """Ones and zeros, which `--` leaves as they are."""

    def __neg__(self) -> "Marks":
        return self


function("IF")(lambda condition, yes, no: yes() if condition() else no())
function("ROUND")(lambda value, digits: round(value(), digits()))
function("SQRT")(lambda value: math.sqrt(value()))
function("SUM")(lambda cells: sum(cells().numbers()))
function("SUMSQ")(lambda cells: sum(value * value for value in cells().numbers()))
function("COUNT")(lambda cells: len(cells().numbers()))
function("MIN")(lambda cells: min(cells().numbers()))
function("MAX")(lambda cells: max(cells().numbers()))
function("INDEX")(lambda cells, row, column=lambda: None: cells().at(row(), column()))
function("RANK")(lambda value, cells: 1 + sum(other > value() for other in cells().numbers()))
function("COUNTIF")(lambda cells, value: sum(other == value() for other in cells()))
function("SUMIF")(lambda cells, value, added: sum(b for a, b in zip(cells(), added(), strict=True) if a == value()))


@function("ISNUMBER")
def is_number(value: Callable[[], Any]) -> Any:
    found = value()
    return Marks(int(number(one)) for one in found) if isinstance(found, Range) else number(found)


@function("SUMPRODUCT")
def sum_of_products(first: Callable[[], Any], second: Callable[[], Any]) -> float:
    pairs = zip(first(), second(), strict=True)
    return sum(a * b for a, b in pairs if number(a) and number(b))


@function("SUMXMY2")
def squares_of_differences(first: Callable[[], Any], second: Callable[[], Any]) -> float:
    pairs = zip(first(), second(), strict=True)
    return sum((a - b) ** 2 for a, b in pairs if number(a) and number(b))


@function("MATCH")
def match(value: Callable[[], Any], cells: Callable[[], Any], _exact: Callable[[], Any]) -> int:
    return list(cells()).index(value()) + 1


@function("IFERROR")
def if_error(value: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    try:
        return value()
    except (ValueError, TypeError, ZeroDivisionError, IndexError):
        return otherwise()
