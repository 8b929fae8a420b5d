"""What is in a file that somebody has brought: its layers or sheets, their columns, and what stands in them."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.reading.detection import Format, detect
from layers.reading.mapping import mended
from layers.reading.opening import opened, parts
from layers.reading.refusal import FileRefusedError
from layers.reading.source import Chunk, Source
from layers.reading.values import as_text

MOST_PARTS = 20
MOST_COLUMNS = 120
SAMPLES, LONGEST_SAMPLE = 4, 60
SAMPLED_ROWS = 2_000
LOOSE_SHAPEFILE = (
    "Shapefile terdiri atas beberapa berkas: masukkan semuanya (.shp, .shx, .dbf, .prj) ke satu berkas ZIP,"
    " lalu kirim ZIP itu."
)


def look(path: Path) -> dict[str, Any]:
    """Tell what is in a file, as JSON that pages show; raises FileRefusedError where it is not taken at all."""
    form = detect(path)
    if form is Format.SHAPEFILE:
        raise FileRefusedError(LOOSE_SHAPEFILE)
    if form is Format.OSM_PBF:
        return {"format": form.value, "parts": [], "left_out": 0}
    names = parts(path, form)
    found = [_part(path, form, name) for name in names[:MOST_PARTS]]
    if all(part["problem"] for part in found):
        raise FileRefusedError(found[0]["problem"] if found else "Berkas ini tidak berisi lapisan dengan data.")
    return {"format": form.value, "parts": found, "left_out": max(len(names) - MOST_PARTS, 0)}


def _part(path: Path, form: Format, name: str) -> dict[str, Any]:
    """Tell what one layer or sheet holds; one that cannot be read says why, and the others still serve."""
    blank = {"rows": 0, "crs": "", "has_geometry": False, "shapes": [], "columns": [], "left_out": 0, "mended": False}
    try:
        with opened(path, form, name) as source:
            return blank | _told(source) | {"name": name, "problem": ""}
    except FileRefusedError as refusal:
        return blank | {"name": name, "problem": str(refusal).replace("\x00", "")}


def _told(source: Source) -> dict[str, Any]:
    first = next(source.chunks, None)
    names = source.columns if first is None else tuple(first.rows.column_names)
    geometry = None if first is None else first.geometry
    types = () if geometry is None else np.unique(shapely.get_type_id(geometry[:SAMPLED_ROWS]))
    return {
        "rows": source.total,
        "crs": _name(source.crs),
        "has_geometry": source.has_geometry,
        "shapes": [int(kind) for kind in types if kind >= 0],
        "columns": [{"name": column, "samples": _samples(first, column)} for column in names[:MOST_COLUMNS]],
        "left_out": max(len(names) - MOST_COLUMNS, 0),
        "mended": mended(source.columns),
    }


def _name(stated: str) -> str:
    """Name a CRS as people do; one that is not known by the beginning of what the file says."""
    try:
        return clean(CRS.from_user_input(stated).name) if stated else ""
    except CRSError:
        return clean(stated)


def _samples(first: Chunk | None, column: str) -> list[str]:
    """Give some values of a column that differ, shortened."""
    if first is None:
        return []
    cells = first.rows.slice(0, SAMPLED_ROWS).column(column)
    said = as_text(pa.concat_arrays(cells.chunks or [pa.array([], cells.type)]))
    return [clean(value) for value in said.drop_null().unique().to_pylist()[:SAMPLES]]


def clean(text: str) -> str:
    """Make a text one that JSON in the database can hold, no longer than a line."""
    return text.replace("\x00", "")[:LONGEST_SAMPLE].encode("utf-8", "replace").decode()
