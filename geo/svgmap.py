"""The small map of a page, as SVG: land, borders, roads, names and a scale bar, in few bytes."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

import numpy as np
import shapely
from shapely import Geometry

from geo.borders import Borders
from geo.view import View

LIMIT = 12_000  # bytes, compressed
COARSER = (0.9, 1.3, 1.8, 2.6, 3.7, 5.2, 7.5, 11.0, 16.0, 24.0)  # px; the first that keeps to the limit is drawn
SHORTEST_ROAD_PX = 6.0
LETTER_EM = 0.62  # mean width of a letter
NARROW_PX = 480  # where the map is shown smaller than this, letters grow and the names that then collide go
SIZES = {"major": (12, 22), "minor": (10.5, 19)}  # px in the drawing: wide, narrow
EDGE_PX = 4

STYLE = (
    "text{font-weight:600;font-size:12px;font-family:system-ui,sans-serif;fill:#4a4433;"
    "text-anchor:middle;paint-order:stroke;stroke:#fffefb;stroke-width:3px;stroke-linejoin:round}"
    ".minor{font-weight:400;font-size:10.5px;fill:#5d5644}"
    "path{fill:none;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}"
    ".land{fill:#fbfaf6;stroke:#6b5f45;stroke-width:1.8px}"
    f"@media(max-width:{NARROW_PX}px){{text{{font-size:22px;stroke-width:5px}}.minor{{font-size:19px}}"
    ".w{display:none}}"
)
ROAD_STROKES = ('stroke="#a8632f" stroke-width="1.7"', 'stroke="#b58a55" stroke-width="1.2"', 'stroke="#c9bda3"')


@dataclass(frozen=True)
class Name:
    """A name to write at a position in EPSG:4326; the first of several wins where they collide."""

    text: str
    lon: float
    lat: float
    major: bool = True


@dataclass(frozen=True)
class Ground:
    """What lies in a view: borders and roads (the most important first) in EPSG:3857, and names."""

    borders: Borders
    roads: Sequence[Geometry] = ()
    names: Sequence[Name] = ()


def draw(view: View, ground: Ground) -> str:
    """Draw a map as SVG of at most 12,000 bytes when compressed, as coarse as that takes."""
    names = "".join(_names(view, ground.names))
    drawings = (_sheet(view, ground, tolerance, names) for tolerance in COARSER)
    drawing = ""
    for drawing in drawings:
        if len(gzip.compress(drawing.encode())) <= LIMIT:
            break
    return drawing


def lettering(view: View, names: Sequence[Name]) -> str:
    """Draw the names of a map alone, where `draw` writes them, each over a halo that is drawn as letters of its own."""
    written = "".join(_names(view, names))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}"><style>{STYLE}'
        "text{stroke:none}.halo text{fill:#fffefb;stroke:#fffefb;stroke-width:3px}</style>"
        f'<g class="halo">{written}</g><g>{written}</g></svg>'
    )


def path(geometry: Geometry, tolerance: float = 0.0) -> str:
    """Write lines or polygons, in pixels, as path data with whole relative steps; a line within a pixel is left out."""
    outline = shapely.boundary(geometry) if shapely.get_dimensions(geometry) == 2 else geometry
    simple = shapely.simplify(outline, tolerance, preserve_topology=False) if tolerance else outline
    written, pen = [], np.zeros(2, dtype=int)
    for line in shapely.get_parts(simple):
        corners = np.rint(shapely.get_coordinates(line)).astype(int)
        steps = np.diff(corners, axis=0, prepend=[pen])
        moved = steps.any(axis=1)
        moved[:1] = True
        if moved.sum() > 1:
            written.append("m" + _numbers(steps[moved].ravel().tolist()))
            pen = corners[-1]
    return "".join(written)


def scale_bar(view: View) -> tuple[float, str]:
    """Choose a round length for the scale bar: its pixels, and how it is written ("5 km")."""
    longest = view.ground_metres * 150
    power = 10 ** np.floor(np.log10(longest))
    metres = next(float(power * n) for n in (5, 2, 1) if power * n <= longest)
    return metres / view.ground_metres, f"{metres / 1000:.0f} km" if metres >= 1000 else f"{metres:.0f} m"


def in_pixels(view: View, geometry: Geometry) -> Geometry:
    """Move a geometry of EPSG:3857 into the pixels of a view."""
    left, _, _, top = view.box()
    return shapely.transform(geometry, lambda xy: (xy - [left, top]) / [view.metres, -view.metres])


def _sheet(view: View, ground: Ground, tolerance: float, names: str) -> str:
    land, districts, villages = (
        path(in_pixels(view, part), slack)
        for part, slack in (
            (ground.borders.land, tolerance),
            (ground.borders.between_groups, tolerance),
            (ground.borders.between_members, 2 * tolerance),
        )
    )
    roads = [_road(view, road, tolerance) for road in ground.roads]
    strokes = reversed(list(zip(roads, ROAD_STROKES, strict=False)))
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}"><style>{STYLE}</style>',
            '<rect width="100%" height="100%" fill="#e4ebec"/>',
            f'<path class="land" d="{land}"/>' if land else "",
            f'<path d="{villages}" stroke="#cdc3ab" stroke-width=".7"/>' if villages else "",
            f'<path d="{districts}" stroke="#a2957a" stroke-width="1.3"/>' if districts else "",
            *(f'<path d="{road}" {stroke}/>' for road, stroke in strokes if road),
            names,
            _bar(view),
            "</svg>",
        ]
    )


def _road(view: View, road: Geometry, tolerance: float) -> str:
    drawn = in_pixels(view, road)
    merged = shapely.line_merge(drawn) if drawn.geom_type == "MultiLineString" else drawn
    parts = shapely.get_parts(merged)
    return path(shapely.multilinestrings(parts[shapely.length(parts) >= SHORTEST_ROAD_PX]), tolerance)


def _bar(view: View) -> str:
    length, written = scale_bar(view)
    x, y = 14, view.height - 14
    return (
        f'<path d="M{x} {y - 6}v6h{length:.0f}v-6" stroke="#1d2b2a" stroke-width="1.5"/>'
        f'<text x="{x + length / 2:.0f}" y="{y - 6}">{written}</text>'
    )


def _names(view: View, names: Sequence[Name]) -> Iterable[str]:
    inside = [(name, *view.pixel(name.lon, name.lat)) for name in names if view.holds(name.lon, name.lat)]
    wide, narrow = _placed(view, inside, 0), _placed(view, inside, 1)
    for i, (name, x, y) in enumerate(inside):
        if i in wide:
            classes = " ".join(chain(() if name.major else ("minor",), () if i in narrow else ("w",)))
            marked = f' class="{classes}"' if classes else ""
            yield f'<text x="{x:.0f}" y="{y + 4:.0f}"{marked}>{escape(name.text)}</text>'


def _placed(view: View, names: Sequence[tuple[Name, float, float]], width: int) -> set[int]:
    """Choose the names, by their index, that neither collide nor leave the sheet."""
    length, _ = scale_bar(view)
    taken = [(0.0, view.height - 44.0, length + 28, float(view.height))]
    chosen = set()
    for i, (name, x, y) in enumerate(names):
        size = SIZES["major" if name.major else "minor"][width]
        half, tall = len(name.text) * size * LETTER_EM / 2 + EDGE_PX, size * 0.7
        box = (x - half, y - tall, x + half, y + tall)
        inside = box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            chosen.add(i)
    return chosen


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _numbers(values: Sequence[int]) -> str:
    """Write whole numbers with a space only where no minus parts them."""
    first, *rest = values
    return str(first) + "".join(str(v) if v < 0 else f" {v}" for v in rest)
