"""Streets of villages and towns: lanes off the roads, joined at the back, and the built-up land about them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points

CLEAR_OF_ROAD = 12.0
CLEAR_OF_END = 1.0
LONGEST_BACK_STREET = 260.0
GAP = 35.0
SMALLEST_M2 = 2500.0


def spur(start: Points, end: Points, random: np.random.Generator, step: float) -> Points:
    """Draw a gently winding line between two points, a vertex about each `step` metres."""
    gap = end - start
    length = float(np.hypot(*gap))
    t = np.linspace(0, 1, max(2, round(length / step)) + 1)
    lean, sway = random.uniform(-0.09, 0.09, 2)
    aside = lean * np.sin(np.pi * t) + sway * np.sin(2 * np.pi * t)
    line = start + t[:, None] * gap + aside[:, None] * np.array([-gap[1], gap[0]])
    line[-1] = end
    return np.asarray(line)


def lanes(road: Points, base: int, side: int, length: float, lean: float) -> Points:
    """Draw a lane (3, 2) off vertex `base` of a road, to its left (1) or right (-1), `lean` radians off square."""
    along = road[min(base + 1, len(road) - 1)] - road[max(base - 1, 0)]
    angle = np.arctan2(along[1], along[0]) + side * np.pi / 2
    ahead, end = (length * np.array([np.cos(a), np.sin(a)]) for a in (angle + lean, angle + 0.6 * lean))
    return np.array([road[base], road[base] + ahead / 2, road[base] + end])


def uncrossed(lines: Sequence[Points], roads: Sequence[Points]) -> NDArray[np.bool_]:
    """Say which lines, taken in order, cross no road and no line taken before; where they begin does not count."""
    drawn, free = _drawn(lines), _drawn([_without_ends(line) for line in lines])
    keep = np.ones(len(lines), dtype=bool)
    keep[shapely.STRtree(_drawn(roads)).query(free, predicate="intersects")[0]] = False
    for later, earlier in _ordered(shapely.STRtree(drawn).query(free, predicate="intersects")):
        if keep[earlier]:
            keep[later] = False
    return keep


def back_street(one: Points, other: Points) -> Points | None:
    """Join the far ends of two lanes where they are near enough to make a block of houses."""
    gap = float(np.hypot(*(other[-1] - one[-1])))
    return np.array([one[-1], other[-1]]) if 20 < gap < LONGEST_BACK_STREET else None


def built_up(lines: Sequence[Points], depth: float, within: Any) -> Any:
    """Outline the land up to `depth` metres from streets, without small gaps, inside a border that it touches."""
    streets = shapely.multilinestrings(_drawn(lines)).simplify(12)
    land = streets.buffer(depth + GAP, quad_segs=1).simplify(6).buffer(-GAP, quad_segs=1).simplify(8)
    land = shapely.make_valid(land, method="structure", keep_collapsed=False).intersection(within)
    parts = shapely.get_parts(shapely.get_parts(land))
    parts = parts[shapely.area(parts) > 0]
    return shapely.MultiPolygon(list(parts[shapely.area(parts) >= min(SMALLEST_M2, shapely.area(parts).max())]))


def _drawn(lines: Sequence[Points]) -> NDArray[Any]:
    """Make line strings of many lines at once, which is far faster than one by one."""
    numbers = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    return np.asarray(shapely.linestrings(np.concatenate(lines), indices=numbers))


def _without_ends(line: Points) -> Points:
    free = line.copy()
    for end, inward, cut in ((0, 1, CLEAR_OF_ROAD), (-1, -2, CLEAR_OF_END)):
        leg = line[inward] - line[end]
        free[end] += leg * min(1.0, cut / float(np.hypot(*leg)))
    return free


def _ordered(pairs: NDArray[np.int_]) -> list[tuple[int, int]]:
    """Turn the two rows of a spatial query into pairs of a later and an earlier line, in order."""
    return sorted({(max(a, b), min(a, b)) for a, b in zip(*pairs.tolist(), strict=True) if a != b})
