"""Where rows lie: from columns, ends or geometry in any CRS to geometry in EPSG:4326."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from layers.reading.mapping import FileMap
from layers.reading.notation import degrees
from layers.reading.refusal import FileRefusedError, Kind
from layers.reading.rows import Rows
from layers.reading.source import Source
from layers.reading.values import as_numbers
from layers.reading.working_area import WorkingArea
from layers.reading.zones import explain_metres, look_like_degrees

GEOGRAPHIC = "EPSG:4326"
NO_PLACE = "Koordinat kosong. Isi bujur dan lintang."


@dataclass(frozen=True)
class Reference:
    """The CRS of a file: whether its numbers are degrees of longitude and latitude, and how to get to EPSG:4326."""

    geographic: bool
    transform: Callable[[np.ndarray], np.ndarray] | None


def reference(source: Source, file_map: FileMap, stated: str) -> Reference:
    """Settle the CRS: as the person says, else as the mapping says, else as the file says; columns are degrees.

    Raises FileRefusedError where none is known.
    """
    in_columns = bool(file_map.place.lon or file_map.place.start or file_map.place.key)
    name = stated or file_map.place.crs or (GEOGRAPHIC if in_columns else source.crs)
    if not name:
        raise FileRefusedError(
            "Berkas tidak menyebut sistem koordinatnya (berkas .prj tidak ada?). Sebutkan dengan --crs,"
            " misalnya --crs EPSG:4326 untuk derajat atau --crs EPSG:32748 untuk UTM 48S."
        )
    try:
        crs = CRS.from_user_input(name)
    except CRSError:
        raise FileRefusedError(
            f"Sistem koordinat {name[:60]} tidak dikenal. Sebutkan yang benar dengan --crs."
        ) from None
    if crs.equals(CRS.from_epsg(4326), ignore_axis_order=True):
        return Reference(True, None)
    to_degrees = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
    return Reference(crs.is_geographic, lambda xy: np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1])))


def place(rows: Rows, file_map: FileMap, ref: Reference, area: WorkingArea, first: bool) -> None:
    """Give each row its geometry in EPSG:4326; the first chunk decides whether a file's degrees are metres."""
    if file_map.place.lon:
        shapes = _points(rows, file_map.place.lon, file_map.place.lat)
    elif file_map.place.start and file_map.place.end:
        shapes = _straight_lines(rows, file_map.place.start, file_map.place.end)
    elif rows.chunk.geometry is not None:
        shapes = shapely.force_2d(rows.chunk.geometry)
    else:
        raise FileRefusedError(
            "Berkas ini tidak berisi letak: tidak ada titik, garis, atau bidang, dan tidak ada kolom koordinat."
            f" Kolom berkas: {', '.join(rows.chunk.rows.column_names)}."
        )
    rows.refuse(shapely.is_missing(shapes) | shapely.is_empty(shapes), Kind.MISSING_PLACE, NO_PLACE)
    if first and ref.geographic:
        _expect_degrees(shapes[rows.good], area)
    rows.geometry = shapes if ref.transform is None else shapely.transform(shapes, ref.transform)


def _expect_degrees(shapes: np.ndarray, area: WorkingArea) -> None:
    west, south, _, _ = shapely.bounds(shapes).T
    if not look_like_degrees(west, south):
        raise FileRefusedError(explain_metres(west, south, area))


def _points(rows: Rows, lon: str, lat: str) -> np.ndarray:
    x, y = _coordinates(rows, lon), _coordinates(rows, lat)
    shapes = np.full(len(x), None, dtype=object)
    there = np.isfinite(x) & np.isfinite(y)
    shapes[there] = shapely.points(x[there], y[there])
    return shapes


def _straight_lines(rows: Rows, start: tuple[str, str], end: tuple[str, str]) -> np.ndarray:
    ends = np.column_stack([_coordinates(rows, column) for column in (*start, *end)]).reshape(-1, 2, 2)
    shapes = np.full(len(ends), None, dtype=object)
    there = np.isfinite(ends).all(axis=(1, 2))
    shapes[there] = shapely.linestrings(ends[there])
    return shapes


def _coordinates(rows: Rows, column: str) -> np.ndarray:
    numbers, unread = as_numbers(rows.chunk.column(column), degrees)
    rows.refuse(
        unread,
        Kind.UNREADABLE_PLACE,
        lambda i: f"Kolom {column}: “{rows.text(column, i)}” bukan koordinat. Tulis misalnya -4,8256 atau 4°49'32\"S.",
    )
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=float)
