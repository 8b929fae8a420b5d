"""Every repair valued exactly: what each would save if it alone came on top of what is done already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from geo.scenario import Indices, Numbers, Roads, minutes_to_nearest


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


def value_each(roads: Roads, service: Service, repairs: Repairs) -> Gains:
    """Value every repair by itself, exactly: only nodes that come nearer are visited."""
    now = minutes_to_nearest(roads, service.facilities)
    standing = Standing(roads.starts, roads.heads, roads.minutes, roads.tails, now, np.isfinite(now))
    everywhere = Readings(np.zeros(len(now), np.int32), np.zeros((len(repairs), 1), np.uint8))
    gains = Gains(np.zeros(len(repairs)), np.zeros(len(repairs)))
    value_some(standing, service, repairs, np.arange(len(repairs)), gains, everywhere)
    return gains


@dataclass(frozen=True)
class Standing:
    """Roads at some stage of the works: arcs as in `Roads`, minutes (n,) to the nearest facility `now`.

    `had_a_way` (n,) tells who had one before the first of all works; who had none counts once, as connected.
    """

    starts: Indices
    heads: Indices
    minutes: Numbers
    tails: Indices
    now: Numbers
    had_a_way: NDArray[np.bool_]


@dataclass(frozen=True)
class Readings:
    """What each repair's value was read from: a bit (c, bytes) for each region, and the region (n,) of each node."""

    region: NDArray[np.int32]
    bits: NDArray[np.uint8]


def value_some(
    standing: Standing, service: Service, repairs: Repairs, which: Indices, gains: Gains, readings: Readings
) -> None:
    """Value some of the repairs, each by itself on top of what stands, into `gains` and `readings`."""
    for column in (gains.person_minutes, gains.connected, readings.bits):
        column[which] = 0
    _value_each(
        *(standing.starts, standing.heads, standing.minutes, standing.tails, standing.now, standing.had_a_way),
        *(service.people.astype(np.float64), float(service.longest)),
        *(repairs.starts, repairs.arcs, repairs.minutes.astype(np.float64), which),
        *(gains.person_minutes, gains.connected, readings.region, readings.bits),
    )


def nearer(roads: Roads, minutes: Numbers, now: Numbers, arcs: Indices) -> Numbers:
    """Measure anew the minutes (n,) to the nearest facility once some arcs have become quicker."""
    reached = now.copy()
    _come_nearer(roads.starts, roads.heads, minutes, roads.tails, now, reached, arcs)
    return reached


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
    which: Indices,
    person_minutes: Numbers,
    connected: Numbers,
    region: NDArray[np.int32],
    bits: NDArray[np.uint8],
) -> None:
    weights, reached = minutes.copy(), now.copy()
    for repair in which:
        first, end = firsts[repair], firsts[repair + 1]
        for k in range(first, end):
            weights[arcs[k]] = min(weights[arcs[k]], times[k])
            _read(bits[repair], region[tails[arcs[k]]])
            _read(bits[repair], region[heads[arcs[k]]])
        for node in _come_nearer(starts, heads, weights, tails, now, reached, arcs[first:end]):
            if reachable[node]:
                person_minutes[repair] += people[node] * (min(now[node], longest) - min(reached[node], longest))
            elif np.isinf(now[node]):
                connected[repair] += people[node]
            reached[node] = now[node]
            for arc in range(starts[node], starts[node + 1]):
                _read(bits[repair], region[heads[arc]])
        for k in range(first, end):
            weights[arcs[k]] = minutes[arcs[k]]


@compiled
def _read(bits: NDArray[np.uint8], region: np.int32) -> None:
    bits[region >> 3] |= np.uint8(1 << (region & 7))


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
