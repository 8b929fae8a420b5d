"""Questions of where to build, as planners ask them; the worker answers."""

from dataclasses import dataclass
from typing import Literal

from layers.access.table import SitingQuestion
from layers.questions import Queue

Method = Literal["mclp", "p_median", "lscp"]
TPS, TOWER = "tps", "menara"  # what can be placed besides offices


@dataclass(frozen=True)
class Wish:
    """What is to be built (a kind of office, TPS or TOWER), how many at most, and what counts as served.

    `minutes` by a mode in a season; of a TPS and a tower `metres`: on foot along the roads to the one, straight from
    the other. `capacity` is the people a site can serve, `price` what a new one costs and `budget` what there is for
    all: 0 where they do not bind.
    """

    kind: str
    method: Method
    number: int
    minutes: float
    mode: str
    season: str
    capacity: float = 0.0
    price: float = 0.0
    budget: float = 0.0
    metres: float = 0.0

    @property
    def reach(self) -> float:
        """Give the cost within which people are served: metres for TPS and towers, else minutes."""
        return self.metres if self.kind in (TPS, TOWER) else self.minutes


QUEUE = Queue(SitingQuestion, "ask_siting", "access")
ask, question, newest = QUEUE.ask, QUEUE.question, QUEUE.newest
