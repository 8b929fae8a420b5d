"""GeoParquet, and plain Parquet whose coordinates stand in columns."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from layers.reading.process import started
from layers.reading.refusal import FileRefusedError
from layers.reading.source import CHUNK_ROWS, Chunk, Source, chunk

PROGRAM = Path(__file__).with_name("parquet_process.py")


@contextmanager
def open_parquet(path: Path) -> Iterator[Source]:
    """Open a Parquet file; the primary geometry of a GeoParquet file becomes the rows' geometry."""
    with started(PROGRAM, str(path), str(CHUNK_ROWS), environment={}) as reading:
        head = reading.head()
        geo, (schema, batches) = head["geo"], reading.stream()
        shape = geo.get("primary_column", "")
        columns = tuple(n for n in schema.names if n != shape)
        yield Source(columns, head["rows"], _chunks(batches, shape), _crs(geo), bool(shape))


def _chunks(batches: Iterator[pa.RecordBatch], shape: str) -> Iterator[Chunk]:
    first = 1
    for batch in batches:
        rows = pa.Table.from_batches([batch])
        geometry = None
        if shape:
            wkb = rows.column(shape).to_numpy(zero_copy_only=False)
            geometry = shapely.from_wkb(wkb, on_invalid="ignore")
            rows = rows.drop_columns([shape])
        yield chunk(rows, np.arange(first, first + len(rows)), geometry)
        first += len(rows)


def _crs(geo: dict[str, Any]) -> str:
    column = geo.get("columns", {}).get(geo.get("primary_column"), {})
    if column.get("encoding", "WKB") != "WKB":
        raise FileRefusedError("Letak dalam GeoParquet ini ditulis dengan cara lain; simpan ulang dengan WKB.")
    crs = column.get("crs", "OGC:CRS84")
    return json.dumps(crs) if isinstance(crs, dict) else str(crs or "")
