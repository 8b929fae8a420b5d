"""What must be right about a row's place: on the globe, in the working area, of the layer's kind, and a valid shape."""

from collections.abc import Callable

import numpy as np
import shapely

from layers.layer import Geometry
from layers.reading.measures import straight_km
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.shapes import fault
from layers.reading.working_area import FAR_KM, WorkingArea

HARMLESS = 0.01  # a repair may change an area's size by this share
TYPES = {
    "Point": (0, 4),
    "MultiLineString": (1, 2, 5),
    "MultiPolygon": (3, 6),
    "Geometry": (0, 1, 2, 3, 4, 5, 6),
}
MULTIPLE = {"MultiLineString": (1, shapely.multilinestrings), "MultiPolygon": (3, shapely.multipolygons)}
NAMES = ("titik", "garis", "garis", "bidang", "titik jamak", "garis jamak", "bidang jamak", "kumpulan")
NEEDED = {
    "Point": "titik",
    "MultiLineString": "garis",
    "MultiPolygon": "bidang",
    "Geometry": "titik, garis, atau bidang",
}


def check_position(rows: Rows, area: WorkingArea) -> None:
    """Refuse rows that lie nowhere, off the globe or outside the working area, with the likely mistake as reason."""
    shapes = rows.geometry
    west, south, east, north = shapely.bounds(shapes).T
    x, y = (west + east) / 2, (south + north) / 2
    point = np.equal(shapely.get_type_id(shapes), 0)
    with np.errstate(invalid="ignore"):
        on_globe = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
    inside = on_globe.copy()
    inside[on_globe] = area.holds(x[on_globe], y[on_globe])
    lines = on_globe & ~point & ~inside
    inside[lines] = area.touches(shapes[lines])
    at = _at(x, y)
    rows.refuse((x == 0) | ((y == 0) & ~inside), Kind.ZERO, lambda i: f"Koordinat nol ({at(i)}): isi yang sebenarnya.")
    _check_mistakes(rows, area, x, y, inside)
    rows.refuse(~on_globe, Kind.OUT_OF_RANGE, lambda i: f"Koordinat di luar bumi ({at(i)}).")
    _check_distance(rows, area, x, y, inside)


def _check_mistakes(rows: Rows, area: WorkingArea, x: np.ndarray, y: np.ndarray, inside: np.ndarray) -> None:
    at = _at(x, y)
    swapped = ~inside & ((np.abs(y) > 90) & (np.abs(x) <= 90) if area.shape is None else area.holds(y, x))
    rows.refuse(swapped, Kind.SWAPPED, lambda i: f"Bujur dan lintang tertukar ({at(i)}).")
    mirrored = ~inside & area.holds(x, -y) & (area.shape is not None)
    rows.refuse(
        mirrored, Kind.WRONG_SIGN, lambda i: f"Tanda lintang terbalik ({at(i)}): lintang selatan bertanda minus."
    )


def _check_distance(rows: Rows, area: WorkingArea, x: np.ndarray, y: np.ndarray, inside: np.ndarray) -> None:
    outside = ~inside & rows.good
    km = np.zeros(len(x))
    km[outside] = area.distance_km(x[outside], y[outside])
    at = _at(x, y)

    def reason(i: int) -> str:
        """Say how far off a row lies."""
        away = "kurang dari 1 km" if km[i] < 1 else f"sekitar {km[i]:.0f} km"
        return f"Letaknya ({at(i)}) {away} di luar {area.name}."

    rows.refuse(outside & (km > FAR_KM), Kind.FAR_OFF, reason)
    rows.refuse(outside, Kind.OUTSIDE, reason)


def check_shape(rows: Rows, needed: Geometry, longest_km: float) -> None:
    """Bring geometries to the layer's type, mend what can be mended harmlessly, and refuse the rest."""
    types = shapely.get_type_id(rows.geometry)
    rows.refuse(
        ~np.isin(types, TYPES[needed]),
        Kind.WRONG_TYPE,
        lambda i: f"Letaknya berupa {NAMES[types[i]]}, padahal lapisan ini memerlukan {NEEDED[needed]}.",
    )
    _check_lines(rows, np.isin(types, (1, 2, 5)), longest_km)
    _mend(rows)
    rows.geometry = _as_needed(rows, needed)


def _check_lines(rows: Rows, lines: np.ndarray, longest_km: float) -> None:
    short = lines & (shapely.length(rows.geometry) == 0)
    rows.refuse(short, Kind.NO_LENGTH, "Awal dan akhir garis sama: panjangnya nol.")
    if longest_km:
        km = straight_km(rows.geometry)
        rows.refuse(
            lines & (km > longest_km),
            Kind.CONTRADICTION,
            lambda i: f"Kedua ujung terpisah {km[i]:.0f} km; paling jauh {longest_km:.0f} km.",
        )


def _mend(rows: Rows) -> None:
    bad = rows.good & ~shapely.is_valid(rows.geometry)
    if not bad.any():
        return
    mended = shapely.make_valid(rows.geometry[bad], method="structure", keep_collapsed=False)
    before, after = shapely.area(rows.geometry[bad]), shapely.area(mended)
    harmless = shapely.is_valid(mended) & ~shapely.is_empty(mended) & (np.abs(after - before) <= HARMLESS * after)
    where = np.flatnonzero(bad)
    rows.geometry[where[harmless]] = mended[harmless]
    broken = np.zeros(len(bad), bool)
    broken[where[~harmless]] = True
    rows.refuse(broken, Kind.INVALID_SHAPE, lambda i: f"Bentuk ini rusak: {fault(rows.geometry[i])}.")


def _as_needed(rows: Rows, needed: Geometry) -> np.ndarray:
    shapes = rows.geometry
    types = shapely.get_type_id(shapes)
    if needed == "Point":
        several = np.flatnonzero((types == 4) & rows.good)
        shapes[several] = shapely.get_geometry(shapes[several], 0)
    if needed in MULTIPLE:
        single, collect = MULTIPLE[needed]
        alone = np.flatnonzero((types == single) & rows.good)
        shapes[alone] = collect(shapes[alone], indices=np.arange(len(alone)))
    return shapes


def _at(x: np.ndarray, y: np.ndarray) -> Callable[[int], str]:
    return lambda i: f"bujur {x[i]:.4f}, lintang {y[i]:.4f}".replace(".", ",")
