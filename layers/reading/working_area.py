"""The area that an import works in: the regency, other areas by their codes, a box, or everywhere."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from sqlalchemy import Connection

from layers.areas.queries import area_shapes
from layers.db import sql
from layers.reading.refusal import FileRefusedError
from layers.records.preferences import REGENCY, preference

EVERYWHERE = "all"
BORDER_M = 100.0  # boundaries of different maps disagree by some tens of metres
DEGREE_KM = 111.2
FAR_KM = 300.0


@dataclass(frozen=True)
class WorkingArea:
    """Where rows must lie: `shape` in EPSG:4326 (None: anywhere), `codes` of the areas it was made of."""

    name: str
    shape: shapely.Geometry | None = None
    codes: tuple[str, ...] = ()

    @cached_property
    def _reach(self) -> shapely.Geometry:
        reach = shapely.buffer(self.shape, BORDER_M / 1000 / DEGREE_KM, quad_segs=2)
        shapely.prepare(reach)
        return reach

    @cached_property
    def _outline(self) -> shapely.Geometry:
        return shapely.simplify(self.shape, 0.002)

    def holds(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Say which points in EPSG:4326 lie inside, or within 100 m of the border."""
        if self.shape is None:
            return np.ones(len(x), bool)
        return np.asarray(shapely.contains_xy(self._reach, x, y))

    def touches(self, shapes: np.ndarray) -> np.ndarray:
        """Say which geometries in EPSG:4326 lie at least partly inside, or within 100 m of the border."""
        if self.shape is None:
            return np.ones(len(shapes), bool)
        return np.asarray(shapely.intersects(self._reach, shapes))

    def distance_km(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Estimate how far points lie from the area, in km: good enough for a message."""
        if self.shape is None:
            return np.zeros(len(x))
        near = shapely.get_coordinates(shapely.shortest_line(shapely.points(x, y), self._outline)).reshape(-1, 2, 2)
        east = (near[:, 1, 0] - near[:, 0, 0]) * np.cos(np.radians(near[:, :, 1].mean(axis=1)))
        return np.asarray(np.hypot(east, near[:, 1, 1] - near[:, 0, 1]) * DEGREE_KM)

    def names(self, codes: pa.Array) -> np.ndarray:
        """Say which area codes belong to the working area: one of its codes, or below one of them."""
        if not self.codes:
            return np.ones(len(codes), bool)
        dotted = pc.binary_join_element_wise(codes, "", ".")
        inside = [pc.starts_with(dotted, f"{code}.") for code in self.codes]
        within = inside[0]
        for more in inside[1:]:
            within = pc.or_(within, more)
        return np.asarray(pc.fill_null(within, False).to_numpy(zero_copy_only=False))


def working_area(connection: Connection, wanted: tuple[str, ...], for_areas: bool) -> WorkingArea:
    """Make the area that was asked for: `all`, one box west,south,east,north, or area codes; else the regency's.

    An import of the areas themselves may name codes that are not on the map yet, and starts everywhere while the map
    holds no real area. Raises FileRefusedError where an area is not known.
    """
    if wanted == (EVERYWHERE,):
        return WorkingArea("di mana saja")
    if len(wanted) == 1 and wanted[0].count(",") == 3:
        return _box(wanted[0])
    codes = wanted or _home(connection, for_areas)
    if for_areas:
        return WorkingArea(f"kode {', '.join(codes)}" if codes else "di mana saja", codes=codes)
    found = area_shapes(connection, codes)
    missing = [code for code in codes if not found.get(code)]
    if missing or not codes:
        raise FileRefusedError(
            f"Batas wilayah {', '.join(missing) or 'kabupaten'} belum ada di peta. Impor dulu batasnya ke lapisan"
            " areas, atau pakai --area all."
        )
    shape = shapely.union_all([part for code in codes for *_, part in found[code]])
    return WorkingArea(_name(codes, found), shape, codes)


def _home(connection: Connection, for_areas: bool) -> tuple[str, ...]:
    home = preference(connection, REGENCY)
    if for_areas and not connection.execute(sql("areas/has_real_areas.sql")).scalar_one():
        return ()
    return (home,) if home else ()


def _name(codes: tuple[str, ...], found: dict[str, list[tuple[str, str, shapely.Geometry]]]) -> str:
    names = {code: name for parts in found.values() for code, name, _ in parts}
    return ", ".join(names.get(code, f"kode {code}") for code in codes)


def _box(text: str) -> WorkingArea:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise FileRefusedError(f"Kotak {text} bukan barat,selatan,timur,utara dalam derajat.") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise FileRefusedError(f"Kotak {text} terbalik atau di luar bumi: barat,selatan,timur,utara.")
    return WorkingArea(f"kotak {text}", shapely.box(west, south, east, north))
