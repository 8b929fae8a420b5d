"""Questions that planners ask and the worker answers, one after the other; each kind has a table of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Connection, DateTime, Identity, Row, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from layers.computing import NothingToComputeError
from layers.records.actors import Actor
from layers.records.events import record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Question:
    """The columns of a question: what was asked by whom, and the answer, or why there is none."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    asked: Mapped[dict[str, Any]]
    actor: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


@dataclass(frozen=True)
class Queue:
    """The questions of a table; `act` and `layer` are how the trail calls the asking of one."""

    table: Any  # a mapped class with the columns of Question
    act: str
    layer: str

    def ask(self, connection: Connection, actor: Actor, wish: "DataclassInstance") -> int:
        """Put a question into the queue and give its number."""
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

    def any_waiting(self, connection: Connection) -> bool:
        """Say whether a question waits for its answer."""
        return bool(connection.scalar(select(exists().where(self.table.answered_at.is_(None)))))

    def answer_next(self, connection: Connection, solve: Callable[[Mapping[str, Any]], dict[str, Any]]) -> bool:
        """Answer the oldest question that waits, or note why it cannot be; says whether there was one.

        `solve` takes what was asked and gives the answer, or raises NothingToComputeError.
        """
        table = self.table
        waiting = select(table.id, table.asked).where(table.answered_at.is_(None)).order_by(table.id).limit(1)
        found = connection.execute(waiting.with_for_update(skip_locked=True)).one_or_none()
        if found is None:
            return False
        told: dict[str, Any] = {"answered_at": func.now()}
        try:
            told["answer"] = solve(found.asked)
        except NothingToComputeError as refusal:
            told["problem"] = asdict(refusal.text)
        connection.execute(update(table).where(table.id == found.id).values(**told))
        return True

    def _all(self) -> Any:
        return select(self.table.__table__)
