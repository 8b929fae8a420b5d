"""The rule tables of road condition and speed: cells by rule, row and column, checked as a whole before they count."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

from geo.graph import WALKING_KMH
from layers.roads.refusals import RuleError

CLASSES = ("baik", "sedang", "rusak_ringan", "rusak_berat")
DAMAGED = ("rusak_ringan", "rusak_berat")
UNSURVEYED = "belum_disurvei"
CLOSED = "tertutup"
ELSE = "*"
CERTAINTIES = ("V", "S", "M")  # read in the source itself, in a secondary source, from memory
LIMIT = re.compile(r"(<=?)(\d+(?:\.\d+)?)")

SURFACES = ("aspal", "beton", "paving", "makadam", "kerikil", "tanah")
FUNCTIONS = ("arteri", "kolektor", "lokal", "lingkungan", "setapak", "tidak_diketahui")
PAVED = "diperkeras"
SPEEDS = ("kolektor", "lokal", "lingkungan", "kerikil", "tanah")
WETS = ("aspal", "kerikil", "tanah")
IRI = ("aspal", "makadam", "kerikil")
Kind = Literal["number", "speed", "class"]


@dataclass(frozen=True)
class Cell:
    """One cell of a rule table; `certainty` tells how sure its source is (V read, S secondary, M from memory)."""

    rule: str
    row: str
    column: str
    value: str
    source: str
    certainty: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Tell where it stands: table, row, column."""
        return self.rule, self.row, self.column


@dataclass(frozen=True)
class Step:
    """What a measure up to `limit` gives, the limit included or not."""

    limit: float
    included: bool
    gives: str

    def holds(self, measure: float) -> bool:
        """Say whether a measure lies below the limit, or on it where it is included."""
        return measure < self.limit or (self.included and measure == self.limit)


@dataclass(frozen=True)
class Rules:
    """One version of all rule tables."""

    version: int
    cells: Mapping[str, Mapping[str, Mapping[str, str]]]

    def word(self, rule: str, row: str, column: str) -> str:
        """Give a cell as it stands; raises KeyError where there is none."""
        return self.cells[rule][row][column]

    def number(self, rule: str, row: str, column: str) -> float:
        """Give a cell as a number."""
        return float(self.word(rule, row, column))

    def speed(self, rule: str, row: str, column: str) -> float:
        """Give a speed or a factor of speed; 0 where the way is closed."""
        value = self.word(rule, row, column)
        return 0.0 if value == CLOSED else float(value)

    @property
    def walking_kmh(self) -> float:
        """Give the pace of who walks in km/h, never below the one that nothing but a closed way is slower than."""
        return max(self.number("walking", "jalan_kaki", "speed"), WALKING_KMH)

    def steps(self, rule: str) -> tuple[Step, ...]:
        """Give a table of steps, the lowest first."""
        rows = sorted(self.cells[rule].items(), key=lambda row: int(row[0]))
        return tuple(_step(row["limit"], row["gives"]) for _, row in rows)

    def step(self, rule: str, measure: float) -> str:
        """Find what a measure gives in a table of steps."""
        return next(step.gives for step in self.steps(rule) if step.holds(measure))


