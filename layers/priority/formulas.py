"""How a spreadsheet computes a score: the formulas of each method over cells, and what they give for a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from geo.priority import Numbers, Table, WeightedSum

DIGITS = 12  # as geo.priority rounds, so that equals are equal here too


@dataclass(frozen=True)
class Criterion:
    """The cells of one criterion on the sheet of weights: its share, worst, best and length (√Σx²)."""

    share: str
    worst: str
    best: str
    length: str


@dataclass(frozen=True)
class Block:
    """Columns, one a criterion, that a method computes before the score: their title and values (n, c)."""

    title: str
    values: Numbers


class Steps(Protocol):
    """A method as steps of a spreadsheet; a block is named by its place among the blocks."""

    def blocks(self, table: Table, shares: Numbers) -> Sequence[Block]:
        """Give the blocks with what their formulas give."""

    def step(self, block: int, raw: str, of: Criterion) -> str:
        """Write the formula of a cell of a block over the raw value."""

    def score(self, blocks: Sequence[str], shares: str, rests_on: str) -> str:
        """Write the formula of a score over the ranges of its row, and the cell that says how far it rests on data."""

    def part(self, blocks: Sequence[str], cells: Sequence[str], share: str, score: str, rests_on: str) -> str:
        """Write the formula of what one criterion brought, over the ranges of its row and its cell of each block."""


class Weighted:
    """The weighted sum: 0 for the worst value seen, 1 for the best, times its share, over what is known."""

    def blocks(self, table: Table, shares: Numbers) -> Sequence[Block]:
        """Give one block: each value between 0 and 1."""
        return [Block("Nilai dari 0 (terburuk) sampai 1 (terbaik)", WeightedSum().scaled(table))]

    def step(self, block: int, raw: str, of: Criterion) -> str:
        """Put a value between worst and best; ½ where all are alike."""
        scaled = f"({raw}-{of.worst})/({of.best}-{of.worst})"
        return f'=IF(ISNUMBER({raw}),IF({of.best}={of.worst},0.5,{scaled}),"")'

    def score(self, blocks: Sequence[str], shares: str, rests_on: str) -> str:
        """Sum share times value, over the shares whose values are known."""
        return f'=IF({rests_on}>0,ROUND(SUMPRODUCT({blocks[0]},{shares})/{rests_on},{DIGITS}),"")'

    def part(self, blocks: Sequence[str], cells: Sequence[str], share: str, score: str, rests_on: str) -> str:
        """Give share times value, over the shares whose values are known."""
        return f"IF(ISNUMBER({cells[0]}),{cells[0]}*{share}/{rests_on},0)"


class Topsis:
    """TOPSIS: distances, weighted, from the worst and from the best that was seen."""

    def blocks(self, table: Table, shares: Numbers) -> Sequence[Block]:
        """Give two blocks: the weighted distance of each value from the worst, and from the best."""
        length = np.sqrt(np.where(table.known, np.square(table.values), 0).sum(axis=0))
        weighted = np.divide(shares, length, out=np.zeros_like(length), where=length > 0)
        up, down = table.values - table.worst, table.best - table.values
        return [
            Block("Jarak berbobot dari nilai terburuk", np.where(table.known, up * weighted, np.nan)),
            Block("Jarak berbobot dari nilai terbaik", np.where(table.known, down * weighted, np.nan)),
        ]

    def step(self, block: int, raw: str, of: Criterion) -> str:
        """Weigh the distance of a value from one end, in lengths of the column."""
        distance = f"{raw}-{of.worst}" if block == 0 else f"{of.best}-{raw}"
        return f'=IF(ISNUMBER({raw}),IF({of.length}=0,0,{of.share}*({distance})/{of.length}),"")'

    def score(self, blocks: Sequence[str], shares: str, rests_on: str) -> str:
        """Give the distance from the worst over both distances; ½ where worst and best coincide."""
        up, down = (f"SQRT(SUMSQ({block}))" for block in blocks)
        return f'=IF({rests_on}>0,IF({up}+{down}=0,0.5,ROUND({up}/({up}+{down}),{DIGITS})),"")'

    def part(self, blocks: Sequence[str], cells: Sequence[str], share: str, score: str, rests_on: str) -> str:
        """Split the score by the squared distances from the worst."""
        squares = f"SUMSQ({blocks[0]})"
        return f"IF(ISNUMBER({cells[0]}),IF({squares}=0,0,{score}*{cells[0]}*{cells[0]}/{squares}),0)"


STEPS: Mapping[str, Steps] = {"weighted_sum": Weighted(), "topsis": Topsis()}
