"""Places where people bring things on foot: how far it is along the roads, who goes where, and how full it gets."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

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
WEEK_DAYS = 7


@dataclass(frozen=True)
class Gathered:
    """People by what they have: `far` by zone (NaN where it has no limit), `near` and `nearest` by site.

    `near` counts those within their zone's limit of the site, `nearest` all who have no nearer one.
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
    return found.minutes[:, 0] * METRES_A_MINUTE, found.facility[:, 0]


def gathered(people: csr_array, metres: Numbers, site: Whole, limit_m: Numbers, sites: int) -> Gathered:
    """Count the people (zones, cells) who are too far, and who goes to which site, by each zone's limit in metres.

    Who lives on the limit is within it; a zone without a limit (NaN) has nobody who is known to go anywhere.
    """
    table = people.tocoo()
    zone, cell, number = table.coords[0], table.coords[1], table.data
    within = metres[cell] <= limit_m[zone]
    far = np.bincount(zone, number * ~within, len(limit_m))
    at, has_one = site[cell], site[cell] >= 0
    near = np.bincount(at[has_one & within], number[has_one & within], sites)
    nearest = np.bincount(at[has_one], number[has_one], sites)
    return Gathered(np.where(np.isnan(limit_m), np.nan, far), near.astype(float), nearest.astype(float))


def longest_gap(days: Collection[int]) -> int:
    """Give the most days from one emptying to the next, of a week emptied on some days (0 is Monday)."""
    ordered = sorted(set(days))
    return max(after - before for before, after in pairwise([*ordered, ordered[0] + WEEK_DAYS]))


def days_since(days: Collection[int], day: int) -> int:
    """Give the days since the last emptying before a day of the week on which it is emptied again."""
    return min((day - before - 1) % WEEK_DAYS + 1 for before in days)
