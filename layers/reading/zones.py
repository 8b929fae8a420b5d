"""Coordinates that are metres: which UTM zones they may belong to."""

import numpy as np
from pyproj import Transformer

from layers.reading.working_area import WorkingArea

EASTINGS = (100_000.0, 900_000.0)
NORTHINGS = (0.0, 10_000_000.0)
INDONESIA = (94.5, -11.5, 141.5, 6.5)
NAMED_FROM = 0.9  # so many of the points must lie inside the working area before a zone is named


def look_like_degrees(x: np.ndarray, y: np.ndarray) -> bool:
    """Say whether most coordinates fit on a globe in degrees."""
    return bool(np.mean((np.abs(x) <= 180) & (np.abs(y) <= 90)) >= 0.5) if len(x) else True


def explain_metres(x: np.ndarray, y: np.ndarray, area: WorkingArea) -> str:
    """Tell a clerk what coordinates outside the range of degrees probably are, and how to send them again."""
    start = f"Koordinat berkas ini bukan derajat (misalnya {x[0]:.0f}, {y[0]:.0f})."
    candidates = utm_candidates(x, y)
    if not candidates:
        return f"{start} Simpan ulang dalam EPSG:4326, atau sebutkan sistem koordinatnya dengan --crs."
    names = ", ".join(candidates)
    named = [
        name for name, (lon, lat) in candidates.items() if area.shape and area.holds(lon, lat).mean() >= NAMED_FROM
    ]
    start += f" Tampaknya meter UTM. Zona yang mungkin: {names}."
    if len(named) == 1:
        zone, crs = named[0], _epsg(named[0])
        return f"{start} Hanya di zona {zone} titiknya jatuh di {area.name}: kirim ulang dengan --crs {crs}."
    return f"{start} Tanyakan zonanya kepada pembuat berkas, lalu kirim ulang dengan --crs, misalnya --crs EPSG:32748."


def utm_candidates(x: np.ndarray, y: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Give the UTM zones in which metres would lie in Indonesia, with the degrees they would have there."""
    fits = EASTINGS[0] <= x.min() and x.max() <= EASTINGS[1] and NORTHINGS[0] <= y.min() and y.max() <= NORTHINGS[1]
    zones = [f"{number}{half}" for half in "SN" for number in range(46, 55)] if fits else []
    placed = {zone: _degrees(x, y, zone) for zone in zones}
    return {zone: place for zone, place in placed.items() if _in_indonesia(*place)}


def _degrees(x: np.ndarray, y: np.ndarray, zone: str) -> tuple[np.ndarray, np.ndarray]:
    lon, lat = Transformer.from_crs(_epsg(zone), "EPSG:4326", always_xy=True).transform(x, y)
    return np.asarray(lon), np.asarray(lat)


def _epsg(zone: str) -> str:
    return f"EPSG:{'327' if zone.endswith('S') else '326'}{zone[:-1]}"


def _in_indonesia(lon: np.ndarray, lat: np.ndarray) -> bool:
    west, south, east, north = INDONESIA
    return bool(np.mean((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)) >= NAMED_FROM)
