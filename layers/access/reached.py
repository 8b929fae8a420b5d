"""The ground that can be reached from a place within some minutes. Pages import it when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo.crs import to_degrees, to_metres
from geo.isochrones import isochrones
from geo.snapping import Snapper
from layers.access.ground import FARTHEST_M
from layers.roads.networks import RoadNetwork
from layers.roads.speeds import Mode, Season

FINENESS_DEG = 0.0001  # 11 m


@dataclass(frozen=True)
class Reached:
    """The ground within some minutes (EPSG:4326), widest first, and its size in km²."""

    minutes: float
    shape: shapely.MultiPolygon
    km2: float


def reached(
    network: RoadNetwork, lon: float, lat: float, mode: Mode, season: Season, limits: Sequence[float]
) -> list[Reached]:
    """Draw the ground that can be reached from a place; empty where no open road is within 5 km, the walk counts."""
    edges, graph = network.edges.network, network.graph(mode, season)
    pace = network.report.walking_kmh
    place = Snapper(edges, graph, pace).snap(to_metres(np.array([[lon, lat]]), edges.epsg), FARTHEST_M)
    found = isochrones(edges, graph, place, limits, pace)
    return [
        _told(limit, found[limit], edges.epsg) for limit in sorted(limits, reverse=True) if not found[limit].is_empty
    ]


def _told(limit: float, shape: shapely.MultiPolygon, epsg: int) -> Reached:
    degrees = shapely.transform(shape, lambda metres: to_degrees(metres, epsg))
    return Reached(limit, shapely.simplify(degrees, FINENESS_DEG), shape.area / 1e6)
