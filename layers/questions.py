"""Questions that planners ask and the worker answers, one after the other; each kind has a table of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Connection, DateTime, Identity, Row, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from layers.computing import NothingToComputeError
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.events import record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


MOST_TRIES = 3
GIVEN_UP = Text(
    f"perhitungannya gagal {MOST_TRIES} kali; beri tahu administrator, lalu tanyakan lagi.",
    f"working it out has failed {MOST_TRIES} times; tell an administrator, then ask again.",
)


class Question:
    """The columns of a question: what was asked by whom, the answer or why there is none, how often it was tried."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    asked: Mapped[dict[str, Any]]
    actor: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    tries: Mapped[int] = mapped_column(server_default="0")


@dataclass(frozen=True)
class Taken:
    """A question that the worker has begun with."""

    id: int
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Queue:
    """The questions of a table; `act` and `layer` are how the trail calls the asking of one."""

    table: Any  # a mapped class with the columns of Question
    act: str
    layer: str

    def ask(self, connection: Connection, actor: Actor, wish: "DataclassInstance") -> int:
        """Put a question into the queue and give its number; raises PermissionError."""
        if not actor.holds("planner", "administrator"):
            raise PermissionError("Only planners ask.")
        asked = asdict(wish)
        statement = insert(self.table).values(asked=asked, actor=actor.name).returning(self.table.id)
        number: int = connection.execute(statement).scalar_one()
        record(connection, actor.name, self.act, self.layer, str(number), **asked)
        return number

    def question(self, connection: Connection, number: int) -> Row[Any] | None:
        """Find a question with its answer."""
        return connection.execute(self._all().where(self.table.id == number)).one_or_none()

    def newest(self, connection: Connection, most: int = 10) -> Sequence[Row[Any]]:
        """List the newest questions."""
        return connection.execute(self._all().order_by(self.table.id.desc()).limit(most)).all()

    def last_good(self, connection: Connection) -> Row[Any] | None:
        """Find the newest question that has an answer: what people may go by while a newer one has none."""
        good = self._all().where(self.table.answer.is_not(None))
        return connection.execute(good.order_by(self.table.id.desc()).limit(1)).one_or_none()

    def take(self, connection: Connection) -> Taken | None:
        """Count a try of the question that waits longest, the least tried first, and give it; None where none waits.

        To be committed before the work begins: a question over which the worker dies is then given up after MOST_TRIES
        too, and no other waits behind it.
        """
        table, waiting = self.table, self.table.answered_at.is_(None)
        over = update(table).where(waiting, table.tries >= MOST_TRIES)
        connection.execute(over.values(answered_at=func.now(), problem=asdict(GIVEN_UP)))
        first = select(table.id).where(waiting).order_by(table.tries, table.id).limit(1).scalar_subquery()
        begun = update(table).where(table.id == first).values(tries=table.tries + 1)
        found = connection.execute(begun.returning(table.id, table.asked)).one_or_none()
        return Taken(*found) if found else None

    def answer(
        self, connection: Connection, taken: Taken, solve: Callable[[Mapping[str, Any]], dict[str, Any]]
    ) -> None:
        """Answer a question, or note why it cannot be.

        `solve` takes what was asked and gives the answer, or raises NothingToComputeError.
        """
        told: dict[str, Any] = {"answered_at": func.now()}
        try:
            told["answer"] = solve(taken.asked)
        except NothingToComputeError as refusal:
            told["problem"] = asdict(refusal.text)
        connection.execute(update(self.table).where(self.table.id == taken.id).values(**told))

    def _all(self) -> Any:
        return select(self.table.__table__)
