"""A regency of Lampung with 11 km around it, read from the shared files where the work is done; light to import."""

import numpy as np
import pyogrio
import shapely

from geo.crs import to_metres
from geo.executor import Key
from geo.regional import Regency
from layers.settings import ROOT

SHARED = ROOT.parent / "shared" / "data"
FILE = SHARED / "rbi50k_lampung.gpkg"
EPSG, AROUND_DEG, FARTHEST_M = 32748, 0.1, 5_000.0
KMH = {"Jalan Arteri": 50.0, "Jalan Kolektor": 40.0, "Jalan Lokal": 32.0, "Jalan Lain": 20.0, "Jalan Setapak": 8.0}


def load(key: Key) -> Regency:
    code = key[0]
    own = pyogrio.read_dataframe(FILE, layer="jalan", where=f"kode_kab = '{code}'")
    west, south, east, north = own.total_bounds
    box = west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG
    roads = pyogrio.read_dataframe(FILE, layer="jalan", bbox=box)
    parts, row = shapely.get_parts(metres(roads.geometry), return_index=True)
    homes = pyogrio.read_dataframe(FILE, layer="permukiman", where=f"kode_kab = '{code}'")
    offices = pyogrio.read_dataframe(FILE, layer="pemerintahan", bbox=box)
    return Regency(
        EPSG,
        parts,
        roads.REMARK.map(KMH).fillna(20.0).to_numpy(float)[row],
        shapely.get_coordinates(shapely.point_on_surface(metres(homes.geometry))),
        shapely.get_coordinates(metres(offices.geometry)),
        FARTHEST_M,
    )


def metres(shapes: object) -> np.ndarray:
    drawn = shapely.force_2d(np.asarray(shapes, object))
    return shapely.transform(drawn, lambda lonlat: to_metres(lonlat, EPSG))
