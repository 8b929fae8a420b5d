"""The same questions for both servers: tiles and boxes of zooms 8 to 14 within the regency, chosen at random once."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from layers.layer import Layer
from layers.registry import layers

ZOOMS = range(8, 15)
HOME = (104.35, -5.05, 105.15, -4.45)
MANY = 2_000
SEED = 20
PAGE = 100

# What a layer's overview.sql shows from afar, said to tipg in CQL2, so that both draw the same features.
FAR = {
    ("areas", 8): "level IN ('kabupaten','kecamatan')",
    ("roads", 8): "status IN ('nasional','provinsi') OR function IN ('arteri','kolektor')",
    ("roads", 10): "status IN ('nasional','provinsi','kabupaten') OR function IN ('arteri','kolektor','lokal')",
}
DRAWN = ("waste", "roads", "areas")
LISTED = ("offices", "roads", "areas")

Place = tuple[int, int, int]


@dataclass(frozen=True)
class Addresses:
    """The addresses that ask both servers the same, as files for the load generator."""

    ours: Path
    tipg: Path


def places() -> list[Place]:
    """Choose the tiles: each zoom as often as the others."""
    chance = random.Random(SEED)  # noqa: S311  # the same choice at each run is the point
    return [
        tile_of(chance.choice(ZOOMS), chance.uniform(HOME[0], HOME[2]), chance.uniform(HOME[1], HOME[3]))
        for _ in range(MANY)
    ]


def tiles(folder: Path, layer: Layer) -> Addresses:
    """Ask for tiles."""
    asked = [(our_tile(layer, place), tipg_tile(layer, place)) for place in places()]
    return _written(folder, f"tiles-{layer.id}", asked)


def pages(folder: Path, layer: Layer) -> Addresses:
    """Ask for pages of 100 features within the boxes of the same tiles."""
    boxes = [",".join(f"{edge:.7f}" for edge in bounds(place)) for place in places()]
    ours, theirs = f"/ogc/collections/{layer.id}/items", f"/collections/public.{layer.table_name}/items"
    asked = [(f"{ours}?limit={PAGE}&bbox={box}", f"{theirs}?limit={PAGE}&bbox={box}") for box in boxes]
    return _written(folder, f"pages-{layer.id}", asked)


def nearest(folder: Path, more: str = "") -> Path:
    """Ask for the nearest three offices from places all over the regency, with further parameters."""
    chance = random.Random(SEED)  # noqa: S311
    file = folder / f"nearest{more.replace('&', '-')}.txt"
    points = [(chance.uniform(HOME[0], HOME[2]), chance.uniform(HOME[1], HOME[3])) for _ in range(MANY)]
    file.write_text("\n".join(f"/api/nearest?lat={lat:.6f}&lon={lon:.6f}{more}" for lon, lat in points))
    return file


def our_tile(layer: Layer, place: Place) -> str:
    """Give our address of a tile."""
    z, x, y = place
    return f"/tiles/{layer.id}/{z}/{x}/{y}.mvt"


def tipg_tile(layer: Layer, place: Place) -> str:
    """Give tipg's address of a tile with the same features and attributes."""
    z, x, y = place
    fields = ",".join(["id", *(field.name for field in layer.tile_fields)])
    wanted = [text for (layer_id, first), text in FAR.items() if layer_id == layer.id and first <= z < layer.zooms.near]
    only = f"&filter-lang=cql2-text&filter={quote(wanted[-1])}" if wanted else ""
    return f"/collections/public.{layer.table_name}/tiles/WebMercatorQuad/{z}/{x}/{y}?properties={fields}{only}"


def drawn() -> Iterator[Layer]:
    """Name the layers whose tiles are measured: points, lines and areas."""
    return (layers()[layer_id] for layer_id in DRAWN)


def listed() -> Iterator[Layer]:
    """Name the layers whose pages are measured."""
    return (layers()[layer_id] for layer_id in LISTED)


def bounds(place: Place) -> tuple[float, float, float, float]:
    """Give west, south, east, north of a tile in degrees."""
    z, x, y = place
    return x / 2**z * 360 - 180, _lat(z, y + 1), (x + 1) / 2**z * 360 - 180, _lat(z, y)


def _lat(z: int, y: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2**z))))


def tile_of(z: int, lon: float, lat: float) -> Place:
    """Find the tile of a zoom in which a position lies."""
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return z, int((lon + 180) / 360 * 2**z), int(row * 2**z)


def _written(folder: Path, name: str, asked: list[tuple[str, str]]) -> Addresses:
    files = Addresses(folder / f"{name}-ours.txt", folder / f"{name}-tipg.txt")
    files.ours.write_text("\n".join(ours for ours, _ in asked))
    files.tipg.write_text("\n".join(theirs for _, theirs in asked))
    return files
