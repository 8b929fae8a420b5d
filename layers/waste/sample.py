"""The waste sites' share of the sample data: TPS in the towns, sorting sites, waste banks and one landfill."""

from collections.abc import Iterator

import numpy as np

from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place

AGENCY = "Dinas Lingkungan Hidup"
PICKUPS = ("Mo,We,Fr", "Tu,Th,Sa", "Mo,Th", "We,Sa", "Mo-Sa", None)
TPS_SIZES_M3 = (6.0, 8.0, 10.0, 12.0)
SORTING_SITES = 12
WASTE_BANKS = 26
LANDFILL_KM = (4.5, 8.0)


def rows(world: World) -> Iterator[Row]:
    """Give the TPS, TPS3R, bank sampah and the TPA."""
    yield from _collection_points(world)
    towns = sorted(world.hearts, key=lambda p: -p.people)
    for number, place in enumerate(towns[2 : 2 + SORTING_SITES], start=1):
        yield _sorting_site(world, place, number)
    for number, place in enumerate(towns[:: max(1, len(towns) // WASTE_BANKS // 2)][:WASTE_BANKS], start=1):
        yield _waste_bank(world, place, number)
    yield _landfill(world)


def _collection_points(world: World) -> Iterator[Row]:
    towns = [p for p in world.places if world.village(p).fact.level == "kelurahan" or world.village(p).is_seat]
    for place in towns:
        for number in range(1, 1 + min(3, place.people // 1500)):
            source_id = f"tps-{world.village(place).fact.code}-{place.name}-{number}"
            random = dice(source_id)
            suffix = "" if number == 1 else f" {number}"
            values = {"capacity": float(random.choice(TPS_SIZES_M3)), "capacity_unit": "m³", "operator": AGENCY}
            days = PICKUPS[int(random.integers(len(PICKUPS)))]
            yield _site(world, place, source_id, "tps", f"TPS {place.name}{suffix}") | values | {"pickup_days": days}


def _sorting_site(world: World, place: Place, number: int) -> Row:
    random = dice(f"tps3r {number}")
    values = {"capacity": float(random.integers(2, 9)) / 2, "capacity_unit": "ton/hari", "pickup_days": "Mo-Sa"}
    row = _site(world, place, f"tps3r-{number:02d}", "tps3r", f"TPS3R {place.name}")
    return row | values | {"operator": f"KSM {place.name} Bersih"}


def _waste_bank(world: World, place: Place, number: int) -> Row:
    random = dice(f"bank sampah {number}")
    weight = float(random.integers(3, 40)) * 100 if random.random() < 0.7 else None
    row = _site(world, place, f"bank-{number:02d}", "bank_sampah", f"Bank Sampah {place.name}")
    unit = "kg/bulan" if weight else None
    return row | {"capacity": weight, "capacity_unit": unit, "pickup_days": "Sa", "operator": "Warga"}


def _landfill(world: World) -> Row:
    """Put the landfill at the end of a hamlet's road, out of town but not far from it."""
    far = [np.hypot(*(p.centre - world.capital)) / 1000 for p in world.places]
    outside = [p for p, km in zip(world.places, far, strict=True) if LANDFILL_KM[0] < km < LANDFILL_KM[1]]
    place = min((p for p in outside if p.spur is not None), key=lambda p: p.people)
    row = _site(world, place, "tpa-01", "tpa", "TPA Lampung Utara")
    return row | {"capacity": 120.0, "capacity_unit": "ton/hari", "pickup_days": "Mo-Su", "operator": AGENCY}


def _site(world: World, place: Place, source_id: str, kind: str, name: str) -> Row:
    random = dice(f"tempat {source_id}")
    return {
        "source": SOURCE,
        "source_id": source_id,
        "name": name,
        "kind": kind,
        "checked_on": checked(random),
        "geom": world.roadside(place, random),
    }
