"""The offices' share of the sample data: government, health, safety, post and Wi-Fi; schools stand beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo import crs
from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import REGENCY_CODE, SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place
from layers.offices.sample_schools import schools

OFFICE = "Mo-Th 07:30-16:00; Fr 07:30-16:30; PH off"
VILLAGE = ("Mo-Th 08:00-15:00; Fr 08:00-11:30; PH off", "Mo-Fr 08:00-14:00; PH off", "Mo-Th 08:00-15:30; PH off")
CLINIC = "Mo-Th 07:30-14:00; Fr 07:30-11:30; Sa 07:30-12:30; PH off"
REGISTRY = "Mo-Th 08:00-15:30; Fr 08:00-16:00; PH off"
POST = "Mo-Fr 08:00-16:00; Sa 08:00-12:00; PH off"
ALWAYS = "24/7"

AGENCIES = (
    "Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas Pendidikan dan Kebudayaan", "Dinas Kesehatan", "Dinas Sosial",
    "Dinas Perhubungan", "Dinas Lingkungan Hidup", "Dinas Komunikasi dan Informatika", "Dinas Pertanian",
    "Dinas Perumahan dan Kawasan Permukiman", "Dinas Tenaga Kerja dan Transmigrasi",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "Dinas Pemberdayaan Masyarakat dan Desa",
    "Dinas Perpustakaan dan Kearsipan",
)  # fmt: skip
OTHERS = (
    "DPRD Kabupaten Lampung Utara", "Kantor Pertanahan", "Kantor Pelayanan Pajak", "Samsat Kotabumi",
    "Pengadilan Agama Kotabumi", "Kantor Imigrasi Kotabumi", "BPJS Kesehatan Kotabumi", "BPS Kabupaten Lampung Utara",
)  # fmt: skip
HOSPITALS = ("RSUD Lampung Utara", "RS Bhakti Kotabumi", "RS Bukit Kemuning")
HOSPITAL_SEATS = (REGENCY_CODE, "18.03.10", "18.03.01")
BEDS = {"rs-1": 150, "rs-2": 70, "rs-3": 50}
FIRE_SEATS = (REGENCY_CODE, "18.03.01", "18.03.03", "18.03.14")
EXTRA_CLINICS = 4
POLICE_POSTS = 16
POST_OFFICES = 9
WIFI_SPOTS = 38
ACCESS = ("yes", "limited", "no")


@dataclass(frozen=True)
class _Plan:
    """What is known of an office before it gets its plot."""

    source_id: str
    kind: str
    name: str
    place: Place
    hours: str | None
    near: float = 0.35
    has_phone: bool = False
    ownership: str = "pemerintah"


def rows(world: World) -> Iterator[Row]:
    """Give every office and school."""
    yield from (_office(world, plan) for plan in _capital(world))
    yield from _district_offices(world)
    plans = (_village_offices, _clinics, _hospitals, _police, _fire, _post, _wifi, _religious_affairs)
    yield from (_office(world, plan) for make in plans for plan in make(world))
    yield from schools(world)


def _office(world: World, plan: _Plan, point: Any = None) -> Row:
    random = dice(f"kantor {plan.source_id}")
    village = world.village(plan.place)
    street = f"Jl. Raya {plan.place.name}" if plan.place.is_heart else plan.place.name
    phone = f"(0724) 000-{int(random.integers(10000)):04d}" if plan.has_phone else None
    return {
        "source": SOURCE,
        "source_id": plan.source_id,
        "kind": plan.kind,
        "name": plan.name,
        "address": f"{street}, {village.fact.name}, Kec. {world.district(village)}",
        "phone": phone,
        "website": None,
        "opening_hours": plan.hours,
        "wheelchair": str(random.choice(ACCESS, p=(0.4, 0.35, 0.25))) if random.random() < 0.45 else None,
        "photo_url": None,
        "ownership": plan.ownership,
        "capacity": BEDS.get(plan.source_id),
        "checked_on": checked(random),
        "geom": world.roadside(plan.place, random, plan.near) if point is None else point,
    }


def _capital(world: World) -> Iterator[_Plan]:
    heart = world.hearts[world.land.seats[REGENCY_CODE]]
    yield _Plan("bupati", "kantor_bupati", "Kantor Bupati Lampung Utara", heart, OFFICE, 0.05, has_phone=True)
    name = "Dinas Kependudukan dan Pencatatan Sipil"
    yield _Plan("dukcapil", "dukcapil", name, heart, REGISTRY, 0.3, has_phone=True)
    for kind, names in (("dinas", AGENCIES), ("pemerintah_lain", OTHERS)):
        for number, name in enumerate(names, start=1):
            place = _town_place(world, f"{kind} {number}")
            yield _Plan(f"{kind}-{number:02d}", kind, name, place, OFFICE, 0.8, has_phone=True)


def _town_place(world: World, key: str) -> Place:
    """Choose a place in the capital, the nearer to its middle the likelier."""
    town = [p for p in world.places if world.village(p).fact.level == "kelurahan"]
    far = np.array([np.hypot(*(p.centre - world.capital)) for p in town])
    chance = np.exp(-((far / 1800.0) ** 2))
    return town[int(dice(f"kota {key}").choice(len(town), p=chance / chance.sum()))]


def _district_offices(world: World) -> Iterator[Row]:
    """Put the Kantor Camat at the real seats, as far as 0.01 degrees tell."""
    for district in world.land.districts:
        heart = world.hearts[world.land.seats[district.code]]
        name = f"Kantor Camat {district.name}"
        plan = _Plan(f"camat-{district.code}", "kantor_camat", name, heart, OFFICE, has_phone=True)
        seat = crs.to_metres(np.array([[district.lon, district.lat]]), world.land.epsg)[0]
        plot = seat + dice(plan.source_id).uniform(-25, 25, 2)
        yield _office(world, plan, world.point(plot))


def _village_offices(world: World) -> Iterator[_Plan]:
    for heart in world.hearts:
        fact = world.village(heart).fact
        hours = OFFICE if fact.level == "kelurahan" else str(dice(f"jam {fact.code}").choice(VILLAGE))
        title = "Kantor Lurah" if fact.level == "kelurahan" else "Kantor Desa"
        known = dice(f"jam diketahui {fact.code}").random() < 0.85
        yield _Plan(fact.code, f"kantor_{fact.level}", f"{title} {fact.name}", heart, hours if known else None, 0.25)


def _clinics(world: World) -> Iterator[_Plan]:
    """Give each kecamatan its puskesmas and a second one to the fullest, those with beds open day and night."""
    crowded = sorted(world.land.districts, key=lambda d: -_people(world, d.code))[:EXTRA_CLINICS]
    for district in world.land.districts:
        random = dice(f"puskesmas {district.code}")
        heart = world.hearts[world.land.seats[district.code]]
        hours = ALWAYS if random.random() < 0.4 else CLINIC
        yield _Plan(f"puskesmas-{district.code}", "puskesmas", f"Puskesmas {district.name}", heart, hours, 0.6, True)
        if district in crowded:
            other = max(_others(world, district.code), key=lambda p: p.people)
            name = f"Puskesmas {other.name}"
            yield _Plan(f"puskesmas-{district.code}-2", "puskesmas", name, other, CLINIC, 0.6, True)


def _people(world: World, district: str) -> int:
    return sum(v.fact.population for v in world.land.villages if v.fact.district == district)


def _others(world: World, district: str) -> list[Place]:
    """List the hearts of a kecamatan's villages other than its seat."""
    return [p for p in world.hearts if world.village(p).fact.district == district and not world.village(p).is_seat]


