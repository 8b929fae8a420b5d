"""What sets of repairs are worth together: after each choice only what can have changed is valued anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.repairs import Gains, Readings, Repairs, Service, Standing, nearer, value_some
from geo.scenario import Change, Indices, Numbers, Roads, minutes_to_nearest

REGIONS = 512  # into which the nodes are parted; what is known of a region stays as long as nothing in it changes
SEED = 1


@dataclass(frozen=True)
class Stage:
    """Roads with some works done: minutes (m,) of the arcs, and (n,) to the nearest facility of each service."""

    minutes: Numbers
    nearest: list[Numbers]


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
        """Value some repairs done together."""
        known = frozenset(chosen)
        if known not in self._joints:
            self._joints[known] = self._worth(self.stage(chosen))
        return self._joints[known]

    def _worth(self, stage: Stage) -> float:
        total = 0.0
        for service, before, after in zip(self.services, self.untouched.nearest, stage.nearest, strict=True):
            change = Change(before, after, service.people, service.longest)
            total += service.weight * (change.saved + self.connection * change.connected)
        return total

    @cached_property
    def _joints(self) -> dict[frozenset[int], float]:
        return {}

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each move (k,), a set of repairs done at once, on top of those chosen."""
        return Ledger(self, self.repairs.together(moves)).on_top_of

    @cached_property
    def untouched(self) -> Stage:
        """Measure the minutes before anything is done."""
        return Stage(self.roads.minutes, [minutes_to_nearest(self.roads, one.facilities) for one in self.services])

    def stage(self, chosen: Sequence[int]) -> Stage:
        """Measure the minutes once some repairs are done."""
        if not len(chosen):
            return self.untouched
        picked = self.repairs.together([chosen])
        minutes = self.roads.minutes.copy()
        np.minimum.at(minutes, picked.arcs, picked.minutes)
        return Stage(minutes, [nearer(self.roads, minutes, now, picked.arcs) for now in self.untouched.nearest])

    @cached_property
    def regions(self) -> NDArray[np.int32]:
        """Part the nodes (n,) into regions about as many arcs wide each."""
        roads, count = self.roads, len(self.roads.starts) - 1
        steps = csr_array((np.ones(len(roads.heads)), roads.heads, roads.starts), shape=(count, count))
        seeds = np.random.default_rng(SEED).choice(count, min(REGIONS, count), replace=False)
        _, _, nearest = dijkstra(steps, directed=False, indices=seeds, min_only=True, return_predecessors=True)
        number = np.zeros(count + 1, np.int32)
        number[seeds] = np.arange(len(seeds))
        return number[np.where(nearest < 0, count, nearest)]


@dataclass(frozen=True)
class Summed:
    """What works are worth in several seasons together."""

    seasons: Sequence[RepairValues]

    def joint(self, chosen: Sequence[int]) -> float:
        """Value some works done together."""
        return sum(season.joint(chosen) for season in self.seasons)

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], Numbers]:
        """Give the function that values each move (k,) on top of those chosen."""
        each = [season.over(moves) for season in self.seasons]
        return lambda chosen: np.sum([valued(chosen) for valued in each], axis=0)


@dataclass
class Ledger:
    """The gains of some moves for each service at one stage, with what they were read from; kept up to date.

    A move is valued anew only where a node in a region that its value was read from has come nearer or farther, or an
    arc there has become quicker or slower: elsewhere the very same numbers would come out.
    """

    values: RepairValues
    moves: Repairs
    at: Stage | None = None
    gains: list[Gains] = field(default_factory=list)
    readings: list[Readings] = field(default_factory=list)

    def on_top_of(self, chosen: Sequence[int]) -> Numbers:
        """Value each move (k,) on top of some repairs."""
        stage = self.values.stage(chosen)
        total = np.zeros(len(self.moves))
        for i, service in enumerate(self.values.services):
            self._value(i, stage)
            worth = self.gains[i].person_minutes + self.values.connection * self.gains[i].connected
            total += service.weight * worth
        self.at = stage
        return total

    def _value(self, i: int, stage: Stage) -> None:
        roads, service, count = self.values.roads, self.values.services[i], len(self.moves)
        if self.at is None:
            self.gains.append(Gains(np.zeros(count), np.zeros(count)))
            self.readings.append(Readings(self.values.regions, np.zeros((count, REGIONS // 8), np.uint8)))
            stale = np.arange(count)
        else:
            changed = self._changed(self.at, stage, i)
            stale = np.flatnonzero((self.readings[i].bits & changed).any(axis=1))
        had_a_way = np.isfinite(self.values.untouched.nearest[i])
        standing = Standing(roads.starts, roads.heads, stage.minutes, roads.tails, stage.nearest[i], had_a_way)
        value_some(standing, service, self.moves, stale, self.gains[i], self.readings[i])

    def _changed(self, before: Stage, after: Stage, i: int) -> NDArray[np.uint8]:
        """Mark the regions that differ between two stages, a bit each."""
        roads, region = self.values.roads, self.values.regions
        marks = np.zeros(REGIONS, bool)
        arcs: Indices = np.flatnonzero(before.minutes != after.minutes)
        marks[region[roads.tails[arcs]]] = True
        marks[region[roads.heads[arcs]]] = True
        marks[region[before.nearest[i] != after.nearest[i]]] = True
        return np.packbits(marks, bitorder="little")
