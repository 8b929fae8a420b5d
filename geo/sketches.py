"""A drawing of many places to lay over a small map: what is good in one mark, what is refused in another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo.svgmap import in_pixels, path
from geo.view import EARTH_M, EDGE_LAT, Box, View

GOOD, REFUSED = "#0b6e69", "#8a5a00"
CROSS_PX = 4
TOLERANCE_PX = 0.8
STYLE = (
    "path{fill:none;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}"
    f".area{{fill:{GOOD};fill-opacity:.25;fill-rule:evenodd;stroke:{GOOD};stroke-width:1.2px}}"
    f".line{{stroke:{GOOD};stroke-width:2.2px}}.halo{{stroke:#fff;stroke-width:9px}}"
    f".point{{stroke:{GOOD};stroke-width:6px}}.edge{{stroke:#fff;stroke-width:5px}}"
    f".cross{{stroke:{REFUSED};stroke-width:2.4px}}.lost{{stroke:{REFUSED};stroke-width:1.6px;stroke-dasharray:4 4}}"
)


@dataclass(frozen=True)
class Shapes:
    """Places in EPSG:4326: those that come in, and those that are refused."""

    good: np.ndarray
    refused: np.ndarray

    @classmethod
    def read(cls, good: str, refused: str) -> "Shapes":
        """Read both from collections in hexadecimal WKB."""
        return cls(*(shapely.get_parts(shapely.from_wkb(written)) for written in (good, refused)))


def bounds(shapes: Shapes) -> Box | None:
    """Give west, south, east, north of what comes in, or else of what is refused; None where there is nothing."""
    shown = shapes.good if len(shapes.good) else shapes.refused
    if not len(shown):
        return None
    west, south, east, north = shapely.total_bounds(shown)
    return float(west), float(south), float(east), float(north)


def draw(view: View, shapes: Shapes) -> str:
    """Draw places as SVG of the size of a view; each pixel holds one mark of a kind at most."""
    good, lost = _by_dimension(view, shapes.good), _by_dimension(view, shapes.refused)
    dots, crosses = _dots(good[0]), _crosses(lost[0])
    outlines = [path(shape, TOLERANCE_PX) for shape in (*lost[1], *lost[2])]
    parts = [
        _path("area", "".join(path(shape, TOLERANCE_PX) for shape in good[2])),
        _path("edge", lines := "".join(path(shape, TOLERANCE_PX) for shape in good[1])),
        _path("line", lines),
        _path("lost", "".join(outlines)),
        _path("halo", dots),
        _path("point", dots),
        _path("edge", crosses),
        _path("cross", crosses),
    ]
    size = f'viewBox="0 0 {view.width} {view.height}" width="{view.width}" height="{view.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style>{"".join(parts)}</svg>'


def _by_dimension(view: View, shapes: np.ndarray) -> list[list[shapely.Geometry]]:
    """Part shapes within a view into points, lines and areas, in its pixels."""
    parts = shapely.get_parts(shapes)
    seen = parts[shapely.intersects(parts, shapely.box(*view.bounds()))]
    flat = in_pixels(view, shapely.transform(seen, _metres))
    dimensions = shapely.get_dimensions(flat)
    return [list(flat[dimensions == wanted]) for wanted in range(3)]


def _metres(degrees: np.ndarray) -> np.ndarray:
    """Turn degrees of EPSG:4326 into metres of EPSG:3857, as `geo.view.mercator` does for one position."""
    held = np.clip(degrees[:, 1], -EDGE_LAT, EDGE_LAT)
    north = EARTH_M * np.log(np.tan(np.pi / 4 + np.radians(held) / 2))
    return np.column_stack([EARTH_M * np.radians(degrees[:, 0]), north])


def _pixels(points: Sequence[shapely.Geometry]) -> list[tuple[int, int]]:
    return sorted({(round(point.x), round(point.y)) for point in points})


def _dots(points: Sequence[shapely.Geometry]) -> str:
    return "".join(f"M{x} {y}h0" for x, y in _pixels(points))


def _crosses(points: Sequence[shapely.Geometry]) -> str:
    arm = CROSS_PX
    return "".join(
        f"M{x - arm} {y - arm}l{2 * arm} {2 * arm}m0-{2 * arm}l-{2 * arm} {2 * arm}" for x, y in _pixels(points)
    )


def _path(kind: str, data: str) -> str:
    return f'<path class="{kind}" d="{data}"/>' if data else ""
