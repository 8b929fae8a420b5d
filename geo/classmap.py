"""Features in the colours of their classes, as SVG over a map: areas below, lines above them, points on top."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from geo.svgmap import path
from geo.view import View

LIMIT = 24_000  # bytes, compressed
COARSER = (0.8, 1.3, 1.8, 2.6, 3.7, 5.2)  # px; the first that keeps to the limit is drawn, else the last
POINT_PX, CASING_PX = 8.0, 2.0
GRID_PX = 2.0  # points that lie nearer than this to each other are one dot
DARK = "#3c382f"  # light lines need an edge to be seen on paper
Parts = tuple[np.ndarray, np.ndarray, Geometry]  # points, lines, one area


@dataclass(frozen=True)
class Look:
    """A class of features in the pixels of a view: its colour, how wide its lines are, whether it means unknown."""

    colour: str
    width: float
    dashed: bool
    shapes: Sequence[Geometry]


def draw(view: View, looks: Sequence[Look]) -> str:
    """Draw classes, the last on top, as an SVG of the size of the view that covers nothing else.

    It is as coarse as keeping to the limit takes; lines shorter than its steps go first.
    """
    parts = [(look, _by_dimension(look.shapes)) for look in looks]  # once, for all steps
    drawing = ""
    for coarse in COARSER:
        drawing = _sheet(view, parts, coarse)
        if len(gzip.compress(drawing.encode())) <= LIMIT:
            break
    return drawing


def _sheet(view: View, parts: Sequence[tuple[Look, Parts]], coarse: float) -> str:
    areas = "".join(_area(look, area, coarse) for look, (_, _, area) in parts)
    lines = "".join(_line(look, lines, coarse) for look, (_, lines, _) in parts if len(lines))
    points = "".join(_points(look, points) for look, (points, _, _) in parts if len(points))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}" fill="none"'
    return f'{head} stroke-linejoin="round">{areas}{lines}{points}</svg>'


def _by_dimension(shapes: Sequence[Geometry]) -> Parts:
    """Part points, lines and areas from each other, and join the areas."""
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    dimension = shapely.get_dimensions(parts)
    points, lines, areas = (parts[dimension == wanted] for wanted in range(3))
    return points, lines, shapely.union_all(shapely.make_valid(areas))


def _area(look: Look, area: Geometry, coarse: float) -> str:
    """Fill the area of a class; what is unknown or merely declared is an outline."""
    outline = path(area, coarse)
    filled = f'fill="{look.colour}" fill-opacity="{"0.2" if look.dashed else "0.75"}" fill-rule="evenodd"'
    dashes = ' stroke-dasharray="5 4"' if look.dashed else ""
    return f'<path d="{outline}" {filled} stroke="{look.colour}" stroke-width="1"{dashes}/>' if outline else ""


def _line(look: Look, parts: np.ndarray, coarse: float) -> str:
    long = parts if coarse == COARSER[0] else parts[shapely.length(parts) > coarse]
    drawn, width = path(shapely.multilinestrings(long), coarse), look.width + 0.5
    if not drawn:
        return ""
    casing = f'<path d="{drawn}" stroke="{DARK}" stroke-opacity="0.55" stroke-width="{width + CASING_PX}"/>'
    dashes = ' stroke-dasharray="5 4"' if look.dashed else ""
    return f'{"" if look.dashed else casing}<path d="{drawn}" stroke="{look.colour}" stroke-width="{width}"{dashes}/>'


def _points(look: Look, parts: np.ndarray) -> str:
    """Draw dots as lines of no length with round ends, many in one path."""
    at = np.unique(np.rint(shapely.get_coordinates(parts) / GRID_PX).astype(int) * int(GRID_PX), axis=0)
    dots = "".join(f"M{x} {y}h.1" for x, y in at.tolist())
    strokes = (("#fff", POINT_PX + CASING_PX), (look.colour, POINT_PX))
    return "".join(f'<path d="{dots}" stroke="{c}" stroke-width="{w}" stroke-linecap="round"/>' for c, w in strokes)
