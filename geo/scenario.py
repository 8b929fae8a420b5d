"""What if: minutes to the nearest facility before and after some edits, who gains and who loses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Numbers = NDArray[np.float64]
Indices = NDArray[np.integer]


class ScenarioError(ValueError):
    """Edits that cannot be carried out as they stand."""


class ClashingEditsError(ScenarioError):
    """Arcs that one scenario gives two different times."""

    def __init__(self, arcs: Indices) -> None:
        self.arcs = arcs
        super().__init__(
            f"{len(arcs)} arcs are given two different times; keep one edit for each: {arcs[:5].tolist()}."
        )


class NoSuchFacilityError(ScenarioError):
    """A facility to be closed where there is none."""

    def __init__(self, node: int) -> None:
        self.node = node
        super().__init__(f"There is no facility at node {node} that could be closed.")


class ImpossibleMinutesError(ScenarioError):
    """Travel times below zero, or not numbers."""

    def __init__(self, arcs: Indices) -> None:
        self.arcs = arcs
        super().__init__(f"Minutes must be zero or more (infinite: closed); mend arcs {arcs[:5].tolist()}.")


@dataclass(frozen=True)
class Roads:
    """Arcs along which nearness spreads out from facilities, in rows (CSR): arc k of row v leads on to `heads[k]`.

    Where travel goes *to* a facility, rows are those of the transposed graph: v lists the nodes that come to v.
    `starts` (n + 1,), `heads` (m,), `minutes` (m,), infinite where closed or not yet built. Parallel arcs all stay,
    since a repair may make the slower one the faster. A place along an edge is a node of its own, with an arc from
    either end.
    """

    starts: Indices
    heads: Indices
    minutes: Numbers

    def __post_init__(self) -> None:
        _check(self.minutes)

    @cached_property
    def tails(self) -> Indices:
        """Number, for each arc, the node in whose row it stands."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True)
class Retimed:
    """Arcs (k,) that now take other minutes (k,): repaired, slowed, built, or closed (infinite)."""

    arcs: Indices
    minutes: Numbers

    def __post_init__(self) -> None:
        _check(self.minutes, self.arcs)


@dataclass(frozen=True)
class Season:
    """Minutes (m,) of every arc in another season; what else a scenario changes comes on top of it."""

    minutes: Numbers


@dataclass(frozen=True)
class Opened:
    """A facility that opens at a node; one that moves is closed here and opened there."""

    node: int


@dataclass(frozen=True)
class Closed:
    """A facility that closes."""

    node: int


Edit = Retimed | Season | Opened | Closed


def minutes_to_nearest(roads: Roads, facilities: Indices) -> Numbers:
    """Measure the minutes (n,) from each node to the nearest facility, infinite where there is no way (Dijkstra)."""
    count = len(roads.starts) - 1
    if not len(facilities):
        return np.full(count, np.inf)
    graph = csr_array((roads.minutes, roads.heads, roads.starts), shape=(count, count))
    return np.asarray(dijkstra(graph, indices=np.unique(facilities), min_only=True))


def apply(edits: Sequence[Edit], roads: Roads, facilities: Indices) -> tuple[Roads, Indices]:
    """Carry out a set of edits, in whatever order they come; raises ClashingEditsError, NoSuchFacilityError."""
    seasons = [edit.minutes for edit in edits if isinstance(edit, Season)]
    if len(seasons) > 1:
        raise ClashingEditsError(np.flatnonzero(seasons[0] != seasons[1]))
    minutes = (seasons[0] if seasons else roads.minutes).copy()
    arcs, new = _retimed(edit for edit in edits if isinstance(edit, Retimed))
    minutes[arcs] = new
    return replace(roads, minutes=minutes), _facilities(edits, facilities)


def _retimed(edits: Iterable[Retimed]) -> tuple[Indices, Numbers]:
    given = list(edits)
    if not given:
        return np.empty(0, np.int64), np.empty(0)
    arcs, minutes = np.concatenate([e.arcs for e in given]), np.concatenate([e.minutes for e in given])
    order = np.lexsort((minutes, arcs))
    arcs, minutes = arcs[order], minutes[order]
    clash = (arcs[1:] == arcs[:-1]) & (minutes[1:] != minutes[:-1])
    if clash.any():
        raise ClashingEditsError(np.unique(arcs[1:][clash]))
    return arcs, minutes


def _facilities(edits: Sequence[Edit], facilities: Indices) -> Indices:
    closed = [edit.node for edit in edits if isinstance(edit, Closed)]
    missing = set(closed) - set(facilities.tolist())
    if missing:
        raise NoSuchFacilityError(min(missing))
    opened = [edit.node for edit in edits if isinstance(edit, Opened)]
    return np.union1d(np.setdiff1d(facilities, closed), opened).astype(np.int64)


@dataclass(frozen=True)
class Change:
    """What a scenario changes for people (n,): minutes `before` and `after` (n,), no trip counted as over `longest`.

    Minutes count only where there is a way before and after. People who win or lose the way itself are counted as
    people, apart, so that nobody is credited twice.
    """

    before: Numbers
    after: Numbers
    people: Numbers
    longest: float

    @cached_property
    def person_minutes(self) -> Numbers:
        """Count the person-minutes a trip that each place gains, or, below zero, loses."""
        both = np.isfinite(self.before) & np.isfinite(self.after)
        nearer = np.minimum(self.before, self.longest) - np.minimum(self.after, self.longest)
        return np.where(both, self.people * nearer, 0.0)

    @property
    def saved(self) -> float:
        """Sum the person-minutes of places that gain."""
        return float(self.person_minutes.clip(min=0).sum())

    @property
    def lost(self) -> float:
        """Sum the person-minutes of places that lose, as a number above zero."""
        return float(-self.person_minutes.clip(max=0).sum())

    @property
    def connected(self) -> float:
        """Count the people who had no way and now have one."""
        return float(self.people[np.isinf(self.before) & np.isfinite(self.after)].sum())

    @property
    def cut_off(self) -> float:
        """Count the people who had a way and now have none."""
        return float(self.people[np.isfinite(self.before) & np.isinf(self.after)].sum())


def people_within(minutes: Numbers, people: Numbers, limits: Sequence[float]) -> Numbers:
    """Count the people who need at most each of the limits, in minutes."""
    return np.array([people[minutes <= limit].sum() for limit in limits])


def _check(minutes: Numbers, arcs: Indices | None = None) -> None:
    wrong = np.flatnonzero(~(minutes >= 0))
    if len(wrong):
        raise ImpossibleMinutesError(wrong if arcs is None else arcs[wrong])
