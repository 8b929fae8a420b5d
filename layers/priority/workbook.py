"""A ranking as a workbook that computes it: weights in cells, and every score, rank and order by formula.

Each formula is written with what it gives, so that a preview, which computes nothing, shows the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from geo.priority import Numbers
from layers.exporting.cells import plain
from layers.priority.formulas import STEPS, Criterion
from layers.priority.report import Report

MOST_ROWS = 5_000  # a spreadsheet ranks in the square of it
LISTED = 100
NAMELESS = "jalan tanpa nama"
ANSWER, WEIGHTS, SUMS, NOTES = "Peringkat", "Bobot", "Hitungan", "Keterangan"
FIRST_CRITERION = 3  # rows of the sheet of weights, and of the sums, counted from 0
FIRST_ROW = 3
BEFORE = 4  # columns of the sums before the first value

Lines = Sequence[tuple[str, str]]


class TooManyError(ValueError):
    """More candidates than a spreadsheet can rank while somebody waits."""


def write(report: Report, path: Path, head: Sequence[str], notes: Lines) -> None:
    """Write the workbook under some lines of heading, with a sheet of notes; raises TooManyError."""
    if len(report.board.rows) > MOST_ROWS:
        raise TooManyError(f"{len(report.board.rows)} candidates, but {MOST_ROWS} at most")
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = _Sheets(book, report)
        sheets.answer(head)
        sheets.weights()
        sheets.sums()
        sheets.notes(notes)


@dataclass(frozen=True)
class _Look:
    bold: Any
    wrapped: Any
    input: Any
    share: Any
    score: Any
    soft: Any

    @classmethod
    def of(cls, book: Any) -> "_Look":
        """Register the looks with a workbook."""
        return cls(
            book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"bg_color": "#FFF2CC", "border": 1}),
            book.add_format({"num_format": "0.0%"}),
            book.add_format({"num_format": "0.000"}),
            book.add_format({"font_color": "#5D5644"}),
        )


class _Sheets:
    """The four sheets, each knowing where the others keep what it needs."""

    def __init__(self, book: Any, report: Report) -> None:
        self.report, self.board, self.table = report, report.board, report.board.table
        self.steps = STEPS[report.board.method]
        self.shares = np.array([report.board.weights[key] for key in self.table.keys])
        self.blocks = self.steps.blocks(self.table, self.shares)
        self.look = _Look.of(book)
        self.n, self.c = self.table.values.shape
        self.answer_sheet, self.weights_sheet, self.sums_sheet, self.notes_sheet = (
            book.add_worksheet(name) for name in (ANSWER, WEIGHTS, SUMS, NOTES)
        )
        after = BEFORE + self.c * (1 + len(self.blocks))
        self.score, self.rests_on, self.rank, self.order, self.own_score, self.own_rank = range(after, after + 6)

    def weights(self) -> None:
        """Write the criteria with weights to be changed, and the worst and best that was seen."""
        sheet, look = self.weights_sheet, self.look
        sheet.write_string(0, 0, "Ubah bobot di kolom kuning; skor, nomor, dan urutan dihitung ulang.", look.bold)
        titles = ("Kriteria", "Satuan", "Arah", "Bobot", "Bagian", "Terburuk", "Terbaik", "Diketahui", "Panjang √Σx²")
        for column, title in enumerate((*titles, "Sumber")):
            sheet.write_string(FIRST_CRITERION - 1, column, title, look.bold)
        weights = xl_range_abs(FIRST_CRITERION, 3, FIRST_CRITERION + self.c - 1, 3)
        for j in range(self.c):
            self._criterion(j, weights)
        total = FIRST_CRITERION + self.c
        sheet.write_string(total, 0, "Jumlah", look.bold)
        sheet.write_formula(total, 3, f"=SUM({weights})", look.bold, 100.0)
        sheet.write_string(total + 1, 0, "Kuadrat selisih dengan skor aplikasi (0 selama bobotnya seperti semula)")
        apart = f"=SUMXMY2({self._column(self.score)},{self._column(self.own_score)})"
        sheet.write_formula(total + 1, 3, apart, None, 0.0)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 8, 14)
        sheet.set_column(9, 9, 60)
        sheet.freeze_panes(FIRST_CRITERION, 1)

    def _criterion(self, j: int, weights: str) -> None:
        sheet, measure, row = self.weights_sheet, self.report.measures[j], FIRST_CRITERION + j
        raw, known = self._column(BEFORE + j), int(self.table.known[:, j].sum())
        low, high = ("MIN", "MAX") if measure.rising else ("MAX", "MIN")
        worst, best = (float(end[j]) if known else "" for end in (self.table.worst, self.table.best))
        length = float(np.sqrt(np.nansum(np.square(self.table.values[:, j]))))
        direction = "makin besar makin mendesak" if measure.rising else "makin kecil makin baik"
        for column, words in ((0, measure.title.id), (1, measure.unit.id), (2, direction), (9, measure.source.id)):
            sheet.write_string(row, column, plain(words))
        sheet.write_number(row, 3, 100 * self.shares[j], self.look.input)
        weight, count = xl_rowcol_to_cell(row, 3), xl_rowcol_to_cell(row, 7)
        sheet.write_formula(row, 4, f"={weight}/SUM({weights})", self.look.share, self.shares[j])
        sheet.write_formula(row, 5, f'=IF({count}=0,"",{low}({raw}))', None, worst)
        sheet.write_formula(row, 6, f'=IF({count}=0,"",{high}({raw}))', None, best)
        sheet.write_formula(row, 7, f"=COUNT({raw})", None, known)
        sheet.write_formula(row, 8, f"=SQRT(SUMSQ({raw}))", None, length)

    def sums(self) -> None:
        """Write every candidate with its values and all that is computed from them."""
        sheet, look = self.sums_sheet, self.look
        titles = [m.title.id for m in self.report.measures]
        ends = ("Skor", "Bertumpu pada data", "Nomor", "Urutan", "Skor menurut aplikasi", "Nomor menurut aplikasi")
        for column, title in enumerate(("#", "Kunci", "Jalan", "km", *titles * (1 + len(self.blocks)), *ends)):
            sheet.write_string(FIRST_ROW - 1, column, plain(title), look.bold)
        sheet.write_string(1, BEFORE - 1, "bagian")
        for b, title in enumerate(("Nilai", *(block.title for block in self.blocks))):
            sheet.write_string(0, BEFORE + b * self.c, title, look.bold)
        for j in range(self.c):
            sheet.write_formula(1, BEFORE + j, f"={self._weight(j, 'E')}", look.share, self.shares[j])
        for i in range(self.n):
            self._candidate(i)
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 2, 32)
        sheet.freeze_panes(FIRST_ROW, BEFORE)

    def _candidate(self, i: int) -> None:
        sheet, row, found, at = self.sums_sheet, self.board.rows[i], self.board.places[i], FIRST_ROW + i
        sheet.write_number(at, 0, i + 1)
        sheet.write_string(at, 1, plain(row["source_id"]))
        sheet.write_string(at, 2, plain(row["name"] or NAMELESS))
        sheet.write_number(at, 3, round(row["length_m"] / 1000, 3))
        for j in range(self.c):
            self._value(i, j)
        raw, shares = self._across(at, 0), self._across(1, 0, fixed=True)
        blocks = [self._across(at, b + 1) for b in range(len(self.blocks))]
        rests_on, score = self._at(at, self.rests_on), self._at(at, self.score)
        known = f"=SUMPRODUCT(--ISNUMBER({raw}),{shares})"
        sheet.write_formula(at, self.rests_on, known, self.look.share, found.rests_on)
        given = "" if found.score is None else found.score
        place = "" if found.rank is None else found.rank
        sheet.write_formula(at, self.score, self.steps.score(blocks, shares, rests_on), self.look.score, given)
        ranked = f'=IF(ISNUMBER({score}),RANK({score},{self._column(self.score, sheet="")}),"")'
        sheet.write_formula(at, self.rank, ranked, None, place)
        before = f"{xl_rowcol_to_cell(FIRST_ROW - 1, self.rank, row_abs=True)}:{self._at(at - 1, self.rank)}"
        rank = self._at(at, self.rank)
        order = f'=IF(ISNUMBER({rank}),{rank}+COUNTIF({before},{rank}),"")'
        sheet.write_formula(at, self.order, order, None, i + 1 if found.rank else "")
        if found.rank:
            sheet.write_number(at, self.own_score, found.score, self.look.score)
            sheet.write_number(at, self.own_rank, found.rank)

    def _value(self, i: int, j: int) -> None:
        at, value = FIRST_ROW + i, self.table.values[i, j]
        if np.isfinite(value):
            self.sums_sheet.write_number(at, BEFORE + j, value)
        cells = Criterion(*(self._weight(j, column) for column in "EFGI"))
        for b, block in enumerate(self.blocks):
            formula = self.steps.step(b, self._at(at, BEFORE + j), cells)
            column = BEFORE + (b + 1) * self.c + j
            self.sums_sheet.write_formula(at, column, formula, self.look.score, _given(block.values[i, j]))

    def answer(self, head: Sequence[str]) -> None:
        """Write the first ones in their order, whatever the weights become, with what each criterion brought."""
        sheet, look = self.answer_sheet, self.look
        for row, words in enumerate(head):
            sheet.write_string(row, 0, plain(words), look.bold if row == 0 else None)
        top = len(head) + 1
        fixed = ("Urutan", "Baris", "Nomor", "Jalan", "km", "Skor", "Bertumpu pada data", "Nomor menurut aplikasi")
        sheet.write_string(top - 1, len(fixed), "Sumbangan setiap kriteria kepada skor", look.bold)
        for column, title in enumerate((*fixed, *(m.title.id for m in self.report.measures))):
            sheet.write_string(top, column, plain(title), look.bold)
        count = min(self.report.ranked, LISTED)
        parts = self.board.parts
        for i in range(count):
            self._listed(top + 1 + i, i, parts)
        sheet.set_column(0, 2, 8)
        sheet.set_column(3, 3, 34)
        sheet.set_column(4, 7 + self.c, 11)
        bars = (top + 1, len(fixed), top + count, len(fixed) + self.c - 1)
        sheet.conditional_format(*bars, {"type": "data_bar", "bar_color": "#0B6E69", "bar_solid": True})
        sheet.freeze_panes(top + 1, 4)

    def _listed(self, at: int, i: int, parts: Numbers) -> None:
        sheet, row, place = self.answer_sheet, self.board.rows[i], self.board.places[i]
        match = xl_rowcol_to_cell(at, 1, col_abs=True)
        sheet.write_number(at, 0, i + 1)
        order = f'=IFERROR(MATCH({xl_rowcol_to_cell(at, 0)},{self._column(self.order)},0),"")'
        sheet.write_formula(at, 1, order, self.look.soft, i + 1)
        shown = (
            (2, self.rank, None, place.rank),
            (3, 2, None, row["name"] or NAMELESS),
            (4, 3, None, round(row["length_m"] / 1000, 3)),
            (5, self.score, self.look.score, place.score),
            (6, self.rests_on, self.look.share, place.rests_on),
            (7, self.own_rank, None, place.rank),
        )
        for column, source, look, value in shown:
            formula = f'=IFERROR(INDEX({self._column(source)},{match}),"")'
            sheet.write_formula(at, column, formula, look, plain(value))
        ends = [f"INDEX({self._column(column)},{match})" for column in (self.score, self.rests_on)]
        rows = [f"INDEX({self._block(b)},{match},0)" for b in range(len(self.blocks))]
        for j in range(self.c):
            cells = [f"INDEX({self._column(BEFORE + (b + 1) * self.c + j)},{match})" for b in range(len(self.blocks))]
            part = self.steps.part(rows, cells, self._weight(j, "E"), *ends)
            brought = float(np.nan_to_num(parts[i, j]))
            sheet.write_formula(at, 8 + j, f'=IFERROR({part},"")', self.look.score, brought)

    def notes(self, lines: Lines) -> None:
        """Write what the numbers are, whence they come and what they cannot say."""
        self.notes_sheet.set_column(0, 0, 26)
        self.notes_sheet.set_column(1, 1, 110)
        for row, (title, words) in enumerate(lines):
            self.notes_sheet.write_string(row, 0, plain(title), self.look.bold)
            self.notes_sheet.write_string(row, 1, plain(words), self.look.wrapped)

    def _at(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(row, column))

    def _across(self, row: int, block: int, fixed: bool = False) -> str:
        """Name the cells of a row in a block; block 0 holds the values themselves."""
        ends = (BEFORE + block * self.c, BEFORE + (block + 1) * self.c - 1)
        return ":".join(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed) for column in ends)

    def _column(self, column: int, sheet: str = f"{SUMS}!") -> str:
        return f"{sheet}{xl_range_abs(FIRST_ROW, column, FIRST_ROW + self.n - 1, column)}"

    def _block(self, b: int) -> str:
        first = BEFORE + (b + 1) * self.c
        return f"{SUMS}!{xl_range_abs(FIRST_ROW, first, FIRST_ROW + self.n - 1, first + self.c - 1)}"

    def _weight(self, j: int, column: str) -> str:
        return f"{WEIGHTS}!${column}${FIRST_CRITERION + j + 1}"


def _given(value: float) -> float | str:
    return float(value) if np.isfinite(value) else ""
