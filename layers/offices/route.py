"""The way to one office, in legs of one condition each, to draw it and to tell how much of it is damaged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely

from geo.crs import to_degrees
from geo.labels import on_foot_m
from geo.ways import Way, way
from layers.offices.placed import PlacedOffices
from layers.offices.queries import NearOffice, Travel
from layers.offices.travel import Start
from layers.roads.networks import RoadNetwork
from layers.roads.rules import DAMAGED
from layers.roads.speeds import CONDITIONS


@dataclass(frozen=True)
class Leg:
    """A part of a way in one condition, or on foot beside the roads (None); its line in EPSG:4326, as travelled."""

    condition: str | None
    length_m: float
    line: shapely.LineString


@dataclass(frozen=True)
class Route:
    """The legs of the way to an office in their order, the walks to the road and from it among them."""

    minutes: float
    legs: tuple[Leg, ...]

    @property
    def travel(self) -> Travel:
        """Sum the way up."""
        metres = self.metres
        return Travel(self.minutes, sum(metres.values()), sum(metres.get(name, 0.0) for name in DAMAGED))

    @property
    def metres(self) -> dict[str | None, float]:
        """Add up the metres in each condition, and those on foot under None."""
        found: dict[str | None, float] = {}
        for leg in self.legs:
            found[leg.condition] = found.get(leg.condition, 0.0) + leg.length_m
        return found


def route(placed: PlacedOffices, start: Start, office: NearOffice) -> Route | None:
    """Find the way to an office; None where none is known, or where the office is not on the network yet."""
    network, road = placed.network, placed.network.graph(start.mode, start.season)
    number = np.flatnonzero(placed.offices.id == office.id)
    if not len(number):
        return None
    place, there = start.snap(network), placed.places(start.mode, start.season).take(number)
    found = way(network.kept, road, place, there)
    if found is None:
        return None
    legs = list(_legs(network, found))
    pace = network.report.walking_kmh
    before = _walk((start.lon, start.lat), legs[0].line.coords[0], on_foot_m(float(place.walk[0]), pace))
    after = _walk(legs[-1].line.coords[-1], (office.lon, office.lat), on_foot_m(float(there.walk[0]), pace))
    return Route(found.minutes, (before, *legs, after))


def _legs(network: RoadNetwork, found: Way) -> Iterator[Leg]:
    """String the parts of a way in the same condition together; what is shorter than a line is left out."""
    conditions = network.kept.condition[found.edge]
    parts = zip(conditions.tolist(), found.lengths_m(network.kept).tolist(), _drawn(network, found), strict=True)
    for condition, group in groupby(parts, key=lambda part: part[0]):
        several = list(group)
        line = np.vstack([shapely.get_coordinates(shape) for _, _, shape in several])
        degrees = to_degrees(line if len(line) > 1 else np.repeat(line, 2, axis=0), network.report.epsg)
        yield Leg(CONDITIONS[condition], sum(length for _, length, _ in several), shapely.LineString(degrees))


def _drawn(network: RoadNetwork, found: Way) -> list[shapely.LineString]:
    return found.drawn(network.lines.take(found.edge))


def _walk(start: tuple[float, ...], end: tuple[float, ...], length_m: float) -> Leg:
    return Leg(None, length_m, shapely.LineString([start, end]))
