"""An opened file: what columns it has, and its rows in chunks that fit into memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from layers.reading.refusal import FileRefusedError

CHUNK_ROWS = 50_000
ROW_NUMBER = "baris"
REASON = "alasan"
LARGEST_NUMBER = 2**53


@dataclass
class Chunk:
    """Some rows: their columns, the number of each, and their geometry as shapely objects where the file has one."""

    rows: pa.Table
    numbers: np.ndarray
    geometry: np.ndarray | None = None

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def column(self, name: str) -> pa.Array:
        """Give one column as a single Arrow array."""
        return pa.concat_arrays(self.rows.column(name).chunks or [pa.array([], self.rows.schema.field(name).type)])


@dataclass(frozen=True)
class Source:
    """A file that has been opened: its columns, its CRS as stated (empty where it states none), how many rows.

    `broken` grows while the chunks are read: the numbers and texts of rows that could not be cut into columns.
    """

    columns: tuple[str, ...]
    total: int
    chunks: Iterator[Chunk]
    crs: str = ""
    has_geometry: bool = False
    broken: list[tuple[int, str]] = field(default_factory=list)


def chunk(rows: pa.Table, numbers: Any, geometry: np.ndarray | None = None) -> Chunk:
    """Make a chunk; a mended file of refused rows brings its row numbers along, so that rows keep their identity."""
    if {ROW_NUMBER, REASON} <= set(rows.column_names):
        numbers = [_number(said, n) for said, n in zip(rows.column(ROW_NUMBER).to_pylist(), numbers, strict=True)]
        rows = rows.drop_columns([ROW_NUMBER, REASON])
    return Chunk(rows, np.asarray(numbers, dtype=np.int64), geometry)


def _number(said: Any, row: int) -> int:
    try:
        number = float(said)
    except (TypeError, ValueError):
        number = -1
    if not (1 <= number <= LARGEST_NUMBER and number.is_integer()):
        raise FileRefusedError(
            f"Kolom {ROW_NUMBER} pada baris ke-{row} berisi “{'' if said is None else said}”, bukan nomor baris."
            f" Salin kembali nomornya, atau hapus kolom {ROW_NUMBER} dan {REASON}."
        )
    return int(number)
