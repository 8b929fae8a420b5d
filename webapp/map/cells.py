"""How a raster is drawn on the map, and what the legend says of it: its classes from low to high."""

from collections.abc import Iterator
from typing import Any

from layers.rasters.queries import Raster
from webapp.language import in_language, number

LAST_ZOOM = 14  # deeper, the map enlarges what it has
TILE_PX = 256
OPACITY = 0.8

Document = dict[str, Any]


def source(raster: Raster) -> Document:
    """Word where the map finds the raster's tiles, and that there are none beyond its bounds."""
    return {
        "type": "raster",
        "tiles": [f"/rasters/{raster.id}/{{z}}/{{x}}/{{y}}.png?v={raster.version}"],
        "tileSize": TILE_PX,
        "maxzoom": LAST_ZOOM,
        "bounds": list(raster.bounds),
        "attribution": raster.source,
    }


def drawing(raster: Raster) -> Document:
    """Draw the cells as they are, with sharp edges."""
    return {
        "id": f"{name(raster)}-cells",
        "type": "raster",
        "source": name(raster),
        "paint": {"raster-opacity": OPACITY, "raster-resampling": "nearest"},
        "metadata": {"layer": name(raster), "opacity": {"raster-opacity": OPACITY}},
    }


def legend(raster: Raster) -> Document:
    """Say what the raster is, which colours stand for which values, and whether it is an estimate."""
    unit = in_language(raster.kind.unit)
    return {
        "id": name(raster),
        "title": in_language(raster.title),
        "about": unit,
        "source": raster.source,
        "licence": raster.licence,
        "geometry": "Raster",
        "classify": "",
        "on": False,
        "sample": False,
        "estimate": raster.estimate,
        "total": 0,
        "choices": [_class(words, colour) for words, colour in _classes(raster, unit)],
    }


def name(raster: Raster) -> str:
    """Name the raster among the map's layers, apart from those of features."""
    return f"raster-{raster.id}"


def _classes(raster: Raster, unit: str) -> Iterator[tuple[str, str]]:
    """Give the words and the colour of each class: its own name, or from one number to another."""
    if raster.kind.named:
        yield from zip(map(in_language, raster.kind.named), raster.ramp.colours, strict=True)
        return
    for low, high, colour in raster.classes:
        yield f"{number(low, raster.digits)} – {number(high, raster.digits)} {unit}".strip(), colour


def _class(words: str, colour: str) -> Document:
    return {"id": colour, "title": words, "colour": colour, "icon": "", "width": 0, "dashed": False, "count": 0}
