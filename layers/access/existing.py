"""What there is already of what is to be built, and what it costs people to reach it or the places for new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.access import minutes_to_each
from geo.crs import Points
from geo.dropoff import METRES_A_MINUTE, on_foot
from geo.graph import Graph
from geo.snapping import Snapper, together
from layers.access.ground import FARTHEST_M, Ground
from layers.access.land import in_metres
from layers.access.siting_questions import TOWER, TPS, Wish
from layers.db import sql
from layers.roads.speeds import Mode, Season

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Costs:
    """Keys of the existing sites, and the cost (places, existing sites and then candidates) to reach each.

    Minutes, or for TPS and towers metres; infinite where that is more than is asked for, or no way leads there.
    """

    existing: list[str]
    cost: Numbers


def costs(connection: Connection, found: Ground, wish: Wish, spots: Points, candidates: Whole) -> Costs:
    """Compute what it costs from where people live (n, 2) to each existing site, and to the candidates among these."""
    if wish.kind == TOWER:
        return _under_signal(_asked(connection, found, "signal_there"), found, wish, spots, candidates)
    if wish.kind != TPS:
        which = found.which(wish.kind)
        keys = [f"o:{found.offices[i].id}" for i in which]
        graph = found.edges.graph(found.rules, cast(Mode, wish.mode), cast(Season, wish.season))
        snapper = found.snapper(graph)
        return Costs(keys, _by_road(found, graph, snapper, spots, found.office_points[which], candidates, wish.minutes))
    rows = _asked(connection, found, "collection_points")
    walk = on_foot(found.edges.network)
    snapper = Snapper(found.edges.network, walk)
    minutes = _by_road(found, walk, snapper, spots, found.points(rows), candidates, wish.metres / METRES_A_MINUTE)
    return Costs([f"w:{row.id}" for row in rows], minutes * METRES_A_MINUTE)


def _asked(connection: Connection, found: Ground, question: str) -> list[Row[Any]]:
    return list(connection.execute(sql(f"access/{question}.sql"), found.box).all())


def _by_road(
    found: Ground, graph: Graph, snapper: Snapper, spots: Points, points: Points, candidates: Whole, longest: float
) -> Numbers:
    """Compute the minutes from each spot to each point and candidate; infinite where more than the longest."""
    places = snapper.snap(spots, FARTHEST_M)
    sites = together(snapper.snap(points, FARTHEST_M), places.take(candidates))
    cost = np.full((len(places), len(sites)), np.inf)
    for some, minutes in minutes_to_each(found.edges.network, graph, places, sites, longest):
        cost[:, some] = np.where(minutes <= longest, minutes, np.inf)
    cost[candidates, len(points) + np.arange(len(candidates))] = 0.0  # who lives where it is built has no way to go
    return cost


def _under_signal(rows: list[Row[Any]], found: Ground, wish: Wish, spots: Points, candidates: Whole) -> Costs:
    """Measure straight from each spot to new towers; who lives where there is signal is served at no distance.

    There is signal as far as a tower is said to reach, however short the range of new ones; where nobody says, an old
    one reaches as far as a new one would.
    """
    there = under_signal(rows, spots, found.edges.network.epsg, wish.metres)
    new = np.hypot(*(spots[:, None] - spots[candidates][None]).transpose(2, 0, 1))
    cost = np.hstack([np.where(there, 0.0, np.inf), np.where(new <= wish.metres, new, np.inf)])
    return Costs([f"t:{row.id}" for row in rows], cost)


def under_signal(rows: Sequence[Row[Any]], points: Points, epsg: int, unsaid_m: float) -> NDArray[np.bool_]:
    """Tell of points (n, 2, in metres) which have signal from each row of signal_there.sql (n, rows).

    A tower of which nobody says how far it reaches counts as reaching `unsaid_m`.
    """
    reach = np.array([(row.range_m or unsaid_m) if row.tower else 0.0 for row in rows])
    return np.asarray(shapely.distance(shapely.points(points)[:, None], in_metres(rows, epsg)[None, :]) <= reach)
