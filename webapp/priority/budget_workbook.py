"""A choice of works as a workbook: its sums by formula over the works, the curve as a chart, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext
from sqlalchemy import Connection

from layers.exporting.cells import plain
from layers.exporting.notes import SAMPLE_NOTICE
from webapp.frame import home_regency
from webapp.language import in_language, moment
from webapp.priority.budget_answer import Chosen, Year

WORKS = "Pekerjaan"  # the sheet that formulas speak of
WHOLE = "#,##0"  # of rupiah and of minutes
Cells = Sequence[Any]


def write(connection: Connection, told: dict[str, Any]) -> bytes:
    """Write the workbook from what the report has gathered."""
    home = home_regency(connection)
    head = [told["heading"], f"{home.name if home else ''} – {moment(told['made'])}"]
    head += [in_language(SAMPLE_NOTICE)] if told["sampled"] else []
    head += [gettext("Harga contoh: hanya percobaan, bukan dasar keputusan.")] if told["answer"]["made_up"] else []
    body = BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = _Sheets(book)
        sheets.sums(head, told["years"], told["answer"])
        sheets.works([(year.year, work) for year in told["years"] for work in year.works])
        sheets.curve(told["answer"]["curve"])
        if told["rules"]:
            sheets.lines(gettext("Aturan"), _rules(told["rules"]))
        if told["answer"]["pick"]:
            sheets.lines(gettext("Pilihan sendiri"), _pick(told["answer"]["pick"], told["names"]))
        sheets.lines(gettext("Dasar"), _basis(told))
        sheets.lines(gettext("Keterangan"), _notes(told), headings=0)
    return body.getvalue()


class _Sheets:
    """A workbook whose sheets are written one after the other, the sums first."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.amount = book.add_format({"num_format": WHOLE, "valign": "top"})

    def sums(self, head: Iterable[str], years: Sequence[Year], answer: Mapping[str, Any]) -> None:
        """Write what each year spends and brings, summed from the works, beside the best by sums."""
        sheet = self.book.add_worksheet(gettext("Ringkasan"))
        at = self._rows(sheet, 0, [[line] for line in head], bold=1) + 1
        titles = [gettext("Tahun"), gettext("Anggaran, Rp"), gettext("Biaya, Rp"), gettext("Sisa, Rp")]
        titles += [gettext("Manfaat bersama"), gettext("Jumlah manfaat satu-satu"), gettext("Terhitung lebih")]
        first = self._rows(sheet, at, [titles], bold=1)
        for i, year in enumerate(years):
            self._year(sheet, first + i, year, sum(len(each.works) for each in years))
        last = first + len(years)
        sheet.write_string(last, 0, gettext("Jumlah"), self.bold)
        totals = [sum(getattr(year, name) for year in years) for name in ("budget", "cost", "delivered", "claimed")]
        given = (totals[0], totals[1], totals[0] - totals[1], totals[2], totals[3], totals[3] - totals[2])
        for column, value in enumerate(given, 1):
            letter = "ABCDEFG"[column]
            sheet.write_formula(last, column, f"=SUM({letter}{first + 1}:{letter}{last})", self.amount, value)
        if by_sums := answer["by_sums"]:
            line = [gettext("Menurut jumlah satu-satu"), None, by_sums["cost"], None]
            self._rows(sheet, last + 2, [[*line, by_sums["delivered"], by_sums["claimed"]]])
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 6, 18)

    def _year(self, sheet: Any, row: int, year: Year, works: int) -> None:
        end = max(works, 1) + 1
        mine = f"SUMIF({WORKS}!$A$2:$A${end},A{row + 1},{WORKS}!$%s$2:$%s${end})"
        sheet.write_number(row, 0, year.year)
        sheet.write_number(row, 1, year.budget, self.amount)
        sheet.write_formula(row, 2, f"={mine % ('E', 'E')}", self.amount, year.cost)
        sheet.write_formula(row, 3, f"=B{row + 1}-C{row + 1}", self.amount, year.budget - year.cost)
        sheet.write_number(row, 4, year.delivered, self.amount)
        sheet.write_formula(row, 5, f"={mine % ('F', 'F')}", self.amount, year.claimed)
        sheet.write_formula(row, 6, f"=F{row + 1}-E{row + 1}", self.amount, year.claimed - year.delivered)

    def works(self, chosen: Sequence[tuple[int, Chosen]]) -> None:
        """Write the works, a row each, with cost and what each brings alone."""
        sheet = self.book.add_worksheet(WORKS)
        titles = [gettext("Tahun"), gettext("Nomor"), gettext("Pekerjaan"), gettext("Penanganan"), gettext("Biaya, Rp")]
        titles += [gettext("Manfaat sendirian, orang-menit/bulan"), gettext("Kunci")]
        rows = [[year, one.number, one.name, one.treatment, one.cost, one.alone, one.key] for year, one in chosen]
        self._rows(sheet, 0, [titles, *rows], bold=1)
        sheet.set_column(2, 3, 34)
        sheet.set_column(4, 6, 18)
        sheet.freeze_panes(1, 3)

    def curve(self, spots: Sequence[Mapping[str, Any]]) -> None:
        """Write what more or less money would bring, with its chart; a budget without any plan has no benefit."""
        name = gettext("Kurva")
        sheet = self.book.add_worksheet(name)
        titles = [gettext("Anggaran, Rp"), gettext("Manfaat bersama, orang-menit/bulan")]
        self._rows(sheet, 0, [titles, *([spot["budget"], spot["delivered"]] for spot in spots)], bold=1)
        sheet.set_column(0, 1, 24)
        chart = self.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
        ends = {"categories": [name, 1, 0, len(spots), 0], "values": [name, 1, 1, len(spots), 1]}
        chart.add_series({**ends, "line": {"color": "#0B6E69"}, "marker": {"type": "circle", "size": 7}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"name": titles[0], "min": 0, "num_format": WHOLE})
        chart.set_y_axis({"name": titles[1], "min": 0, "num_format": WHOLE})
        sheet.insert_chart("D2", chart)

    def lines(self, name: str, rows: Iterable[Cells], headings: int = 1) -> None:
        """Write a sheet of plain lines, the first of them headings."""
        sheet = self.book.add_worksheet(name)
        self._rows(sheet, 0, rows, bold=headings)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 6, 26)
        sheet.set_column(1, 1, 60)

    def _rows(self, sheet: Any, at: int, rows: Iterable[Cells], bold: int = 0) -> int:
        """Write rows below each other, and give the row below them."""
        for row, cells in enumerate(rows, at):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, plain(value), self.bold if row < at + bold else self.wrapped)
                elif value is not None:
                    sheet.write_number(
                        row, column, value, self.amount if isinstance(value, float) and value >= 100 else None
                    )
            last = row
        return last + 1


