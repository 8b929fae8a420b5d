"""The process that CSV, XLSX and OSM extracts are read in: they may be damaged in any way, and unfold to anything.

Started as a plain script by layers.reading.apart. On standard output: one line of JSON about the file, then an Arrow
stream of its rows, each with its number, its geometry as WKB where the file has some, and its columns.
"""

import json
import sys
from importlib import import_module
from importlib.abc import MetaPathFinder
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import shapely

from layers.reading.process import NOTE, REFUSING
from layers.reading.refusal import FileRefusedError
from layers.reading.source import Chunk, Source

READERS = {
    "csv": ("tables", "open_csv"),
    "xlsx": ("workbooks", "open_xlsx"),
    "sheets": ("workbooks", "sheet_names"),
    "osm": ("osm", "open_pbf"),
}
LARGEST_BATCH_BYTES = 300_000_000


class WithoutPandas(MetaPathFinder):
    """Keeps pandas out, which pyarrow would bring along without need: most of the time that a small file takes."""

    def find_spec(self, name: str, *_: Any) -> None:
        """Say that there is no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main(what: str, path: str, arguments: str) -> None:
    """Stream a file, or name the "sheets" of a workbook; what it is refused for is said on standard error."""
    sys.meta_path.insert(0, WithoutPandas())
    module, name = READERS[what]
    output = sys.stdout.buffer
    try:
        found = getattr(import_module(f"layers.reading.{module}"), name)(Path(path), *json.loads(arguments))
        if isinstance(found, Source):
            _stream(output, found)
        else:
            _tell(output, found)
    except FileRefusedError as refusal:
        sys.stderr.write(json.dumps(str(refusal)))
        sys.exit(REFUSING)


def _tell(output: BinaryIO, said: object) -> None:
    output.write(json.dumps(said).encode() + b"\n")
    output.flush()


def _stream(output: BinaryIO, source: Source) -> None:
    keys = ("columns", "crs", "has_geometry")
    _tell(output, {"rows": source.total, **{key: getattr(source, key) for key in keys}})
    held = next(source.chunks, None)
    first = _batch(_nothing(source) if held is None else held)
    after_all = first.slice(0, 0)  # tells which lines were broken after the last row
    told = 0
    with pa.ipc.new_stream(output, first.schema) as stream:
        for batch in chain([first], map(_batch, source.chunks), [after_all]):
            note, told = json.dumps(source.broken[told:]), len(source.broken)
            stream.write_batch(batch, custom_metadata={NOTE: note})
            output.flush()


def _nothing(source: Source) -> Chunk:
    """Stand for the rows of a file that has none."""
    return Chunk(pa.table({name: pa.array([], pa.string()) for name in source.columns}), pa.array([], pa.int64()))


def _batch(chunk: Chunk) -> pa.RecordBatch:
    shapes = [] if chunk.geometry is None else [pa.array(shapely.to_wkb(chunk.geometry), pa.binary())]
    columns = [chunk.column(name) for name in chunk.rows.column_names]
    names = ["@nomor", *["@letak"] * len(shapes), *chunk.rows.column_names]
    arrays = [pa.array(chunk.numbers, pa.int64()), *shapes, *columns]
    batch = pa.RecordBatch.from_arrays(arrays, names=names)
    if batch.nbytes > LARGEST_BATCH_BYTES:
        raise MemoryError(f"{batch.num_rows} rows hold {batch.nbytes} bytes")
    return batch


if __name__ == "__main__":
    main(*sys.argv[1:])
