"""Views of the planner's desk under a name: for whoever keeps one, or for all planners."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, DateTime, Identity, UniqueConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor

LONGEST = 60  # letters
MOST = 50  # of one person
UNNAMED = Text("Beri nama, paling banyak 60 huruf.", "Give it a name of 60 letters at most.")
TOO_MANY = Text("Anda sudah menyimpan 50 tampilan; hapus salah satu dahulu.", "You keep 50 already; remove one first.")


class SavedView(Base):
    """A view under a name; `asked` holds what its address asks, `owner` is somebody's account:12."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "title"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    shared: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ViewRefusedError(ValueError):
    """A view that cannot be kept; the text says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Kept:
    """A view that somebody may open by its name; `own` says that he may remove it."""

    id: int
    title: str
    asked: dict[str, str]
    shared: bool
    saved_at: datetime
    own: bool


def save(connection: Connection, actor: Actor, title: str, asked: Mapping[str, str], *, shared: bool) -> None:
    """Keep a view under a name, in the place of one's own of that name; raises ViewRefusedError."""
    title = title.strip()
    if not 0 < len(title) <= LONGEST or "\0" in title:
        raise ViewRefusedError(UNNAMED)
    titles = set(connection.scalars(select(SavedView.title).where(SavedView.owner == actor.name)))
    if title not in titles and len(titles) >= MOST:
        raise ViewRefusedError(TOO_MANY)
    values = {"asked": dict(asked), "shared": shared, "saved_at": func.now()}
    statement = insert(SavedView).values(owner=actor.name, title=title, **values)
    statement = statement.on_conflict_do_update(index_elements=["owner", "title"], set_=values)
    number = connection.scalar(statement.returning(SavedView.id))
    events.record(connection, actor.name, "save_view", "access", f"view:{number}", shared=shared)


def saved(connection: Connection, actor: Actor) -> list[Kept]:
    """List the views that somebody has kept, and those that others share, by name."""
    mine = SavedView.shared | (SavedView.owner == actor.name)
    rows = connection.execute(select(SavedView.__table__).where(mine).order_by(SavedView.title, SavedView.id))
    return [Kept(row.id, row.title, row.asked, row.shared, row.saved_at, row.owner == actor.name) for row in rows]


def remove(connection: Connection, actor: Actor, number: int) -> bool:
    """Forget a view of one's own; say whether there was one."""
    gone = delete(SavedView).where(SavedView.id == number, SavedView.owner == actor.name)
    found = bool(connection.execute(gone).rowcount)
    if found:
        events.record(connection, actor.name, "remove_view", "access", f"view:{number}")
    return found
