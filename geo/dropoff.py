"""Places where people bring things on foot: how far it is along the roads, and who goes where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.access import minutes_of_places, to_nearest
from geo.graph import WALKING_KMH, Graph, connect
from geo.network import Network
from geo.snapping import Places

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

WALKER_T = 0.1  # who walks is let onto every bridge that carries a person
METRES_A_MINUTE = WALKING_KMH * 1000 / 60


@dataclass(frozen=True)
class Gathered:
    """People by what they have: `far` by zone (NaN where it has no limit), `near` and `nearest` by site.

    `near` counts those within their zone's limit of the site, `nearest` all who have no nearer one. `near` is NaN where
    people of a zone without a limit have no nearer site: nobody can say how many of them come.
    """

    far: Numbers
    near: Numbers
    nearest: Numbers


def on_foot(network: Network) -> Graph:
    """Make the graph of who walks all roads at one pace, against one-way traffic too: its minutes tell metres."""
    return connect(network, network.length_m / METRES_A_MINUTE, WALKER_T, one_way=False)


def metres_to_nearest(network: Network, walk: Graph, places: Places, sites: Places) -> tuple[Numbers, Whole]:
    """Give the metres on foot from each place to its nearest site, and which it is; infinite and -1 without a way."""
    found = minutes_of_places(network, walk, places, sites, to_nearest(network, walk, sites))
    return found.minutes * METRES_A_MINUTE, found.facility


def gathered(people: csr_array, metres: Numbers, site: Whole, limit_m: Numbers, sites: int) -> Gathered:
    """Count the people (zones, cells) who are too far, and who goes to which site, by each zone's limit in metres.

    Who lives on the limit is within it; of a zone without a limit (NaN) it is not known who goes anywhere.
    """
    table = people.tocoo()
    zone, cell, number = table.coords[0], table.coords[1], table.data
    within = metres[cell] <= limit_m[zone]
    far = np.bincount(zone, number * ~within, len(limit_m))
    at, has_one = site[cell], site[cell] >= 0
    near = np.bincount(at[has_one & within], number[has_one & within], sites).astype(float)
    near[at[has_one & np.isnan(limit_m[zone]) & (number > 0)]] = np.nan
    nearest = np.bincount(at[has_one], number[has_one], sites)
    return Gathered(np.where(np.isnan(limit_m), np.nan, far), near, nearest.astype(float))
