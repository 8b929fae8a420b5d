"""Collection rounds, as planners ask for them; the worker answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select

from layers.db import sql
from layers.records.actors import Actor
from layers.records.events import record
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


def ask(connection: Connection, actor: Actor, wish: Wish) -> int:
    """Put a question into the queue and give its number."""
    asked = insert(WasteRound).values(asked=asdict(wish), actor=actor.name).returning(WasteRound.id)
    number = connection.execute(asked).scalar_one()
    record(connection, actor.name, "ask_round", "waste_service", str(number), **asdict(wish))
    return number


def question(connection: Connection, number: int) -> Row[Any] | None:
    """Find a question with its answer."""
    return connection.execute(select(WasteRound.__table__).where(WasteRound.id == number)).one_or_none()


def newest(connection: Connection, most: int = 10) -> Sequence[Row[Any]]:
    """List the newest questions."""
    return connection.execute(select(WasteRound.__table__).order_by(WasteRound.id.desc()).limit(most)).all()


def last_good(connection: Connection) -> Row[Any] | None:
    """Find the newest question that has an answer: what trucks may go by while a newer one has none."""
    asked = select(WasteRound.__table__).where(WasteRound.answer.is_not(None)).order_by(WasteRound.id.desc()).limit(1)
    return connection.execute(asked).one_or_none()


def any_waiting(connection: Connection) -> bool:
    """Say whether a question waits for its answer."""
    return bool(connection.scalar(select(exists().where(WasteRound.answered_at.is_(None)))))


def landfills(connection: Connection) -> list[tuple[int, str]]:
    """List the TPA of the regency at home, by number and name."""
    rows = connection.execute(sql("waste_service/landfills.sql"), {"regency": preference(connection, REGENCY)})
    return [(row.id, row.name or "TPA") for row in rows]