def _rules(rules: Iterable[tuple[str, float | None]]) -> Iterable[Cells]:
    yield [gettext("Aturan"), gettext("Manfaat yang hilang karenanya, orang-menit/bulan")]
    yield from ([words, gettext("tidak dapat dihitung") if cost is None else cost] for words, cost in rules)


def _pick(pick: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[Cells]:
    best = pick["best"]
    yield ["", gettext("Pilihan sendiri"), gettext("Yang terbaik untuk uang yang sama")]
    yield [gettext("Biaya, Rp"), pick["cost"], best and best["cost"]]
    yield [gettext("Manfaat bersama, orang-menit/bulan"), pick["delivered"], best and best["delivered"]]
    for rule in pick["broken"]:
        yield [gettext("Melanggar"), rule]
    yield []
    yield [gettext("Pekerjaan"), gettext("Hilang tanpanya, orang-menit/bulan")]
    yield from ([names.get(one["key"], one["key"]), one["adds"]] for one in pick["works"])
    if best:
        yield []
        yield [gettext("Yang terbaik untuk uang yang sama"), gettext("Biaya, Rp")]
        yield from ([names.get(one["key"], one["key"]), one["cost"]] for one in best["works"])


def _basis(told: Mapping[str, Any]) -> Iterable[Cells]:
    yield [gettext("Penanganan"), gettext("Sumber"), gettext("Rupiah per km"), gettext("Tanggal")]
    for price in told["prices"]:
        yield [price.name, price.source, price.rp_per_km, price.stated_on.isoformat()]
    yield []
    yield [gettext("Menuju"), gettext("Sumber"), gettext("Perjalanan sebulan"), gettext("Paling lama, menit")]
    for one in told["trips"]:
        yield [in_language(told["titles"][one.kind]), one.source, one.trips, one.longest_min]


def _notes(told: Mapping[str, Any]) -> Iterable[Cells]:
    yield from ([gettext("Cara memilih"), words] for words in told["method"])
    yield from ([gettext("Batas"), words] for words in told["limits"])
    yield from told["versions"]
