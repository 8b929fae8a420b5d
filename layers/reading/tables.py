"""CSV: tables whose coordinates stand in columns, read as text."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from layers.reading.guards import unguarded, without_guards
from layers.reading.refusal import FileRefusedError
from layers.reading.source import REASON, ROW_NUMBER, Chunk, Source, chunk

BLOCK_BYTES = 8_000_000
DELIMITERS = ",;\t|"
MOST_COLUMNS = 500
LONGEST_HEADER = 100_000  # characters
ENCODINGS = ("utf-8-sig", "cp1252")


def open_csv(path: Path) -> Source:
    """Open a CSV with a header line; delimiter and encoding are told from its beginning."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(LONGEST_HEADER)
    if len(first) == LONGEST_HEADER:
        raise FileRefusedError(f"Baris pertama {path.name} terlalu panjang untuk nama kolom. Apakah ini berkas CSV?")
    delimiter = max(DELIMITERS, key=first.count)
    columns = header(next(csv.reader([first], delimiter=delimiter)))
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


def header(cells: Any) -> tuple[str, ...]:
    """Name the columns by the cells of the first row; raises FileRefusedError where two have the same name."""
    names = [str(cell or "").strip().strip("\ufeff") or f"kolom_{i}" for i, cell in enumerate(cells, 1)]
    if len(names) > MOST_COLUMNS:
        raise FileRefusedError(f"Tabel ini punya {len(names)} kolom; paling banyak {MOST_COLUMNS}.")
    if {ROW_NUMBER, REASON} <= set(names):
        names = [unguarded(name) for name in names]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise FileRefusedError(f"Nama kolom ganda: {', '.join(sorted(doubled))}. Beri nama yang berbeda.")
    return tuple(names)
