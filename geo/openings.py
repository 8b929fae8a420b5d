"""Every new site valued exactly: what opening a facility there, and nowhere else, would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.repairs import Service
from geo.scenario import Indices, Numbers, Roads, minutes_to_nearest

AT_ONCE = 64


@dataclass(frozen=True)
class Openings:
    """What opening each site (s,) brings: person-minutes to those who had a way, people who get one, people served.

    Served are those who come from over the limit, or from no way at all, to within it.
    """

    person_minutes: Numbers
    connected: Numbers
    served: Numbers


def open_each(roads: Roads, services: Sequence[Service], sites: Indices, within: float) -> list[Openings]:
    """Value a facility of each service at every site (nodes), each by itself; `within` minutes count as served.

    A site is run once for all services (Dijkstra), and every home takes the nearer of it and what there was.
    """
    count = len(roads.starts) - 1
    graph = csr_array((roads.minutes, roads.heads, roads.starts), shape=(count, count))
    homes = np.flatnonzero(sum(service.people for service in services) > 0)
    before = [minutes_to_nearest(roads, service.facilities)[homes] for service in services]
    found: list[list[Openings]] = [[] for _ in services]
    for first in range(0, len(sites), AT_ONCE):
        away = np.atleast_2d(dijkstra(graph, indices=sites[first : first + AT_ONCE]))[:, homes]
        for told, service, now in zip(found, services, before, strict=True):
            told.append(_brings(now, np.minimum(now, away), service.people[homes], service.longest, within))
    return [_together(told) for told in found]


def _brings(now: Numbers, after: Numbers, people: Numbers, longest: float, within: float) -> Openings:
    had = np.isfinite(now)
    nearer = np.minimum(now, longest)[None, :] - np.minimum(after, longest)
    newly: NDArray[np.bool_] = (now > within) & (after <= within)
    return Openings(nearer[:, had] @ people[had], (np.isfinite(after) & ~had) @ people, newly @ people)


def _together(parts: list[Openings]) -> Openings:
    names = ("person_minutes", "connected", "served")
    return Openings(*(np.concatenate([np.empty(0), *(getattr(part, name) for part in parts)]) for name in names))
