"""CSV, XLSX and OSM extracts, read in a process of its own: whatever such a file holds, only that process meets it."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from layers.reading.process import Reading, started
from layers.reading.source import Chunk, Source
from layers.settings import ROOT

PROGRAM = Path(__file__).with_name("apart_process.py")


@contextmanager
def read_apart(what: str, path: Path, *arguments: Any) -> Iterator[Source]:
    """Open a "csv", "xlsx" or "osm" file with the further arguments that its format takes.

    Raises FileRefusedError where the file is refused, damaged, or takes more than its reader may, also while its rows
    are read.
    """
    with _started(what, path, *arguments) as reading:
        head = reading.head()
        _, batches = reading.stream()
        broken: list[tuple[int, str]] = []
        chunks = _chunks(reading, batches, head["has_geometry"], broken)
        yield Source(tuple(head["columns"]), head["rows"], chunks, head["crs"], head["has_geometry"], broken)


def sheets_apart(path: Path) -> list[str]:
    """Name the sheets of a workbook; raises FileRefusedError where it is damaged."""
    with _started("sheets", path) as reading:
        names: list[str] = reading.head()
        return names


def _started(what: str, path: Path, *arguments: Any) -> AbstractContextManager[Reading]:
    words = (what, str(path.absolute()), json.dumps(arguments))
    return started(PROGRAM, *words, environment={"PYTHONPATH": str(ROOT)})


def _chunks(
    reading: Reading, batches: Iterator[pa.RecordBatch], has_geometry: bool, broken: list[tuple[int, str]]
) -> Iterator[Chunk]:
    """Give the chunks as they were read: their numbers stand in the first column, their geometry in the second."""
    for batch in batches:
        rows = pa.Table.from_batches([batch])
        broken += [(number, line) for number, line in json.loads(reading.note)]
        if not len(rows):
            continue
        numbers = np.asarray(rows.column(0).to_numpy(), dtype=np.int64)
        shapes = shapely.from_wkb(rows.column(1).to_numpy(zero_copy_only=False)) if has_geometry else None
        yield Chunk(rows.select(range(1 + has_geometry, rows.num_columns)), numbers, shapes)