def _hospitals(world: World) -> Iterator[_Plan]:
    for number, (name, seat) in enumerate(zip(HOSPITALS, HOSPITAL_SEATS, strict=True), start=1):
        heart = world.hearts[world.land.seats[seat]]
        ownership = "pemerintah" if name.startswith("RSUD") else "swasta"
        yield _Plan(f"rs-{number}", "rumah_sakit", name, heart, ALWAYS, 0.9, True, ownership)


def _police(world: World) -> Iterator[_Plan]:
    yield _Plan("polres", "polisi", "Polres Lampung Utara", _town_place(world, "polres"), ALWAYS, 0.7, True)
    for district in world.land.districts[:POLICE_POSTS]:
        heart = world.hearts[world.land.seats[district.code]]
        yield _Plan(f"polsek-{district.code}", "polisi", f"Polsek {district.name}", heart, ALWAYS, 0.5, True)


def _fire(world: World) -> Iterator[_Plan]:
    for seat in FIRE_SEATS:
        heart = world.hearts[world.land.seats[seat]]
        yield _Plan(f"damkar-{seat}", "damkar", f"Pos Pemadam Kebakaran {heart.name}", heart, ALWAYS, 0.7, True)


def _post(world: World) -> Iterator[_Plan]:
    for district in sorted(world.land.districts, key=lambda d: -_people(world, d.code))[:POST_OFFICES]:
        heart = world.hearts[world.land.seats[district.code]]
        yield _Plan(f"pos-{district.code}", "pos", f"Kantor Pos {district.name}", heart, POST, 0.5)


def _religious_affairs(world: World) -> Iterator[_Plan]:
    for district in world.land.districts:
        heart = world.hearts[world.land.seats[district.code]]
        name = f"KUA {district.name}"
        yield _Plan(f"kua-{district.code}", "pemerintah_lain", name, heart, OFFICE, 0.6)


def _wifi(world: World) -> Iterator[_Plan]:
    """Put free Wi-Fi at the seats first, then in the fullest villages, and by the parks of the capital."""
    fullest = sorted(world.hearts, key=lambda p: (not world.village(p).is_seat, -p.people))
    for number, place in enumerate(fullest[:WIFI_SPOTS], start=1):
        where = "Taman" if world.village(place).fact.level == "kelurahan" else "Balai Desa"
        hours = ALWAYS if where == "Taman" else OFFICE
        yield _Plan(f"wifi-{number:02d}", "wifi", f"Wi-Fi Gratis {where} {place.name}", place, hours, 0.3)
