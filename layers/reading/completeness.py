"""What must be right about a row's values: required fields are filled, codes are free, known, and in the area."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from layers.layer import Layer
from layers.reading.incoming import readable_columns
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.working_area import WorkingArea

CODE = "code"


def check_required(rows: Rows, layer: Layer, named: tuple[str, ...]) -> None:
    """Refuse rows that lack what the layer's table requires, or the fields by which people call such things."""
    required = (c.name for c in readable_columns(layer) if not c.nullable and c.server_default is None)
    for name in (*required, *named):
        values = rows.values.get(name)
        empty = np.ones(len(rows.chunk), bool) if values is None else values.is_null().to_numpy(zero_copy_only=False)
        title = layer.by_name[name].title.id
        rows.refuse(empty, Kind.MISSING_VALUE, f"Isian {title} kosong, padahal wajib diisi.")


def check_codes(rows: Rows, area: WorkingArea) -> None:
    """Refuse rows whose area code does not belong to the working area."""
    outside = ~area.names(rows.values[CODE])
    rows.refuse(
        outside, Kind.OUTSIDE, lambda i: f"Kode {rows.values[CODE][i]} tidak termasuk wilayah kerja: {area.name}."
    )


def check_free(rows: Rows, name: str, held: Mapping[str, tuple[str, str]], source: str, seen: set[str]) -> None:
    """Refuse rows whose unique code another row holds: in this file, or on the map from another source."""
    codes = rows.values[name].to_pylist()
    ours = [held.get(code, (source, row_id)) == (source, row_id) for code, row_id in zip(codes, rows.ids, strict=True)]
    rows.refuse(
        ~np.array(ours, bool), Kind.TAKEN, lambda i: f"Kode {codes[i]} sudah ada dari sumber {held[codes[i]][0]}."
    )
    doubled = np.zeros(len(codes), bool)
    for i in np.flatnonzero(rows.good):
        doubled[i] = codes[i] in seen
        seen.add(codes[i])
    rows.refuse(doubled, Kind.DUPLICATE, lambda i: f"Kode {codes[i]} sudah dipakai baris lain sebelumnya dalam berkas.")


def check_found(rows: Rows, name: str, held: Mapping[str, tuple[str, str]]) -> None:
    """Refuse rows that name a feature which is not on the map."""
    found = pc.is_in(rows.values[name], pa.array(list(held), pa.string()))
    rows.refuse(
        ~found.to_numpy(zero_copy_only=False),
        Kind.NOT_FOUND,
        lambda i: f"Kode {rows.values[name][i]} belum ada di peta. Impor batasnya dulu.",
    )
