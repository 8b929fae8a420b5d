"""Schools of the sample data: primary schools in every village, the higher ones where more people live."""

from collections.abc import Iterator

import numpy as np

from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place

PEOPLE_A_PRIMARY = 1700
JUNIORS, SENIORS, VOCATIONALS, KINDERGARTENS = 104, 42, 25, 64
PRIVATE_SHARE = {"sd": 0.06, "smp": 0.34, "sma": 0.5, "paud": 0.9, "slb": 0.0}
FOUNDATIONS = ("Muhammadiyah", "Ma'arif", "PGRI", "Bina Bangsa", "Al-Hidayah", "Tunas Harapan", "Budi Utomo")
FLOWERS = ("Melati", "Mawar", "Kenanga", "Tunas Bangsa", "Kasih Ibu", "Pertiwi", "Aisyiyah")
HOURS = {
    "paud": "Mo-Fr 07:30-10:30; PH off",
    "sd": "Mo-Sa 07:15-12:30; PH off",
    "smp": "Mo-Sa 07:15-13:30; PH off",
    "sma": "Mo-Fr 07:15-15:30; PH off",
    "slb": "Mo-Fr 07:30-12:30; PH off",
}


def schools(world: World) -> Iterator[Row]:
    """Give every school, the state's numbered within its village (SD) or its kecamatan (SMP, SMA, SMK)."""
    count: dict[str, int] = {}
    for place in _primaries(world):
        yield _school(world, "sd", "SD", place, world.village(place).fact.name, count)
    levels = (("smp", "SMP", JUNIORS), ("sma", "SMA", SENIORS), ("sma", "SMK", VOCATIONALS))
    for kind, title, wanted in levels:
        for place in _by_people(world, title, wanted):
            yield _school(world, kind, title, place, world.district(world.village(place)), count)
    for place in _by_people(world, "TK", KINDERGARTENS):
        yield _school(world, "paud", "TK", place, world.village(place).fact.name, count)
    for place in _by_people(world, "SLB", 2):
        yield _school(world, "slb", "SLB", place, world.district(world.village(place)), count)


def _primaries(world: World) -> Iterator[Place]:
    for number, village in enumerate(world.land.villages):
        places = world.by_village[number]
        for i in range(max(1, round(village.fact.population / PEOPLE_A_PRIMARY))):
            yield places[i % len(places)]


def _by_people(world: World, title: str, wanted: int) -> list[Place]:
    """Choose hearts of villages for schools of one kind, the fuller the likelier, in the order of the villages."""
    people = np.array([place.people for place in world.hearts], dtype=float) ** 0.8
    chosen = dice(f"sekolah {title}").choice(len(people), size=wanted, replace=True, p=people / people.sum())
    return [world.hearts[i] for i in sorted(chosen)]


def _school(world: World, kind: str, title: str, place: Place, area: str, count: dict[str, int]) -> Row:
    village = world.village(place)
    key = f"{title}-{village.fact.code if kind in ('sd', 'paud') else village.fact.district}"
    number = count[key] = count.get(key, 0) + 1
    random = dice(f"sekolah {key} {number}")
    private = bool(random.random() < PRIVATE_SHARE[kind])
    return {
        "source": SOURCE,
        "source_id": f"{key}-{number:02d}".lower(),
        "kind": kind,
        "name": _name(title, area, number, private, random),
        "address": f"{place.name}, {village.fact.name}, Kec. {world.district(village)}",
        "phone": None,
        "website": None,
        "opening_hours": HOURS[kind] if random.random() < 0.7 else None,
        "wheelchair": str(random.choice(("limited", "no"))) if random.random() < 0.25 else None,
        "photo_url": None,
        "ownership": "swasta" if private else "negeri",
        "capacity": None,
        "checked_on": checked(random),
        "geom": world.roadside(place, random),
    }


def _name(title: str, area: str, number: int, private: bool, random: np.random.Generator) -> str:
    if title == "TK":
        return f"TK {random.choice(FLOWERS)} {area}"
    if private:
        return f"{title} {random.choice(FOUNDATIONS)} {area}"
    return f"{title} Negeri {number} {area}"
