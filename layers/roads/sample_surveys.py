"""Made-up surveys of the sample's roads: most main roads have been seen, village roads less often."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.roads.acts import Order, prepared
from layers.roads.queries import rules
from layers.roads.rules import CLASSES
from layers.roads.standing import settle
from layers.roads.table import Road, RoadSurvey

SEEN = {"nasional": 1.0, "provinsi": 0.95, "kabupaten": 0.75, "desa": 0.35, "tidak_diketahui": 0.0}
CHANCES = {
    "aspal": (0.4, 0.3, 0.2, 0.1),
    "beton": (0.6, 0.25, 0.1, 0.05),
    "paving": (0.5, 0.3, 0.15, 0.05),
    "kerikil": (0.1, 0.3, 0.35, 0.25),
    "tanah": (0.02, 0.18, 0.4, 0.4),
}
UNKNOWN_SURFACE = (0.15, 0.3, 0.3, 0.25)
FIRST_DAY = date(2025, 3, 1)
DAYS = 540
LONG_M = 3_000.0  # longer roads are surveyed in two parts
FORMS = {  # what an SDI form notes in each class: cracks in %, their width in mm, potholes on 100 m, ruts in cm
    "baik": ((0, 8), (0, 2), (0, 0), (0, 0.8)),
    "sedang": ((5, 20), (1, 3), (1, 3), (0, 0.8)),
    "rusak_ringan": ((31, 50), (1, 3), (1, 4), (1.2, 2.8)),
    "rusak_berat": ((35, 70), (4, 9), (6, 12), (2, 6)),
}


def survey_sample(connection: Connection) -> int:
    """Keep surveys of the sample's roads and tell how many; the same on every machine."""
    known = rules(connection)
    columns = (Road.id, Road.source_id, Road.status, Road.surface, Road.length_m)
    roads = connection.execute(select(*columns).where(Road.source == SOURCE).order_by(Road.id)).all()
    orders = [(road, order) for road in roads for order in _orders(road)]
    made = [prepared(known, order, road.surface, road.length_m)[0] for road, order in orders]
    connection.execute(insert(RoadSurvey), made)
    settle(connection, sorted({one["road_id"] for one in made}))
    return len(made)


def _orders(road: Any) -> Iterator[Order]:
    random = dice(f"survei {road.source_id}")
    if random.random() >= SEEN[road.status]:
        return
    day = FIRST_DAY + timedelta(days=int(random.integers(DAYS)))
    half = road.length_m / 2
    parts = [(0.0, half), (half, road.length_m)] if road.length_m > LONG_M else [(0.0, road.length_m)]
    for start, end in parts:
        seen = str(random.choice(CLASSES, p=CHANCES.get(road.surface, UNKNOWN_SURFACE)))
        kind, inputs = _form(random, road.surface, seen)
        yield Order(road.id, kind, day, "Petugas contoh", inputs, start, end, SOURCE)


def _form(random: np.random.Generator, surface: str | None, seen: str) -> tuple[str, dict[str, Any]]:
    if surface != "aspal":
        return "eye", {"condition": seen}
    cracks, width, potholes, ruts = (float(np.round(random.uniform(*bounds), 1)) for bounds in FORMS[seen])
    return "sdi", {"crack_percent": cracks, "crack_width_mm": width, "potholes": round(potholes), "rut_cm": ruts}
