"""One regency and what lies around it as a unit of work: minutes from each place to its nearest facility."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.access import minutes_of_places, to_nearest
from geo.crs import Points
from geo.graph import connect
from geo.network import build
from geo.noding import Lines
from geo.snapping import Snapper


@dataclass(frozen=True)
class Regency:
    """Roads (LineString) with their km/h (0: closed), places and facilities, all in metres of `epsg`.

    Roads and facilities reach as far beyond the border as people are thought to go. `direction` tells for each road
    whether it leads both ways (0), along its line (1) or against it (-1); without it all lead both ways.
    """

    epsg: int
    lines: Lines
    kmh: NDArray[np.float64]
    places: Points
    facilities: Points
    farthest_m: float
    direction: NDArray[np.int64] | None = None


def nearest_facilities(regency: Regency) -> pd.DataFrame:
    """Give the minutes of each place to its nearest facility, and which that is: infinite and -1 without a way.

    A place or facility farther than `farthest_m` from any road that is open has none. Raises ValueError without a road.
    """
    network = build(regency.lines, regency.epsg, direction=regency.direction)
    with np.errstate(divide="ignore"):
        minutes = network.length_m / 1000 / regency.kmh[network.owner] * 60
    graph = connect(network, minutes)
    snapper = Snapper(network, graph)
    places, facilities = (snapper.snap(one, regency.farthest_m) for one in (regency.places, regency.facilities))
    found = minutes_of_places(network, graph, places, facilities, to_nearest(network, graph, facilities))
    return pd.DataFrame({"minutes": found.minutes, "facility": found.facility})
