"""Collection rounds, as planners ask for them; the worker answers."""

from dataclasses import dataclass

from sqlalchemy import Connection

from layers.db import sql
from layers.questions import Queue
from layers.records.preferences import REGENCY, preference
from layers.waste_service.table import WasteRound


@dataclass(frozen=True)
class Wish:
    """Which day (0 is Monday), from which TPA, with how many trucks of how many m³, and how they work.

    `start` is in minutes after midnight, `shift_h` in hours, `loading_min` at each TPS and `tipping_min` at each
    tipping; `weight_t` is the weight of a full truck, which not every bridge carries.
    """

    day: int
    landfill: int
    trucks: int
    capacity_m3: float
    start: int
    shift_h: float
    loading_min: float
    tipping_min: float
    season: str
    weight_t: float


QUEUE = Queue(WasteRound, "ask_round", "waste_service")
ask, question, newest, last_good = QUEUE.ask, QUEUE.question, QUEUE.newest, QUEUE.last_good


def landfills(connection: Connection) -> list[tuple[int, str]]:
    """List the TPA of the regency at home, by number and name."""
    rows = connection.execute(sql("waste_service/landfills.sql"), {"regency": preference(connection, REGENCY)})
    return [(row.id, row.name or "TPA") for row in rows]
