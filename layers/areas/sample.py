"""The sample world that each layer's sample builds on, and the share of the areas: borders are approximate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geo.crs import Points
from layers.areas import sample_facts, sample_land, sample_places, sample_ways
from layers.areas.estimates import OF_SAMPLE
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import Land, Village
from layers.areas.sample_places import Place
from layers.areas.sample_ways import Network

LAST_DAY = date(2026, 11, 20)
OFFICIAL = "Total resmi kabupaten 2025; batas perkiraan"

Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Everything that stands before the layers: the land, its roads, its places."""

    land: Land
    network: Network
    places: tuple[Place, ...]

    @cached_property
    def hearts(self) -> tuple[Place, ...]:
        """List the main place of each village, in the order of the villages."""
        return tuple(place for place in self.places if place.is_heart)

    @cached_property
    def by_village(self) -> dict[int, list[Place]]:
        """Group the places by the number of their village, the heart first."""
        grouped: dict[int, list[Place]] = {}
        for place in self.places:
            grouped.setdefault(place.village, []).append(place)
        return grouped

    @cached_property
    def capital(self) -> Points:
        """Give the place of the regent's office, in metres."""
        return self.land.seat(sample_facts.REGENCY_CODE).centre

    @cached_property
    def centres(self) -> Points:
        """Give the centre of each place, in metres (n, 2)."""
        return np.array([place.centre for place in self.places])

    def nearest_place(self, xy: Points) -> Place:
        """Find the place nearest to a point in metres (2,)."""
        return self.places[int(np.argmin(np.hypot(*(self.centres - xy).T)))]

    def village(self, place: Place) -> Village:
        """Find the village of a place."""
        return self.land.villages[place.village]

    def district(self, village: Village) -> str:
        """Name the kecamatan of a village."""
        return next(d.name for d in self.land.districts if d.code == village.fact.district)

    def roadside(self, place: Place, random: np.random.Generator, near: float = 1.0) -> Any:
        """Choose a plot beside a street of a place, inside its village, as a point in degrees.

        `near` is the share of the place's streets to choose from, counted from its centre.
        """
        streets = np.concatenate([*place.hosts, *place.lanes])
        closest = streets[np.argsort(np.hypot(*(streets - place.centre).T), kind="stable")]
        shape = self.village(place).shape
        for _ in range(12):
            corner = closest[int(random.integers(max(1, int(len(closest) * near))))]
            angle = random.uniform(0, 2 * np.pi)
            plot = corner + random.uniform(14, 38) * np.array([np.cos(angle), np.sin(angle)])
            if shapely.contains_xy(shape, *plot):
                return self.point(plot)
        return self.point(place.centre)

    def point(self, xy: Points) -> Any:
        """Turn metres (2,) into a point in degrees."""
        return self.land.degrees(shapely.Point(xy))


def make() -> World:
    """Make the sample world; the same on every call."""
    land = sample_land.make()
    network = sample_ways.network(land)
    return World(land, network, sample_places.places(land, network))


def checked(random: np.random.Generator, known: float = 0.9) -> date | None:
    """Draw the day on which somebody checked an entry, within the last year, or none."""
    days = int(random.integers(3, 330))
    return LAST_DAY - timedelta(days=days) if random.random() < known else None


def rows(world: World) -> Iterator[Row]:
    """Give the kabupaten, its kecamatan and its villages."""
    villages = world.land.villages
    yield _area(
        world,
        list(villages),
        level="kabupaten",
        code=sample_facts.REGENCY_CODE,
        bps_code=sample_facts.REGENCY_BPS_CODE,
        name=sample_facts.REGENCY_NAME,
        population_source=OFFICIAL,
    )
    for district in world.land.districts:
        own = [v for v in villages if v.fact.district == district.code]
        identity: Row = {"code": district.code, "bps_code": district.bps_code, "name": district.name}
        yield _area(world, own, level="kecamatan", parent_code=sample_facts.REGENCY_CODE, **identity)
    for village in villages:
        fact = village.fact
        identity = {"code": fact.code, "bps_code": fact.bps_code, "name": fact.name}
        yield _area(world, [village], level=fact.level, parent_code=fact.district, **identity)


def _area(world: World, villages: list[Village], **known: Any) -> Row:
    degrees = [world.land.degrees(v.shape) for v in villages]
    united = shapely.coverage_union_all(degrees) if len(degrees) > 1 else degrees[0]
    facts = {
        "source": SOURCE,
        "source_id": known["code"],
        "parent_code": None,
        "population": sum(v.fact.population for v in villages),
        "population_source": OF_SAMPLE,
        "area_km2": round(sum(v.shape.area for v in villages) / 1e6, 2),
        "checked_on": LAST_DAY,
        "geom": shapely.MultiPolygon(list(shapely.get_parts(united))),
    }
    return facts | known
