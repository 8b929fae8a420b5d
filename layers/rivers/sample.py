"""The rivers' share of the sample data: made-up watercourses that pass by the towns, and streams that join them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.ops import nearest_points

from geo.crs import Points
from geo.warp import Warp
from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_names import FIRST, SECOND

MEANDERS = ((6000.0, 260.0), (1700.0, 75.0), (600.0, 22.0))
STEP_M = 60.0
FINENESS_M = 4.0
BEYOND_M = 60_000.0  # past the border on both sides, to be cut off there
BESIDE_TOWN_M = 120.0
COURSES = (  # the kecamatan by whose seats each river passes, from the hills in the west to the east
    ("18.03.12", "18.03.06", "18.03.11", "18.03.10", "18.03.07", "18.03.13"),
    ("18.03.01", "18.03.20", "18.03.02", "18.03.05"),
    ("18.03.21", "18.03.18", "18.03.03", "18.03.16", "18.03.15"),
    ("18.03.17", "18.03.08"),
)
STREAM_EVERY = 3  # villages
STREAM_M = (900.0, 9_000.0)
SOURCE_M = (500.0, 1_800.0)


def rows(world: World) -> Iterator[Row]:
    """Give the rivers, then the streams that run from near a village into what is drawn already."""
    warp = Warp.make(dice("sungai"), MEANDERS)
    drawn: list[Any] = []
    for course in COURSES:
        drawn.append(_bent(warp, _course(world, course)))
        yield from _row(world, drawn[-1], f"sungai-{len(drawn)}", "sungai")
    for number, heart in enumerate(world.hearts[::STREAM_EVERY]):
        stream = _stream(heart.centre, shapely.MultiLineString(drawn), number)
        if stream is not None:
            drawn.append(_bent(warp, stream))
            yield from _row(world, drawn[-1], f"alur-{number}", "alur")


def _course(world: World, seats: tuple[str, ...]) -> Points:
    """Lead a river past the seats, and on in its direction beyond the border at both ends."""
    random = dice("sungai " + " ".join(seats))
    stops = np.array([world.land.seat(code).centre for code in seats])
    stops[:, 1] += BESIDE_TOWN_M * random.choice((-1, 1), len(stops))
    first, last = stops[0] - [BEYOND_M, 0], stops[-1] + [BEYOND_M, 0]
    return np.vstack([first, stops, last])


def _stream(heart: Points, rivers: Any, number: int) -> Points | None:
    """Lead a stream from near a village to the nearest river; None where it would be too short or too long."""
    random = dice(f"alur {number}")
    angle = random.uniform(0, 2 * np.pi)
    source = heart + random.uniform(*SOURCE_M) * np.array([np.cos(angle), np.sin(angle)])
    mouth = shapely.get_coordinates(nearest_points(rivers, shapely.Point(source))[0])[0]
    long = np.hypot(*(mouth - source))
    return np.array([source, mouth]) if STREAM_M[0] < long < STREAM_M[1] else None


def _bent(warp: Warp, stops: Points) -> Any:
    """Draw a line through stops with meanders; its ends stay where they are."""
    parts = [np.linspace(a, b, max(2, round(np.hypot(*(b - a)) / STEP_M)), endpoint=False) for a, b in pairwise(stops)]
    line = np.vstack([*parts, stops[-1:]])
    bent = warp.bend(line)
    bent[[0, -1]] = line[[0, -1]]
    return shapely.simplify(shapely.LineString(bent), FINENESS_M)


def _row(world: World, line: Any, source_id: str, kind: str) -> Iterator[Row]:
    inside = shapely.intersection(line, world.land.outline)
    if inside.is_empty:
        return
    random = dice(f"nama {source_id}")
    yield {
        "source": SOURCE,
        "source_id": source_id,
        "name": f"Way {random.choice(FIRST[:6])} {random.choice(SECOND)}",
        "kind": kind,
        "checked_on": checked(random),
        "geom": shapely.MultiLineString([p for p in shapely.get_parts(world.land.degrees(inside)) if p.length > 0]),
    }
