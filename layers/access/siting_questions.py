"""Questions of where to build, as planners ask them; the worker answers, and notes on what the answer rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from layers.access import LAYER
from layers.access.table import SitingQuestion
from layers.questions import Queue
from layers.records.versions import versions

Method = Literal["mclp", "p_median", "lscp"]
TPS, TOWER = "tps", "menara"  # what can be placed besides offices
BESIDES = {TPS: ("waste",), TOWER: ("internet",)}  # what these rest on besides what access does


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


def basis(connection: Connection, kind: str) -> dict[str, int]:
    """Name the versions of all that an answer about a kind rests on."""
    current = versions(connection)
    return {layer: current.get(layer, 0) for layer in (*LAYER.needs, *LAYER.watches, *BESIDES.get(kind, ()))}


def changed(connection: Connection, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Say whether what an answer rests on has changed since; of one that does not tell nobody knows better."""
    return answer.get("basis") != basis(connection, asked["kind"])


QUEUE = Queue(SitingQuestion, "ask_siting", "access")
ask, question, newest, last_good = QUEUE.ask, QUEUE.question, QUEUE.newest, QUEUE.last_good
