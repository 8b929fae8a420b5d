"""Every repair valued exactly: what each would save if it alone came on top of what is done already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from geo.scenario import Change, Indices, Numbers, Roads, minutes_to_nearest


@dataclass(frozen=True)
class Service:
    """Facilities (k,) of one kind, the people (n,) at each node, and how much a person-minute of theirs counts.

    `weight` is the worth of a trip times trips a person (of the period for which benefits are told); no trip counts as
    over `longest` minutes.
    """

    facilities: Indices
    people: Numbers
    weight: float
    longest: float


@dataclass(frozen=True)
class Repairs:
    """What each of c repairs does: repair i gives arcs[starts[i]:starts[i + 1]] the minutes beside them.

    An arc that would become slower keeps its time: a repair slows nobody. A missing link is an arc of infinite minutes.
    """

    starts: Indices
    arcs: Indices
    minutes: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def together(self, moves: Sequence[Sequence[int]]) -> "Repairs":
        """Take several repairs each as one; no repairs at all are a move too."""
        flat = np.fromiter(chain.from_iterable(moves), np.int64)
        sizes = np.diff(self.starts)[flat]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        picked = np.arange(ends[-1]) + np.repeat(self.starts[flat] - ends[:-1], sizes)
        lasts = np.cumsum([0, *map(len, moves)])
        return Repairs(ends[lasts], self.arcs[picked], self.minutes[picked])

    def done_on(self, roads: Roads, chosen: Sequence[int]) -> Roads:
        """Give the roads as they are once some repairs are done."""
        picked = self.together([chosen])
        minutes = roads.minutes.copy()
        np.minimum.at(minutes, picked.arcs, picked.minutes)
        return Roads(roads.starts, roads.heads, minutes)


@dataclass(frozen=True)
class Gains:
    """What each repair (c,) brings: person-minutes where there was a way before, and people who get one, apart."""

    person_minutes: Numbers
    connected: Numbers


@dataclass(frozen=True)
class RepairValues:
    """The worth of sets of repairs, in weighted person-minutes, for all services together.

    B = Σ_service weight · (Σ_place people · (min(T0, longest) - min(T1, longest)) + connection · people connected), T
    in minutes; the inner sum runs over places reachable before anything was done. `connection` is what one person's new
    connection is worth in person-minutes: a choice of the planner's, stated beside every result.
    """

    roads: Roads
    services: Sequence[Service]
    repairs: Repairs
    connection: float

    def joint(self, chosen: Sequence[int]) -> float:
        """Value some repairs done together, by running the whole network anew."""
        done = self.repairs.done_on(self.roads, chosen)
        total = 0.0
        for service, before in zip(self.services, self._before, strict=True):
            after = minutes_to_nearest(done, service.facilities)
            change = Change(before, after, service.people, service.longest)
            total += service.weight * (change.saved + self.connection * change.connected)
        return total

    def marginals(self, chosen: Sequence[int], moves: Sequence[Sequence[int]]) -> Numbers:
        """Value each move (c,), a set of repairs done at once, on top of those already chosen."""
        done = self.repairs.done_on(self.roads, chosen)
        repairs = self.repairs.together(moves)
        total = np.zeros(len(moves))
        for service, before in zip(self.services, self._before, strict=True):
            gains = value_each(done, service, repairs, np.isfinite(before))
            total += service.weight * (gains.person_minutes + self.connection * gains.connected)
        return total

    @cached_property
    def _before(self) -> list[Numbers]:
        return [minutes_to_nearest(self.roads, service.facilities) for service in self.services]


def value_each(roads: Roads, service: Service, repairs: Repairs, reachable: NDArray[np.bool_] | None = None) -> Gains:
    """Value every repair by itself, exactly: only nodes that come nearer are visited.

    `reachable` (n,) tells who had a way before the first of all repairs; who had none is counted once, as connected.
    """
    now = minutes_to_nearest(roads, service.facilities)
    had_a_way = np.isfinite(now) if reachable is None else reachable
    person_minutes, connected = np.zeros(len(repairs)), np.zeros(len(repairs))
    _value_each(
        *(roads.starts, roads.heads, roads.minutes, roads.tails, now, had_a_way),
        *(service.people.astype(np.float64), float(service.longest)),
        *(repairs.starts, repairs.arcs, repairs.minutes.astype(np.float64), person_minutes, connected),
    )
    return Gains(person_minutes, connected)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile on first use and keep the machine code beside the module or in the user's cache."""
    made: Callable[..., Any] = njit(cache=True)(function)
    return made


@compiled
def _value_each(
    starts: Indices,
    heads: Indices,
    minutes: Numbers,
    tails: Indices,
    now: Numbers,
    reachable: NDArray[np.bool_],
    people: Numbers,
    longest: float,
    firsts: Indices,
    arcs: Indices,
    times: Numbers,
    person_minutes: Numbers,
    connected: Numbers,
) -> None:
    weights, reached = minutes.copy(), now.copy()
    for repair in range(len(firsts) - 1):
        first, end = firsts[repair], firsts[repair + 1]
        for k in range(first, end):
            weights[arcs[k]] = min(weights[arcs[k]], times[k])
        for node in _come_nearer(starts, heads, weights, tails, now, reached, arcs[first:end]):
            if reachable[node]:
                person_minutes[repair] += people[node] * (min(now[node], longest) - min(reached[node], longest))
            elif np.isinf(now[node]):
                connected[repair] += people[node]
            reached[node] = now[node]
        for k in range(first, end):
            weights[arcs[k]] = minutes[arcs[k]]


@compiled
def _reach(
    node: np.int64,
    minutes: float,
    now: Numbers,
    reached: Numbers,
    touched: list[np.int64],
    heap: list[tuple[float, np.int64]],
) -> None:
    if reached[node] == now[node]:
        touched.append(node)
    reached[node] = minutes
    heappush(heap, (minutes, node))


@compiled
def _come_nearer(
    starts: Indices,
    heads: Indices,
    weights: Numbers,
    tails: Indices,
    now: Numbers,
    reached: Numbers,
    arcs: Indices,
) -> list[np.int64]:
    """Lower `reached` from `now` where quicker arcs bring nodes nearer (Ramalingam & Reps 1996), and list these."""
    touched = [np.int64(0) for _ in range(0)]
    heap = [(0.0, np.int64(0)) for _ in range(0)]
    for arc in arcs:
        nearer = now[tails[arc]] + weights[arc]
        if nearer < reached[heads[arc]]:
            _reach(np.int64(heads[arc]), nearer, now, reached, touched, heap)
    while len(heap) > 0:
        minutes, node = heappop(heap)
        if minutes > reached[node]:
            continue
        for arc in range(starts[node], starts[node + 1]):
            nearer = minutes + weights[arc]
            if nearer < reached[heads[arc]]:
                _reach(np.int64(heads[arc]), nearer, now, reached, touched, heap)
    return touched
