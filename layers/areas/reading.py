"""What files from outside say about areas: the ministry's code tells level and parent."""

import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import Geod

from layers.areas.acts import adopt, settle
from layers.reading.meaning import Meaning
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.values import as_text

CODE = r"^(\d{2})\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?$"
DOTTED = r"^\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?$"
LEVELS = {5: "kabupaten", 8: "kecamatan"}
GEOD = Geod(ellps="WGS84")


def complete(rows: Rows) -> None:
    """Write codes with dots, and derive level, parent and area from code and shape."""
    if "code" not in rows.values:
        rows.values["code"] = pa.nulls(len(rows.chunk), pa.string())
    codes = _dotted(as_text(rows.values["code"]))
    readable = pc.fill_null(pc.match_substring_regex(codes, DOTTED), False).to_numpy(zero_copy_only=False)
    said = pc.is_valid(codes).to_numpy(zero_copy_only=False)
    rows.refuse(
        said & ~readable,
        Kind.UNREADABLE_VALUE,
        lambda i: f"Kode {codes[i]} bukan kode kabupaten (18.03), kecamatan (18.03.01), atau desa (18.03.01.2001).",
    )
    rows.values["code"] = codes
    rows.values["level"] = pa.array([_level(code) for code in codes.to_pylist()], pa.string())
    rows.values["parent_code"] = pa.array([code and (code.rpartition(".")[0] or None) for code in codes.to_pylist()])
    sizes = [_size_km2(shape) if good else None for shape, good in zip(rows.geometry, rows.good, strict=True)]
    rows.values["area_km2"] = pa.array(sizes, pa.float64())


def _dotted(codes: pa.Array) -> pa.Array:
    spaced = pc.replace_substring_regex(codes, CODE, r"\1.\2.\3.\4")
    return pc.utf8_rtrim(spaced, ".")


def _level(code: str | None) -> str | None:
    """Tell the level by law: the last part of a village's code begins with 1 for a kelurahan, 2 or 3 for a desa."""
    if code is None or len(code) in LEVELS:
        return code and LEVELS[len(code)]
    return "kelurahan" if code.rpartition(".")[2].startswith("1") else "desa"


def _size_km2(shape: shapely.Geometry | None) -> float | None:
    if shape is None:
        return None
    return round(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6, 3)


MEANING = Meaning(
    columns={
        "name": ("nama", "namobj"),
        "code": ("kode", "kode_kemendagri", "kode_desa", "kdepum", "kdcpum", "kdppum"),
        "bps_code": ("kode_bps", "kdebps", "kdcbps", "kdpbps"),
        "population": ("penduduk", "jumlah_penduduk"),
        "checked_on": ("diperiksa",),
    },
    derived=("code", "level", "parent_code", "area_km2"),
    complete=complete,
    beforehand=adopt,
    afterwards=settle,
    placed_by_code=True,
    named=("name",),
)
