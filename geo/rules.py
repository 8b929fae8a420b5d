"""What a choice of works has to obey: money, one treatment a road, and what the council has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Numbers = NDArray[np.float64]


class WorksError(ValueError):
    """Works and rules from which no choice follows."""


class MissingCostError(WorksError):
    """Works that cost nothing, or nobody knows what."""

    def __init__(self, works: Sequence[str]) -> None:
        self.works = tuple(works)
        super().__init__(f"Every work needs a cost above zero; give one for {', '.join(self.works[:5])}.")


class BudgetTooSmallError(WorksError):
    """A budget that pays for no work at all."""

    def __init__(self, budget: float, cheapest: float) -> None:
        self.budget, self.cheapest = budget, cheapest
        super().__init__(f"The budget of {budget:,.0f} is below the cheapest work, which costs {cheapest:,.0f}.")


class UnknownWorkError(WorksError):
    """A rule that speaks of a work or an area that is not there."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"A rule names {name}, which is not among the works and their areas.")


@dataclass(frozen=True)
class Works:
    """Works by name: cost (w,) in rupiah, the road of each, and the area (kecamatan) that its money goes to."""

    names: tuple[str, ...]
    cost: Numbers
    roads: tuple[str, ...]
    areas: tuple[str, ...]

    def __post_init__(self) -> None:
        wrong = ~((self.cost > 0) & np.isfinite(self.cost))
        if wrong.any():
            raise MissingCostError([self.names[i] for i in np.flatnonzero(wrong)])

    def __len__(self) -> int:
        return len(self.names)

    def only(self, name: str) -> Numbers:
        """Mark one work (w,); raises UnknownWorkError."""
        return _marked(self.names, name)

    def within(self, area: str) -> Numbers:
        """Mark the works of an area (w,); raises UnknownWorkError."""
        return _marked(self.areas, area)


@dataclass(frozen=True)
class Limits:
    """Rows (k, w) of coefficients, none below zero; their sums over the chosen lie between `low` and `high` (k,)."""

    rows: csr_array
    low: Numbers
    high: Numbers


class Rule(Protocol):
    """A linear rule for a choice; as text it names itself."""

    def limits(self, works: Works, budget: float) -> Limits:
        """Say within which limits a choice among the works obeys; raises UnknownWorkError."""


@dataclass(frozen=True)
class Budget:
    """No more is spent than there is, to a millionth."""

    def limits(self, works: Works, budget: float) -> Limits:
        """Sum the costs as shares of the budget."""
        return _row(works.cost / budget, 0, 1)

    def __str__(self) -> str:
        return "the budget"


@dataclass(frozen=True)
class OneTreatment:
    """A road gets one treatment at most."""

    def limits(self, works: Works, budget: float) -> Limits:
        """Count the works on each road that has several."""
        roads, road, sizes = np.unique(np.array(works.roads), return_inverse=True, return_counts=True)
        every = csr_array((np.ones(len(works)), (road, np.arange(len(works)))), shape=(len(roads), len(works)))
        several = sizes > 1
        return Limits(every[several], np.zeros(several.sum()), np.ones(several.sum()))

    def __str__(self) -> str:
        return "one treatment a road"


@dataclass(frozen=True)
class Must:
    """A work that has to be among the chosen."""

    work: str

    def limits(self, works: Works, budget: float) -> Limits:
        """Take exactly one of this work."""
        return _row(works.only(self.work), 1, 1)

    def __str__(self) -> str:
        return f"{self.work} must be done"


@dataclass(frozen=True)
class MustNot:
    """A work that may not be among the chosen."""

    work: str

    def limits(self, works: Works, budget: float) -> Limits:
        """Take none of this work."""
        return _row(works.only(self.work), 0, 0)

    def __str__(self) -> str:
        return f"{self.work} must not be done"


@dataclass(frozen=True)
class NotBoth:
    """Two works that exclude each other."""

    first: str
    second: str

    def limits(self, works: Works, budget: float) -> Limits:
        """Take at most one of the two."""
        return _row(np.maximum(works.only(self.first), works.only(self.second)), 0, 1)

    def __str__(self) -> str:
        return f"not both {self.first} and {self.second}"


@dataclass(frozen=True)
class Share:
    """At least and at most these shares (0 to 1) of the budget go to an area."""

    area: str
    least: float = 0.0
    most: float = 1.0

    def limits(self, works: Works, budget: float) -> Limits:
        """Sum the costs of the area's works as shares of the budget."""
        return _row(works.within(self.area) * works.cost / budget, self.least, self.most)

    def __str__(self) -> str:
        return f"{self.least:.0%} to {self.most:.0%} of the budget for {self.area}"


def _marked(names: Sequence[str], name: str) -> Numbers:
    marks = np.array([one == name for one in names], float)
    if not marks.any():
        raise UnknownWorkError(name)
    return marks


def _row(coefficients: Numbers, low: float, high: float) -> Limits:
    return Limits(csr_array(coefficients[None, :]), np.array([low], float), np.array([high], float))
