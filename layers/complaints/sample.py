"""The complaints' share of the sample data: three months of reports along bad roads and in towns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from geo.crs import Points
from layers.areas.sample import LAST_DAY, Row, World
from layers.areas.sample_facts import SOURCE, TIME_ZONE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place
from layers.areas.sample_ways import STATUSES
from layers.complaints.sample_words import CHANNELS, DESCRIPTIONS, KINDS, TITLES

COUNT = 900
DAYS = 92
SHARES = {
    "jalan_rusak": 0.34, "jembatan": 0.05, "drainase": 0.11, "lampu_jalan": 0.13, "sampah": 0.13,
    "internet": 0.08, "air_bersih": 0.07, "layanan_kantor": 0.06, "lain": 0.03,
}  # fmt: skip
ON_ROADS = ("jalan_rusak", "jembatan", "drainase", "lampu_jalan")
WET = ("jalan_rusak", "drainase")
BAD_STRETCHES = 34
STRETCH_SPREAD = 9.0
WEEKDAYS = (1.25, 1.2, 1.1, 1.05, 0.95, 0.75, 0.6)
HOURS = (1, 0, 0, 0, 0, 1, 3, 6, 9, 10, 9, 8, 6, 7, 7, 7, 8, 8, 8, 9, 8, 6, 3, 2)
OPEN = (("received", 0.16), ("needs_info", 0.08), ("dispatched", 0.22), ("coordinating", 0.08), ("scheduled", 0.12),
        ("in_progress", 0.24), ("external", 0.04), ("pending_check", 0.06))  # fmt: skip
CLOSED = (("resolved", 0.35), ("closed", 0.43), ("rejected", 0.08), ("merged", 0.11), ("withdrawn", 0.03))
TYPICAL_DAYS = 22.0


@dataclass(frozen=True)
class _Spot:
    """Where a complaint lies: a point in degrees beside a place."""

    point: Any
    place: Place


def rows(world: World) -> Iterator[Row]:
    """Give the complaints in the order in which they came in."""
    stretches = _bad_stretches(world)
    reported = sorted(_moments(dice("keluhan waktu")))
    for number, at in enumerate(reported, start=1):
        random = dice(f"keluhan {number}")
        category = _category(random, at)
        spot = _spot(world, category, stretches, random)
        state, closed_at = _progress(at, random)
        village = world.village(spot.place).fact.name
        title = int(random.integers(len(TITLES[category])))
        where = {"tempat": spot.place.name, "desa": village if village != spot.place.name else "pusat desa"}
        yield {
            "source": SOURCE,
            "source_id": f"keluhan-{number:04d}",
            "number": f"C-{at.year}-{number:05d}",
            "name": TITLES[category][title].format(**where),
            "category": category,
            "kind": KINDS[category][title],
            "state": state,
            "description": str(random.choice(DESCRIPTIONS[category])),
            "channel": CHANNELS[int(random.choice(len(CHANNELS), p=(0.38, 0.3, 0.14, 0.08, 0.1)))],
            "reported_at": at,
            "closed_at": closed_at,
            "geom": spot.point,
        }


def _moments(random: np.random.Generator) -> list[datetime]:
    """Draw when people report: on working days, in the morning and after work, more as the rains begin."""
    days = np.array([LAST_DAY - timedelta(days=i) for i in range(DAYS)])
    weights = np.array([WEEKDAYS[d.weekday()] * (1.6 - i / DAYS) for i, d in enumerate(days)])
    drawn = random.choice(days, size=COUNT, p=weights / weights.sum())
    hours = random.choice(24, size=COUNT, p=np.array(HOURS) / sum(HOURS))
    seconds = random.integers(3600, size=COUNT)
    zone = ZoneInfo(TIME_ZONE)
    return [
        datetime.combine(day, time(int(hour)), zone) + timedelta(seconds=int(second))
        for day, hour, second in zip(drawn, hours, seconds, strict=True)
    ]


def _category(random: np.random.Generator, at: datetime) -> str:
    weights = {c: share * (1.5 if c in WET and at.month >= 10 else 1.0) for c, share in SHARES.items()}
    chances = np.array(list(weights.values()))
    return list(weights)[int(random.choice(len(chances), p=chances / chances.sum()))]


def _bad_stretches(world: World) -> list[Points]:
    """Choose links of the network that everybody complains about, desa and kabupaten roads for the most part."""
    random = dice("ruas buruk")
    weight = np.array([{"nasional": 0.3, "provinsi": 0.7}.get(STATUSES[s], 1.0) for s in world.network.status])
    chosen = random.choice(len(weight), size=BAD_STRETCHES, replace=False, p=weight / weight.sum())
    return [world.network.lines[i] for i in chosen]


def _spot(world: World, category: str, stretches: list[Points], random: np.random.Generator) -> _Spot:
    if category in ON_ROADS and random.random() < 0.62:
        number = min(int(random.exponential(len(stretches) / 3)), len(stretches) - 1)
        road = stretches[number]
        middle = dice(f"lubang {number}").integers(len(road))
        corner = road[int(np.clip(middle + random.normal(0, STRETCH_SPREAD), 0, len(road) - 1))]
        beside = corner + random.normal(0, 6, 2)
        return _Spot(world.point(beside), world.nearest_place(beside))
    people = np.array([p.people for p in world.places], dtype=float) ** 1.15
    place = world.places[int(random.choice(len(people), p=people / people.sum()))]
    return _Spot(world.roadside(place, random), place)


def _progress(at: datetime, random: np.random.Generator) -> tuple[str, datetime | None]:
    """Draw how far a complaint has come: most of the old ones are closed, the newest only received."""
    end = datetime.combine(LAST_DAY, time(18), at.tzinfo)
    closed_at = at + timedelta(days=float(random.gamma(1.6, TYPICAL_DAYS / 1.6)))
    if closed_at < end:
        return _draw(CLOSED, random), closed_at.replace(microsecond=0)
    if end - at < timedelta(days=2):
        return "received", None
    return _draw(OPEN, random), None


def _draw(choices: tuple[tuple[str, float], ...], random: np.random.Generator) -> str:
    names, chances = zip(*choices, strict=True)
    return str(random.choice(names, p=chances))
