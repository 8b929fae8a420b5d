"""CSV and XLSX: tables whose coordinates stand in columns, read as text."""

import codecs
import csv
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.csv as pacsv

from layers.reading.guards import unguarded, without_guards
from layers.reading.refusal import FileRefusedError
from layers.reading.source import CHUNK_ROWS, REASON, ROW_NUMBER, Chunk, Source, chunk

BLOCK_BYTES = 8_000_000
DELIMITERS = ",;\t|"
MOST_COLUMNS = 500
LONGEST_HEADER = 100_000  # characters
ENCODINGS = ("utf-8-sig", "cp1252")


def open_csv(path: Path) -> Source:
    """Open a CSV with a header line; delimiter and encoding are told from its beginning."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline(LONGEST_HEADER)
    if len(header) == LONGEST_HEADER:
        raise FileRefusedError(f"Baris pertama {path.name} terlalu panjang untuk nama kolom. Apakah ini berkas CSV?")
    delimiter = max(DELIMITERS, key=header.count)
    columns = _header(next(csv.reader([header], delimiter=delimiter)))
    broken: list[tuple[int, str]] = []
    chunks = _csv_chunks(path, encoding, delimiter, columns, broken)
    return Source(columns, _lines(path) - 1, chunks, broken=broken)


def _csv_chunks(
    path: Path, encoding: str, delimiter: str, columns: tuple[str, ...], broken: list[tuple[int, str]]
) -> Iterator[Chunk]:
    def refuse(row: pacsv.InvalidRow) -> str:
        """Keep a line that cannot be cut into the columns."""
        broken.append((int(row.number or 0) - 1, str(row.text)))
        return "skip"

    reading = pacsv.ReadOptions(
        use_threads=False, block_size=BLOCK_BYTES, column_names=columns, skip_rows=1, encoding=encoding
    )
    parsing = pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refuse)
    as_text = pacsv.ConvertOptions(
        column_types=dict.fromkeys(columns, pa.string()), null_values=[""], strings_can_be_null=True
    )
    first = 1
    try:
        for batch in pacsv.open_csv(path, reading, parsing, as_text):
            rows = pa.Table.from_batches([batch])
            numbers = _numbers(first, len(rows), broken)
            yield chunk(without_guards(rows), numbers)
            first = int(numbers[-1]) + 1 if len(numbers) else first
    except (pa.ArrowInvalid, UnicodeDecodeError) as problem:
        raise FileRefusedError(
            f"Berkas CSV {path.name} rusak setelah baris {first}: periksa tanda kutip dan hurufnya di sana."
        ) from problem


def _numbers(first: int, count: int, broken: list[tuple[int, str]]) -> np.ndarray:
    """Number rows from the first on, without the broken ones; the reader tells of those before it gives their block."""
    between = [number for number, _ in broken if number >= first]
    return np.setdiff1d(np.arange(first, first + count + len(between)), between)[:count]


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(1_000_000)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ENCODINGS:
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or 1


def _header(cells: Any) -> tuple[str, ...]:
    names = [str(cell or "").strip().strip("\ufeff") or f"kolom_{i}" for i, cell in enumerate(cells, 1)]
    if len(names) > MOST_COLUMNS:
        raise FileRefusedError(f"Tabel ini punya {len(names)} kolom; paling banyak {MOST_COLUMNS}.")
    if {ROW_NUMBER, REASON} <= set(names):
        names = [unguarded(name) for name in names]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise FileRefusedError(f"Nama kolom ganda: {', '.join(sorted(doubled))}. Beri nama yang berbeda.")
    return tuple(names)


def sheet_names(path: Path) -> list[str]:
    """Name the sheets of a workbook."""
    return list(_book(path).sheetnames)


def _book(path: Path) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
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
    columns = _header(first)
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
