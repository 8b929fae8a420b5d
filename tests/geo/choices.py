"""Works to choose among: by hand, and of any kind, with the best choice found by trying all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import strategies as st

from geo.budget import Plan, Problem
from geo.rules import (
    Must,
    MustNot,
    NotBoth,
    Share,
    Works,
)


@dataclass(frozen=True)
class Reaching:
    """Works that each reach some villages; a village counts once, and some only if two works are done together."""

    villages: tuple[frozenset[int], ...]
    people: tuple[float, ...]
    together: tuple[tuple[int, int, float], ...] = ()

    def joint(self, chosen: Sequence[int]) -> float:
        reached = frozenset().union(*(self.villages[work] for work in chosen))
        joined = sum(worth for a, b, worth in self.together if a in chosen and b in chosen)
        return sum(self.people[village] for village in reached) + joined

    def over(self, moves: Sequence[Sequence[int]]) -> Callable[[Sequence[int]], np.ndarray]:
        return lambda chosen: np.array([self.joint([*chosen, *move]) - self.joint(chosen) for move in moves])


def works(*costs: float, roads: str | None = None, areas: str | None = None) -> Works:
    """Works A, B, C … on roads and in areas of one letter each."""
    names = tuple(chr(65 + i) for i in range(len(costs)))
    return Works(names, np.array(costs, float), tuple(roads or names), tuple(areas or "x" * len(costs)))


def alone(*benefits: float) -> Reaching:
    return Reaching(tuple(frozenset([i]) for i in range(len(benefits))), benefits)


def names(problem: Problem, chosen: Sequence[int]) -> str:
    return "".join(problem.works.names[work] for work in chosen)


def optimum(problem: Problem) -> Plan:
    """The best choice, found by trying all sets of works; raises as `choose` does."""
    count = len(problem.works)
    problem.book.best(problem.singles, np.zeros(count, bool))
    sets = (np.array(bits) for bits in product((False, True), repeat=count))
    return max((problem.plan(one) for one in sets if not problem.book.broken(one)), key=lambda plan: plan.delivered)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to seven works that overlap and help one another, with any mix of rules."""
    count = draw(st.integers(1, 7))
    work, villages = st.integers(0, count - 1), range(6)
    reached = draw(st.lists(st.frozensets(st.sampled_from(villages)), min_size=count, max_size=count))
    together = draw(st.lists(st.tuples(work, work, st.integers(1, 50)), max_size=3))
    people = tuple(draw(st.lists(st.integers(0, 100), min_size=6, max_size=6)))
    letters = st.lists(st.sampled_from("pqrs"), min_size=count, max_size=count).map("".join)
    costs = draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    some = works(*costs, roads=draw(letters), areas=draw(letters))
    name, area = st.sampled_from(some.names), st.sampled_from(some.areas)
    kinds = st.builds(Must, name) | st.builds(MustNot, name) | st.builds(NotBoth, name, name)
    shares = st.builds(Share, area, st.sampled_from([0.0, 0.2]), st.sampled_from([0.5, 1.0]))
    rules = draw(st.lists(kinds | shares, max_size=3))
    pairs = tuple({(min(a, b), max(a, b)) for a, b, _ in together if a != b})
    values = Reaching(tuple(reached), people, tuple(together))
    return Problem(some, values, draw(st.integers(1, 60)), tuple(rules), pairs)
