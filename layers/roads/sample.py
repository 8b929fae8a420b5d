"""The roads' share of the sample data: ruas between junctions and seats, roads to hamlets, lanes of villages."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geo import roadnet
from geo.crs import Points
from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place
from layers.areas.sample_ways import STATUSES

FUNCTION = {"nasional": "arteri", "provinsi": "kolektor", "kabupaten": "lokal", "desa": "lingkungan"}
ROAD_CLASS = {"nasional": "I", "provinsi": "II", "kabupaten": "III", "desa": None}
WIDTHS_M = {"nasional": (7.0, 8.0), "provinsi": (5.5, 7.0), "kabupaten": (3.5, 5.5), "desa": (2.5, 4.0)}
PREFIX = {"nasional": "N", "provinsi": "P", "kabupaten": "K"}
SURFACES = ("aspal", "beton", "paving", "kerikil", "tanah", None)
NEAR = {
    "nasional": (0.97, 0.03, 0, 0, 0, 0),
    "provinsi": (0.85, 0.13, 0, 0.02, 0, 0),
    "kabupaten": (0.7, 0.16, 0, 0.08, 0.01, 0.05),
    "desa": (0.38, 0.24, 0.1, 0.16, 0.04, 0.08),
}
REMOTE = {
    "nasional": (0.97, 0.03, 0, 0, 0, 0),
    "provinsi": (0.8, 0.1, 0, 0.1, 0, 0),
    "kabupaten": (0.35, 0.1, 0, 0.35, 0.1, 0.1),
    "desa": (0.06, 0.1, 0.02, 0.3, 0.36, 0.16),
}
REMOTE_M = 28_000.0
UNKNOWN_STATUS = 0.04
UNKNOWN_WIDTH = 0.12
UNKNOWN_DECREE = 0.08


def rows(world: World) -> Iterator[Row]:
    """Give the ruas of the network, then the road to each hamlet and the lanes of each place."""
    yield from _ruas(world)
    for village, places in world.by_village.items():
        code = world.land.villages[village].fact.code
        for number, place in enumerate(places):
            if place.spur is not None:
                name = f"Jalan {_full_name(world, place)}"
                yield _street(world, f"dusun-{code}-{number}", name, place, [place.spur])
            if place.lanes:
                name = f"Jalan lingkungan {_full_name(world, place)}"
                yield _street(world, f"lingkungan-{code}-{number}", name, place, list(place.lanes))


def _ruas(world: World) -> Iterator[Row]:
    network = world.network
    counted = dict.fromkeys(STATUSES, 0)
    for road in network.roads:
        status = STATUSES[network.status[road[0]]]
        counted[status] += 1
        ends = [_end(world, end) for end in _ends(world, road)]
        between = " – ".join(dict.fromkeys(ends))
        number = f"{PREFIX[status]}.{counted[status]:03d}" if status in PREFIX else None
        name = f"Ruas {between}" if number else f"Jalan Desa {between}"
        row = _road(world, f"ruas-{status}-{counted[status]:03d}", name, status, [network.lines[i] for i in road])
        yield row | {"ruas_number": number, "length_decree_m": _decree(row, number)}


def _ends(world: World, road: tuple[int, ...]) -> list[int]:
    points = roadnet.walk(world.network.edges, road)
    return [points[0], points[-1]]


def _end(world: World, node: int) -> str:
    villages = world.land.villages
    if node < len(villages):
        return villages[node].fact.name
    return f"Batas {world.network.gateways[node - len(villages)].towards}"


def _full_name(world: World, place: Place) -> str:
    return place.name if place.is_heart else f"{place.name}, {world.village(place).fact.name}"


def _street(world: World, source_id: str, name: str, place: Place, lines: list[Points]) -> Row:
    """Make a road of the desa; in a kelurahan, which owns no roads, it belongs to the regency and is paved."""
    row = _road(world, source_id, name, "desa", lines)
    if world.village(place).fact.level == "desa":
        return row
    paved = str(dice(f"kelurahan {source_id}").choice(["aspal", "beton", "paving"]))
    return row | {"status": "kabupaten", "function": "lingkungan", "surface": paved}


def _road(world: World, source_id: str, name: str, status: str, lines: list[Points]) -> Row:
    random = dice(source_id)
    width = round(float(random.uniform(*WIDTHS_M[status])) * 2) / 2
    unsure = status == "desa" and random.random() < UNKNOWN_STATUS
    return {
        "source": SOURCE,
        "source_id": source_id,
        "name": name,
        "status": "tidak_diketahui" if unsure else status,
        "function": None if unsure else FUNCTION[status],
        "road_class": ROAD_CLASS[status],
        "surface": _surface(world, status, lines, random),
        "width_m": None if status == "desa" and random.random() < UNKNOWN_WIDTH else width,
        "length_decree_m": None,
        "ruas_number": None,
        "checked_on": checked(random, known=0.7),
        "geom": world.land.degrees(shapely.MultiLineString(lines)),
    }


def _surface(world: World, status: str, lines: list[Points], random: np.random.Generator) -> Any:
    """Draw what a road is made of: the farther from the capital, the more gravel and earth."""
    middle = np.concatenate(lines).mean(axis=0)
    far = min(1.0, float(np.hypot(*(middle - world.capital))) / REMOTE_M)
    chances = (1 - far) * np.array(NEAR[status]) + far * np.array(REMOTE[status])
    return SURFACES[int(random.choice(len(SURFACES), p=chances / chances.sum()))]


def _decree(row: Row, number: str | None) -> float | None:
    """Give the length by decree, near what the map shows but not the same; a few decrees were never found."""
    random = dice(f"sk {row['source_id']}")
    if number is None or random.random() < UNKNOWN_DECREE:
        return None
    degrees_to_m = 110_700.0  # near the equator, good enough for a length that is off by some percent anyhow
    return round(float(row["geom"].length * degrees_to_m * random.normal(1.0, 0.025)) / 10) * 10.0
