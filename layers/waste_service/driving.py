"""How trucks get from place to place: minutes over the network in use, and the way of each drive with its metres."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.access import minutes_to_each
from geo.crs import to_degrees, to_metres
from geo.graph import Graph, connect, minutes_of_edges
from geo.snapping import Places, Snapper
from geo.ways import way
from layers.roads.networks import RoadNetwork
from layers.roads.rules import Rules
from layers.roads.speeds import Season, speeds
from layers.waste_service.stops import Stop

FROM_ROAD_M = 300.0  # who has a container farther from any road brings it to the road
FINENESS_M = 15.0

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Drive:
    """One drive: its metres, and its line as (lon, lat) rounded to a metre."""

    metres: float
    line: list[tuple[float, float]]


class Trucks:
    """Trucks of a weight in a season on the network in use, among places of which the first is the TPA."""

    def __init__(self, network: RoadNetwork, rules: Rules, season: Season, weight_t: float, places: list[Stop]) -> None:
        self.network = network
        edges = network.edges
        taking = minutes_of_edges(
            edges.network, speeds(rules, "mobil", season), edges.function, edges.surface, edges.condition
        )
        self.graph: Graph = connect(edges.network, taking, weight_t)
        points = to_metres(np.array([(one.lon, one.lat) for one in places]), network.report.epsg)
        met = Snapper(edges.network, self.graph).snap(points, FROM_ROAD_M)
        self.places = Places(met.edge, met.along, np.zeros(len(met)))  # crews walk while they load

    def minutes(self) -> Numbers:
        """Give the minutes from each place (rows) to each other (columns); infinite where no way leads there."""
        found = np.full((len(self.places), len(self.places)), np.inf)
        edges = self.network.edges.network
        for some, minutes in minutes_to_each(edges, self.graph, self.places, self.places):
            found[:, some] = minutes
        found[self.places.edge < 0] = np.inf
        np.fill_diagonal(found, 0.0)
        return found

    def drive(self, start: int, end: int) -> Drive:
        """Find the way from one place to another; raises LookupError where none leads there."""
        kept = self.network.kept
        found = way(kept, self.graph, self.places.take(np.array([start])), self.places.take(np.array([end])))
        if found is None:
            raise LookupError(f"no way from place {start} to place {end}")
        line = np.vstack([shapely.get_coordinates(part) for part in found.drawn(self.network.lines.take(found.edge))])
        simple = shapely.simplify(shapely.LineString(line), FINENESS_M) if len(line) > 1 else shapely.MultiPoint(line)
        degrees = np.round(to_degrees(shapely.get_coordinates(simple), self.network.report.epsg), 5)
        return Drive(float(found.lengths_m(kept).sum()), [(lon, lat) for lon, lat in degrees.tolist()])
