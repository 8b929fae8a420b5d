"""The internet's share of the sample data: towers where people live, coverage that operators declare, and drives."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import shapely

from geo.crs import Points
from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place

TOWERS = {"Operator A": 52, "Operator B": 34, "Operator C": 24}
APART_M = 2400.0
TOWN_RADIUS_M = 5000.0
RANGES_M = {"2G": (3800.0, 6000.0), "3G": (2800.0, 4200.0), "4G": (2200.0, 4600.0), "5G": (600.0, 1100.0)}
TECHNOLOGIES = {"town": (("4G", 0.7), ("5G", 0.3)), "country": (("4G", 0.82), ("3G", 0.08), ("2G", 0.1))}
DECLARED_ON = date(2026, 6, 30)
DRIVES = 18  # of each operator: places round which the signal was measured
DRIVEN_M = (600.0, 1400.0)
DRIVEN_FROM, DRIVEN_DAYS = date(2026, 3, 2), 120
HEARD_DBM, FADING_DB = -112.0, 34.4  # at a tower's range, and for each tenfold of the distance
SHADOW_DB = 9.0  # how much hills and trees scatter it


def rows(world: World) -> Iterator[Row]:
    """Give each operator's towers, each followed by the coverage declared for it, then what was measured on drives."""
    for operator, count in TOWERS.items():
        towers = [_tower(world, operator, i, place) for i, place in enumerate(_chosen(world, operator, count), start=1)]
        for tower in towers:
            yield tower
            yield _coverage(world, tower)
        yield from _drives(world, operator, towers)


def _chosen(world: World, operator: str, count: int) -> list[Place]:
    """Choose places for towers, the fuller the likelier, apart from those of the same operator."""
    random = dice(f"menara {operator}")
    people = np.array([place.people for place in world.places], dtype=float)
    order = random.choice(len(people), size=len(people), replace=False, p=people / people.sum())
    chosen: list[int] = []
    for i in order:
        if len(chosen) < count and not (np.hypot(*(world.centres[chosen] - world.centres[i]).T) < APART_M).any():
            chosen.append(i)
    return [world.places[i] for i in chosen]


def _tower(world: World, operator: str, number: int, place: Place) -> Row:
    source_id = f"menara-{operator[-1].lower()}-{number:03d}"
    random = dice(source_id)
    in_town = np.hypot(*(place.centre - world.capital)) < TOWN_RADIUS_M
    kinds, chances = zip(*TECHNOLOGIES["town" if in_town else "country"], strict=True)
    technology = str(random.choice(kinds, p=chances))
    return {
        "source": SOURCE,
        "source_id": source_id,
        "name": f"Menara {operator} {place.name}",
        "kind": "menara",
        "operator": operator,
        "technology": technology,
        "range_m": round(float(random.uniform(*RANGES_M[technology])), -2),
        "signal_dbm": None,
        "measured_on": None,
        "checked_on": checked(random, known=0.5),
        "geom": world.roadside(place, random),
    }


def _coverage(world: World, tower: Row) -> Row:
    """Draw what the operator declares round a tower: a circle, dented where hills stand in the way."""
    random = dice(f"cakupan {tower['source_id']}")
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    reach = np.full(len(angles), 0.85)
    for dents in range(1, 6):
        reach += random.uniform(0, 0.16 / dents) * np.cos(dents * angles + random.uniform(0, 2 * np.pi))
    edge: Points = tower["range_m"] * reach[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    centre = world.land.metres(tower["geom"])
    return tower | {
        "source_id": tower["source_id"].replace("menara", "cakupan"),
        "name": tower["name"].replace("Menara", "Cakupan"),
        "kind": "cakupan_dinyatakan",
        "checked_on": DECLARED_ON,
        "geom": world.land.degrees(shapely.Polygon(edge + centre)),
    }


def _drives(world: World, operator: str, towers: list[Row]) -> Iterator[Row]:
    """Draw the ground round some places where the operator's signal was measured, the fainter the farther a tower."""
    random = dice(f"uji jalan {operator}")
    masts = np.array([world.land.metres(tower["geom"]) for tower in towers])
    ranges = np.array([tower["range_m"] for tower in towers])
    where = random.choice(len(world.places), size=DRIVES, replace=False)
    for number, at in enumerate(where.tolist(), start=1):
        place = world.places[at]
        away = np.maximum(np.hypot(*(masts - place.centre).T), 50.0)
        signal = (HEARD_DBM - FADING_DB * np.log10(away / ranges)).max() + random.normal(0, SHADOW_DB)
        measured = DRIVEN_FROM + timedelta(days=int(random.integers(DRIVEN_DAYS)))
        yield {
            "source": SOURCE,
            "source_id": f"uji-{operator[-1].lower()}-{number:03d}",
            "name": f"Uji jalan {operator} {place.name}",
            "kind": "cakupan_terukur",
            "operator": operator,
            "technology": "4G",
            "range_m": None,
            "signal_dbm": round(float(np.clip(signal, -128, -70))),
            "measured_on": measured,
            "checked_on": measured,
            "geom": world.land.degrees(shapely.Point(place.centre).buffer(random.uniform(*DRIVEN_M), 8)),
        }
