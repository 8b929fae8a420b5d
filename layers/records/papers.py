"""Papers: sheets that somebody wants as a PDF. The worker sets one after the other; each is kept for a week."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from sqlalchemy import BigInteger, Connection, DateTime, Identity, delete, exists, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records import events
from layers.records.actors import Actor

FOLDER = "papers"
LASTING = timedelta(days=7)
GRACE = timedelta(hours=1)  # a file this young may belong to a transaction that is not over yet


class Paper(Base):
    """A sheet that somebody (account:12) has ordered; its HTML goes once it is set, `file` names the PDF.

    One that is settled without a file could not be set.
    """

    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    name: Mapped[str]
    back: Mapped[str]
    html: Mapped[str | None]
    ordered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now(), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    file: Mapped[str | None]


@dataclass(frozen=True)
class Order:
    """What became of a sheet: not settled yet, or a PDF to be called `name`, or (without a file) none."""

    title: str
    name: str
    back: str
    settled_at: datetime | None
    file: str | None


def order(connection: Connection, actor: Actor, title: str, name: str, back: str, html: str) -> int:
    """Have the worker set a sheet and give its number; `back` is the address of the page that it was made from."""
    values = {"owner": actor.name, "title": title, "name": name, "back": back, "html": html}
    number = connection.execute(insert(Paper).values(**values).returning(Paper.id)).scalar_one()
    events.record(connection, actor.name, "order_paper", None, f"paper:{number}", name=name)
    return number


def ordered(connection: Connection, actor: Actor, number: int) -> Order | None:
    """Find a sheet that somebody has ordered himself."""
    asked = select(Paper.title, Paper.name, Paper.back, Paper.settled_at, Paper.file)
    row = connection.execute(asked.where(Paper.id == number, Paper.owner == actor.name)).one_or_none()
    return Order(*row) if row else None


def any_waiting(connection: Connection) -> bool:
    """Say whether a sheet waits to be set."""
    return bool(connection.scalar(select(exists().where(Paper.settled_at.is_(None)))))


def settle_next(connection: Connection, data_dir: Path, to_pdf: Callable[[str], bytes | None]) -> int | None:
    """Set the oldest sheet that waits and give its number; `to_pdf` gives None where it cannot be set."""
    waiting = select(Paper.id, Paper.html).where(Paper.settled_at.is_(None)).order_by(Paper.id).limit(1)
    found = connection.execute(waiting.with_for_update(skip_locked=True)).one_or_none()
    if found is None:
        return None
    pdf = to_pdf(found.html or "")
    values = {"settled_at": func.now(), "html": None, "file": None if pdf is None else _store(data_dir, pdf)}
    connection.execute(update(Paper).where(Paper.id == found.id).values(**values))
    return int(found.id)


def path(data_dir: Path, file: str) -> Path:
    """Tell where the PDF of a sheet lies."""
    return data_dir / FOLDER / f"{file}.pdf"


def forget_old(connection: Connection) -> int:
    """Forget the sheets of more than a week ago and say how many; their files are orphans then."""
    return connection.execute(delete(Paper).where(Paper.ordered_at < func.now() - LASTING)).rowcount


def orphans(connection: Connection, data_dir: Path) -> Iterator[Path]:
    """Give the files of sheets that nobody knows any more: forgotten ones, or left behind by a crash."""
    now = connection.execute(select(func.now())).scalar_one()
    known = set(connection.scalars(select(Paper.file).where(Paper.file.is_not(None))))
    for file in (data_dir / FOLDER).glob("*.pdf"):
        if file.stem not in known and file.stat().st_mtime < (now - GRACE).timestamp():
            yield file


def _store(data_dir: Path, pdf: bytes) -> str:
    """Write a PDF that its owner's system account alone may read; whole, or an orphan."""
    name = token_hex(16)
    file = path(data_dir, name)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(pdf)
    return name
