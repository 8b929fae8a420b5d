"""A choice of works for a budget as planners ask for it: light enough for every page; the worker answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

RuleAsked = tuple[Any, ...]
MOST_YEARS = 5
MOST_RULES = 30
MOST_PICKED = 60


@dataclass(frozen=True)
class Asked:
    """A budget in rupiah for each year from `first_year`, rules, and a planner's own pick (keys of candidates).

    `connection` is what a trip that becomes possible counts for, in minutes. Rules are (must, key), (must_not, key),
    (not_both, key, key) and (share, code of a kecamatan, least, most). `made_up` allows prices that are sample data.
    """

    budgets: tuple[float, ...]
    first_year: int
    connection: float
    made_up: bool = False
    rules: tuple[RuleAsked, ...] = ()
    pick: tuple[str, ...] = ()

    @property
    def named(self) -> set[str]:
        """List the keys of the candidates that rules name."""
        return {str(key) for kind, *keys in self.rules if kind != "share" for key in keys}

    def written(self) -> dict[str, Any]:
        """Write the question down as it is kept."""
        return asdict(self)


def read(kept: Mapping[str, Any]) -> Asked:
    """Read a question that was kept."""
    rules = tuple(tuple(rule) for rule in kept["rules"])
    given = {name: kept[name] for name in ("first_year", "connection", "made_up")}
    return Asked(tuple(kept["budgets"]), rules=rules, pick=tuple(kept["pick"]), **given)
