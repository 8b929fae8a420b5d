"""Roads that are worth repairing only together: runs of works that follow one another on somebody's way."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.repairs import Repairs
from geo.scenario import Indices, Roads

NOBODY = -1
Run = tuple[int, ...]


def corridors(roads: Roads, facilities: Indices, repairs: Repairs, longest: int = 4) -> tuple[Run, ...]:
    """Find runs of 2 to `longest` repairs, one after the other on a quickest way once every repair is done."""
    done = repairs.done_on(roads, range(len(repairs)))
    count = len(roads.starts) - 1
    graph = csr_array((done.minutes, done.heads, done.starts), shape=(count, count))
    found, before, _ = dijkstra(graph, indices=np.unique(facilities), min_only=True, return_predecessors=True)
    before[np.isinf(found)] = NOBODY
    work = _works_on_the_way(done, repairs, before)
    runs: dict[int, Run] = {NOBODY: ()}
    for node in np.flatnonzero(before >= 0).tolist():
        _follow(node, before, work, runs, longest)
    return tuple(sorted({run[-k:] for run in runs.values() for k in range(2, len(run) + 1)}))


def _works_on_the_way(done: Roads, repairs: Repairs, before: Indices) -> Indices:
    """Number, for each node, the repair of the arc by which the quickest way comes to it."""
    quickest = np.full(len(done.minutes), NOBODY)
    owner = np.repeat(np.arange(len(repairs)), np.diff(repairs.starts))
    made = repairs.minutes <= done.minutes[repairs.arcs]
    quickest[repairs.arcs[made]] = owner[made]
    on_the_way = np.flatnonzero(before[done.heads] == done.tails)
    on_the_way = on_the_way[np.argsort(-done.minutes[on_the_way], kind="stable")]
    work = np.full(len(before), NOBODY)
    work[done.heads[on_the_way]] = quickest[on_the_way]
    return work


def _follow(node: int, before: Indices, work: Indices, runs: dict[int, Run], longest: int) -> None:
    """Note the last works on the way to a node, having done so for all nodes before it."""
    climb = []
    while node not in runs:
        climb.append(node)
        node = max(int(before[node]), NOBODY)
    run = runs[node]
    for reached in reversed(climb):
        new = int(work[reached])
        run = run if new == NOBODY or run[-1:] == (new,) else (*run, new)[-longest:]
        runs[reached] = run
