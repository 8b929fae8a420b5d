"""By what a row is known again when its file comes a second time."""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from layers.reading.mapping import CONTENT, NUMBER, FileMap
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.values import as_text

GRID_DEGREES = 1e-7  # about 1 cm: less is noise of formats and transformations


def identify(rows: Rows, file_map: FileMap, seen: set[str]) -> None:
    """Give each row its source id, and refuse rows without one or with one that the file has used before."""
    what = ", ".join(file_map.id)
    if file_map.id == (CONTENT,):
        rows.ids = _content(rows)
    else:
        parts = [_part(rows, column) for column in file_map.id]
        joined = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "/")
        rows.ids = joined.to_numpy(zero_copy_only=False)
        empty = joined.is_null().to_numpy(zero_copy_only=False)
        rows.refuse(empty, Kind.MISSING_VALUE, f"Pengenal baris ({what}) kosong.")
    rows.refuse(_doubled(rows, seen), Kind.DUPLICATE, lambda i: _twice(what, rows.ids[i]))


def _part(rows: Rows, column: str) -> pa.Array:
    if column == NUMBER:
        return as_text(pc.cast(rows.chunk.numbers, "string"))
    return as_text(rows.chunk.column(column))


def _content(rows: Rows) -> np.ndarray:
    """Hash what a row says: its geometry to the centimetre and its values."""
    shapes = shapely.to_wkb(shapely.set_precision(rows.geometry, GRID_DEGREES, mode="pointwise"))
    columns = [as_text(rows.values[name]).to_pylist() for name in sorted(rows.values)]
    lines = zip(shapes, *columns, strict=True)
    return np.array([_hash(shape, values) for shape, *values in lines], dtype=object)


def _hash(shape: bytes | None, values: list[str | None]) -> str:
    return hashlib.blake2b((shape or b"") + repr(values).encode(), digest_size=10).hexdigest()


def _doubled(rows: Rows, seen: set[str]) -> np.ndarray:
    doubled = np.zeros(len(rows.ids), bool)
    new = set(rows.ids[rows.good])
    if len(new) == rows.good.sum() and seen.isdisjoint(new):
        seen |= new
        return doubled
    for i in np.flatnonzero(rows.good):
        if rows.ids[i] in seen:
            doubled[i] = True
        seen.add(rows.ids[i])
    return doubled


def _twice(what: str, value: str) -> str:
    if what == CONTENT:
        return "Baris ini sama persis dengan baris lain sebelumnya dalam berkas."
    return f"Pengenal {value} ({what}) sudah dipakai baris lain sebelumnya dalam berkas."
