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

    Minutes, or for towers metres; infinite where that is more than is asked for, or no way leads there.
    """

    existing: list[str]
    cost: Numbers


def costs(connection: Connection, found: Ground, wish: Wish, candidates: Whole) -> Costs:
    """Compute what it costs from each settlement to each existing site and to each candidate among the settlements."""
    if wish.kind == TOWER:
        return _under_signal(_asked(connection, found, "signal_there"), found, wish, candidates)
    if wish.kind != TPS:
        which = found.which(wish.kind)
        return _by_road(
            [f"o:{found.offices[i].id}" for i in which], found.office_points[which], found, wish, candidates
        )
    rows = _asked(connection, found, "collection_points")
    return _by_road([f"w:{row.id}" for row in rows], found.points(rows), found, wish, candidates)


def _asked(connection: Connection, found: Ground, question: str) -> list[Row[Any]]:
    return list(connection.execute(sql(f"access/{question}.sql"), found.box).all())


def _by_road(keys: list[str], points: Points, found: Ground, wish: Wish, candidates: Whole) -> Costs:
    network = found.edges.network
    graph = found.edges.graph(found.rules, cast(Mode, wish.mode), cast(Season, wish.season))
    snapper = Snapper(network, graph)
    places = snapper.snap(found.spots[len(found.villages) :], FARTHEST_M)
    sites = together(snapper.snap(points, FARTHEST_M), places.take(candidates))
    cost = np.full((len(places), len(sites)), np.inf)
    for some, minutes in minutes_to_each(network, graph, places, sites, wish.minutes):
        cost[:, some] = np.where(minutes <= wish.minutes, minutes, np.inf)
    cost[candidates, len(keys) + np.arange(len(candidates))] = 0.0  # who lives where it is built has no way to go
    return Costs(keys, cost)


def _under_signal(rows: list[Row[Any]], found: Ground, wish: Wish, candidates: Whole) -> Costs:
    """Measure straight from each settlement to new towers; who lives where there is signal is served at no distance.

    There is signal as far as a tower is said to reach, however short the range of new ones; where nobody says, an old
    one reaches as far as a new one would.
    """
    spots = found.spots[len(found.villages) :]
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