@dataclass(frozen=True)
class Grid:
    """What a table of rows and columns must hold; without `columns` each row has its own."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    kind: Kind


NUMBERS = ("sdi.crack_area", "sdi.crack_width", "sdi.potholes", "sdi.ruts")
CLASSIFYING = ("sdi.class", "tti.class", *(f"iri.{surface}" for surface in IRI))
GRIDS = {
    "both": Grid(CLASSES, CLASSES, "class"),
    "tti.weights": Grid(("aspal", "beton", "paving", "kerikil", "tanah"), (), "number"),
    "tti.shares": Grid(("area", "pothole"), (), "number"),
    "tti.edge": Grid(("side",), ("none", "light", "severe", "width_m"), "number"),
    "speed": Grid(SPEEDS, (*CLASSES, UNSURVEYED), "speed"),
    "wet": Grid(WETS, (*CLASSES, UNSURVEYED), "speed"),
    "mode": Grid(("mobil", "motor"), (*CLASSES, UNSURVEYED, "setapak", "saat_tertutup"), "speed"),
    "walking": Grid(("jalan_kaki",), ("speed",), "number"),
    "four_classes": Grid((), ("baik", "rusak_ringan", "rusak_sedang", "rusak_berat"), "class"),
}
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "surface": {
        "sdi": ("ya", "tidak"),
        "iri": IRI,
        "tti": GRIDS["tti.weights"].rows,
        "speed": (PAVED, *SPEEDS),
        "wet": WETS,
    },
    "function": {"speed": (*SPEEDS, "setapak"), "surface": SURFACES},
}
ROWS_OF_WORDS = {"surface": SURFACES, "function": FUNCTIONS}
RULES = (*NUMBERS, *CLASSIFYING, *GRIDS, *WORDS)


def checked(version: int, cells: Iterable[Cell]) -> Rules:
    """Put cells together to rules; raises RuleError where one is missing, unknown or cannot be read."""
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for cell in cells:
        _check_origin(cell)
        if cell.rule not in RULES:
            known = ", ".join(RULES)
            told = f"Tabel {cell.rule} tidak dikenal. Yang ada: {known}."
            raise RuleError(told, f"There is no table {cell.rule}. There are: {known}.")
        row = tables.setdefault(cell.rule, {}).setdefault(cell.row, {})
        if cell.column in row:
            raise RuleError(f"{named(cell)} disebut dua kali.", f"{named(cell)} comes twice.")
        row[cell.column] = cell.value
    missing = [rule for rule in RULES if rule not in tables]
    if missing:
        raise RuleError(f"Tabel {', '.join(missing)} belum ada.", f"Table {', '.join(missing)} is missing.")
    rules = Rules(version, tables)
    for rule in (*NUMBERS, *CLASSIFYING):
        _check_steps(rules, rule)
    for rule, grid in GRIDS.items():
        _check_grid(rule, tables[rule], grid)
    for rule, columns in WORDS.items():
        _check_words(rule, tables[rule], columns)
    return rules


def choices(rule: str, column: str) -> tuple[str, ...]:
    """List what a cell of a table may hold; empty where it holds a number or a limit."""
    grid = GRIDS.get(rule)
    if (grid and grid.kind == "class") or (rule in CLASSIFYING and column == "gives"):
        return CLASSES
    return WORDS.get(rule, {}).get(column, ())


def named(cell: Cell) -> str:
    """Name a cell by where it stands."""
    return ", ".join(cell.place)


def unfit(where: str, allowed: Iterable[str]) -> RuleError:
    """Make the error of a cell that holds none of the words that it may."""
    known = ", ".join(allowed)
    return RuleError(f"{where}: pilihannya {known}.", f"{where}: choose one of {known}.")


def _check_origin(cell: Cell) -> None:
    if not cell.source.strip() or cell.certainty not in CERTAINTIES:
        sure = ", ".join(CERTAINTIES)
        raise RuleError(
            f"{named(cell)}: sumber harus disebut, dan kepastiannya {sure}.",
            f"{named(cell)}: name the source, and how sure it is: {sure}.",
        )


def _step(limit: str, gives: str) -> Step:
    if limit == ELSE:
        return Step(inf, True, gives)
    sign, number = LIMIT.fullmatch(limit).groups()  # type: ignore[union-attr]  # checked before
    return Step(float(number), sign == "<=", gives)


def _check_steps(rules: Rules, rule: str) -> None:
    rows = rules.cells[rule]
    for row, cells in rows.items():
        if set(cells) != {"limit", "gives"} or not row.isdecimal():
            told = f"{rule}: baris {row} harus bernomor dan berisi limit dan gives."
            raise RuleError(told, f"{rule}: row {row} needs a number, a limit and what it gives.")
        if cells["limit"] != ELSE and not LIMIT.fullmatch(cells["limit"]):
            told = f"{rule}, baris {row}: batas ditulis misalnya <10, <=30, atau {ELSE} untuk selebihnya."
            raise RuleError(told, f"{rule}, row {row}: write a limit such as <10, <=30, or {ELSE} for all else.")
        _check_value(f"{rule}, {row}, gives", cells["gives"], "class" if rule in CLASSIFYING else "number")
    limits = [(step.limit, step.included) for step in rules.steps(rule)]
    if limits != sorted(set(limits)) or limits[-1][0] != inf:
        told = f"{rule}: batas harus naik dari baris ke baris, dan yang terakhir {ELSE}."
        raise RuleError(told, f"{rule}: limits must rise from row to row, and the last one is {ELSE}.")


def _check_grid(rule: str, rows: Mapping[str, Mapping[str, str]], grid: Grid) -> None:
    for row in grid.rows or rows:
        if row not in rows or (grid.columns and set(rows[row]) != set(grid.columns)):
            columns = ", ".join(grid.columns)
            told = f"{rule}: baris {row} harus ada, dengan kolom {columns or 'miliknya'}."
            raise RuleError(told, f"{rule}: row {row} must be there, with the columns {columns or 'of its own'}.")
        for column, value in rows[row].items():
            _check_value(f"{rule}, {row}, {column}", value, grid.kind)
    _check_rows(rule, rows, grid.rows)


def _check_words(rule: str, rows: Mapping[str, Mapping[str, str]], columns: Mapping[str, tuple[str, ...]]) -> None:
    for row in ROWS_OF_WORDS[rule]:
        for column, allowed in columns.items():
            if rows.get(row, {}).get(column) not in allowed:
                raise unfit(f"{rule}, {row}, {column}", allowed)
    _check_rows(rule, rows, ROWS_OF_WORDS[rule])


def _check_rows(rule: str, rows: Iterable[str], allowed: tuple[str, ...]) -> None:
    unknown = [row for row in rows if allowed and row not in allowed]
    if unknown:
        there, known = ", ".join(unknown), ", ".join(allowed)
        told = f"{rule}: baris {there} tidak dikenal. Yang ada: {known}."
        raise RuleError(told, f"{rule}: there is no row {there}. There are: {known}.")


def _check_value(where: str, value: str, kind: Kind) -> None:
    if kind == "class":
        if value not in CLASSES:
            raise unfit(where, CLASSES)
        return
    if kind == "speed" and value == CLOSED:
        return
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not (isfinite(number) and number >= 0) or (kind == "speed" and number == 0):
        closed = (f" atau {CLOSED}", f" or {CLOSED}") if kind == "speed" else ("", "")
        told = f"{where}: “{value}” harus berupa angka positif{closed[0]}."
        raise RuleError(told, f"{where}: “{value}” must be a positive number{closed[1]}.")
