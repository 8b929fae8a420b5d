"""Questions of where to build, as planners ask them; the worker answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, exists, insert, select

from layers.access.table import SitingQuestion
from layers.records.actors import Actor
from layers.records.events import record

Method = Literal["mclp", "p_median", "lscp"]
TPS, TOWER = "tps", "menara"  # what can be placed besides offices


@dataclass(frozen=True)
class Wish:
    """What is to be built (a kind of office, TPS or TOWER), how many at most, and what counts as served.

    `minutes` by a mode in a season; `metres`, where these are asked for: on foot along the roads to a TPS, straight
    from a tower. `capacity` is the people a site can serve, `price` what a new one costs and `budget` what there is for
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
        """Give the cost within which people are served: metres for towers, else minutes."""
        return self.metres if self.kind == TOWER else self.minutes


def ask(connection: Connection, actor: Actor, wish: Wish) -> int:
    """Put a question into the queue and give its number."""
    asked = insert(SitingQuestion).values(asked=asdict(wish), actor=actor.name).returning(SitingQuestion.id)
    number = connection.execute(asked).scalar_one()
    record(connection, actor.name, "ask_siting", "access", str(number), **asdict(wish))
    return number


def question(connection: Connection, number: int) -> Row[Any] | None:
    """Find a question with its answer."""
    return connection.execute(select(SitingQuestion.__table__).where(SitingQuestion.id == number)).one_or_none()


def newest(connection: Connection, most: int = 10) -> Sequence[Row[Any]]:
    """List the newest questions."""
    return connection.execute(select(SitingQuestion.__table__).order_by(SitingQuestion.id.desc()).limit(most)).all()


def any_waiting(connection: Connection) -> bool:
    """Say whether a question waits for its answer."""
    return bool(connection.scalar(select(exists().where(SitingQuestion.answered_at.is_(None)))))
