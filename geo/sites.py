"""Places, sites and the ways between them, as a question of where to build, and its answer; joined by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-6


class SitingError(ValueError):
    """A question about sites that has no answer."""


class UnmatchedKeysError(SitingError):
    """Places or sites that stand in one table and not in the other, or twice in one."""

    def __init__(self, keys: Sequence[Any]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"Every place and site needs one row in each table; mend {list(map(str, keys[:5]))}.")


class NoNewSiteError(SitingError):
    """Neither the number of new sites nor the money allows a single one."""

    def __init__(self) -> None:
        super().__init__("No new site is allowed or can be paid for; raise the number or the budget.")


class NoAnswerInTimeError(SitingError):
    """No answer was found in the time given."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"No answer was found within {seconds:.0f} s; ask for fewer places or sites.")


@dataclass(frozen=True)
class Question:
    """Places (n) and sites (m), the cost (minutes or metres, n rows by m columns) between them, and who lives where.

    All tables are joined by key, never by order. `people` by place; by site: `existing` ones stay open, `capacity` is
    the people a site can serve, `price` what a new one costs. At most `new` sites are added, for at most `budget`. A
    cost that is infinite or missing means that there is no way.
    """

    cost: pd.DataFrame
    people: "pd.Series[float]"
    existing: tuple[Any, ...] = ()
    new: float = np.inf
    capacity: "pd.Series[float] | None" = None
    price: "pd.Series[float] | None" = None
    budget: float = np.inf

    def __post_init__(self) -> None:
        _match(self.cost.index, self.people.index)
        for table in (self.capacity, self.price):
            if table is not None:
                _match(self.cost.columns, table.index)
        strangers = [site for site in self.existing if site not in self.cost.columns]
        if strangers:
            raise UnmatchedKeysError(strangers)

    @cached_property
    def costs(self) -> Numbers:
        """Give the costs (n, m), infinite where there is no way."""
        return np.asarray(self.cost.fillna(np.inf), np.float64)

    @cached_property
    def demand(self) -> Numbers:
        """Give the people (n,) in the order of the rows."""
        return np.asarray(self.people.loc[self.cost.index], np.float64)

    @cached_property
    def is_open(self) -> Mask:
        """Mark the existing sites (m,)."""
        return np.asarray(self.cost.columns.isin(self.existing))

    def by_site(self, table: "pd.Series[float] | None", default: float) -> Numbers:
        """Give a table by site (m,) in the order of the columns."""
        if table is None:
            return np.full(self.costs.shape[1], default)
        return np.asarray(table.loc[self.cost.columns], np.float64)


@dataclass(frozen=True)
class Answer:
    """Sites to add, and what that does: people served before and after, and the places (by key) that still are not.

    `served` is the share (0 to 1) of each place's people that is served, `served_before` that without the new sites,
    capacities kept; `cost` the sum of people · cost over those served.
    `gap` is how far the answer may be from the best (0: none is better).
    """

    new: tuple[Any, ...]
    served: "pd.Series[float]"
    served_before: "pd.Series[float]"
    people_before: float
    people: float
    cost: float
    gap: float

    @property
    def unserved(self) -> tuple[Any, ...]:
        """Name the places that are not served, or not all of whose people are."""
        return tuple(self.served.index[self.served < 1 - TOLERANCE])


def _match(one: pd.Index, other: pd.Index) -> None:
    twice = [*one[one.duplicated()], *other[other.duplicated()]]
    alone = [*one.difference(other), *other.difference(one)]
    if twice or alone:
        raise UnmatchedKeysError(twice + alone)
