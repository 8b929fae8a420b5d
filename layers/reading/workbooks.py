"""XLSX: sheets whose coordinates stand in columns, read as text."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from layers.reading.guards import without_guards
from layers.reading.refusal import FileRefusedError
from layers.reading.source import CHUNK_ROWS, Chunk, Source, chunk
from layers.reading.tables import header


def sheet_names(path: Path) -> list[str]:
    """Name the sheets of a workbook."""
    return list(_book(path).sheetnames)


def _book(path: Path) -> openpyxl.Workbook:
    try:
        file = path.open("rb")  # of a path it asks for an ending, which files from the browser do not have
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, OSError) as problem:
        raise FileRefusedError(f"Berkas XLSX {path.name} rusak. Simpan ulang dari program asalnya.") from problem


def open_xlsx(path: Path, sheet: str) -> Source:
    """Open one sheet of a workbook, the first unless named; its first row is the header."""
    book = _book(path)
    if sheet and sheet not in book.sheetnames:
        raise FileRefusedError(f"Lembar {sheet} tidak ada. Pilih dengan --layer: {', '.join(book.sheetnames)}.")
    lines = book[sheet or book.sheetnames[0]].iter_rows(values_only=True)
    first = next(lines, None)
    if first is None:
        raise FileRefusedError(f"Lembar pertama {path.name} kosong.")
    columns = header(first)
    total = max((book[sheet or book.sheetnames[0]].max_row or 1) - 1, 0)
    return Source(columns, total, _xlsx_chunks(lines, columns))


def _xlsx_chunks(lines: Iterator[tuple[Any, ...]], columns: tuple[str, ...]) -> Iterator[Chunk]:
    kept = ((n, row) for n, row in enumerate(lines, 1) if any(cell is not None for cell in row))
    while block := list(itertools.islice(kept, CHUNK_ROWS)):
        cells = zip(*([*row[: len(columns)], *[None] * (len(columns) - len(row))] for _, row in block), strict=True)
        arrays = [pa.array([_cell(cell) for cell in column], pa.string()) for column in cells]
        yield chunk(without_guards(pa.Table.from_arrays(arrays, names=list(columns))), [n for n, _ in block])


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
