"""Every closure valued exactly: who passes a stretch, how much longer the way round is, and who is cut off."""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.repairs import Service, compiled
from geo.scenario import Indices, Numbers, Roads


@dataclass(frozen=True)
class Stretches:
    """Some stretches of road (c): stretch i holds arcs[starts[i]:starts[i + 1]], both ways."""

    starts: Indices
    arcs: Indices

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Losses:
    """What closing each stretch (c,) does: people who pass it today, person-minutes they lose, people cut off.

    People cut off lose no minutes, since nothing can be put in the place of a way that is not there.
    """

    passing: Numbers
    person_minutes: Numbers
    cut_off: Numbers


def close_each(roads: Roads, service: Service, stretches: Stretches) -> Losses:
    """Value closing every stretch by itself: only people whose quickest way leads over it are looked at again."""
    now, before = _ways(roads, service.facilities)
    quickest = _quickest(roads, now, before)
    children = np.argsort(before, kind="stable")
    firsts = np.searchsorted(before[children], np.arange(len(now) + 1))
    incoming = np.argsort(roads.heads, kind="stable")
    into = np.searchsorted(roads.heads[incoming], np.arange(len(now) + 1))
    found = np.zeros((3, len(stretches)))
    _close_each(
        *(roads.starts, roads.heads, roads.minutes, roads.tails, now, quickest, firsts, children, into, incoming),
        *(service.people.astype(np.float64), float(service.longest), stretches.starts, stretches.arcs, found),
    )
    return Losses(*found)


def _ways(roads: Roads, facilities: Indices) -> tuple[Numbers, Indices]:
    """Measure the minutes to the nearest facility, and tell from which node each is reached; -1 from none."""
    count = len(roads.starts) - 1
    if not len(facilities):
        return np.full(count, np.inf), np.full(count, -1)
    graph = csr_array((roads.minutes, roads.heads, roads.starts), shape=(count, count))
    now, before, _ = dijkstra(graph, indices=np.unique(facilities), min_only=True, return_predecessors=True)
    return np.asarray(now), np.where(before < 0, -1, before).astype(np.int64)


def _quickest(roads: Roads, now: Numbers, before: Indices) -> Indices:
    """Number the arc by which each node is reached, the quickest of parallel ones; -1 where there is none."""
    on_the_way = np.flatnonzero((before[roads.heads] == roads.tails) & np.isfinite(now[roads.heads]))
    on_the_way = on_the_way[np.argsort(-roads.minutes[on_the_way], kind="stable")]
    quickest = np.full(len(now), -1)
    quickest[roads.heads[on_the_way]] = on_the_way
    return quickest


@compiled
def _close_each(
    starts: Indices,
    heads: Indices,
    minutes: Numbers,
    tails: Indices,
    now: Numbers,
    quickest: Indices,
    firsts: Indices,
    children: Indices,
    into: Indices,
    incoming: Indices,
    people: Numbers,
    longest: float,
    first_of: Indices,
    arcs: Indices,
    found: Numbers,
) -> None:
    closed, apart = np.zeros(len(heads), np.bool_), np.zeros(len(now), np.bool_)
    reached = now.copy()
    for stretch in range(len(first_of) - 1):
        these = arcs[first_of[stretch] : first_of[stretch + 1]]
        for arc in these:
            closed[arc] = True
        behind = _behind(these, heads, quickest, firsts, children, apart)
        _go_round(starts, heads, minutes, tails, into, incoming, closed, apart, behind, reached)
        for node in behind:
            found[0, stretch] += people[node]
            if np.isinf(reached[node]):
                found[2, stretch] += people[node]
            else:
                found[1, stretch] += people[node] * (min(reached[node], longest) - min(now[node], longest))
            reached[node] = now[node]
            apart[node] = False
        for arc in these:
            closed[arc] = False


@compiled
def _behind(
    these: Indices, heads: Indices, quickest: Indices, firsts: Indices, children: Indices, apart: NDArray[np.bool_]
) -> list[np.int64]:
    """List and mark the nodes whose quickest way leads over some arcs."""
    behind = [np.int64(0) for _ in range(0)]
    for arc in these:
        node = np.int64(heads[arc])
        if quickest[node] == arc and not apart[node]:
            apart[node] = True
            behind.append(node)
    at = 0
    while at < len(behind):
        node = behind[at]
        for k in range(firsts[node], firsts[node + 1]):
            child = np.int64(children[k])
            if not apart[child]:
                apart[child] = True
                behind.append(child)
        at += 1
    return behind


@compiled
def _go_round(
    starts: Indices,
    heads: Indices,
    minutes: Numbers,
    tails: Indices,
    into: Indices,
    incoming: Indices,
    closed: NDArray[np.bool_],
    apart: NDArray[np.bool_],
    behind: list[np.int64],
    reached: Numbers,
) -> None:
    """Reach the nodes behind a closure anew, from the nodes whose way is as it was."""
    heap = [(0.0, np.int64(0)) for _ in range(0)]
    for node in behind:
        reached[node] = np.inf
    for node in behind:
        best = np.inf
        for k in range(into[node], into[node + 1]):
            arc = incoming[k]
            if not closed[arc] and not apart[tails[arc]]:
                best = min(best, reached[tails[arc]] + minutes[arc])
        if best < reached[node]:
            reached[node] = best
            heappush(heap, (best, node))
    while len(heap) > 0:
        taken, node = heappop(heap)
        if taken > reached[node]:
            continue
        for arc in range(starts[node], starts[node + 1]):
            head = np.int64(heads[arc])
            if apart[head] and not closed[arc] and taken + minutes[arc] < reached[head]:
                reached[head] = taken + minutes[arc]
                heappush(heap, (reached[head], head))
