"""Photos of complaints: a row each, and two files that no web server hands out by itself.

Files are written before their row and taken away after it: what a crash leaves behind is a file without a row, which a
job removes, never a row without its file.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    DateTime,
    ForeignKey,
    Identity,
    Row,
    func,
    select,
    update,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints.table import Complaint
from layers.db import Base
from layers.records import events
from layers.records.actors import Actor
from layers.records.photos import Area, Photo, develop

FOLDER = Path("files") / "photos"
ORPHANED = timedelta(hours=1)
MOST = 10  # photos of one purpose a complaint
Purpose = Literal["report", "result"]
Moderation = Literal["pending", "approved", "hidden"]
Size = Literal["full", "small"]


class ComplaintPhoto(Base):
    """One photo; `name` is that of its files, at random, `by` who sent it, `purpose` says trouble or repair."""

    __tablename__ = "complaint_photo"
    __table_args__ = (
        CheckConstraint("purpose in ('report', 'result')", "purpose"),
        CheckConstraint("moderation in ('pending', 'approved', 'hidden')", "moderation"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    moderation: Mapped[str] = mapped_column(server_default="pending")
    width: Mapped[int]
    height: Mapped[int]
    by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


@dataclass(frozen=True)
class KeptPhoto:
    """A photo of a complaint as pages and desks show it; width and height in pixels."""

    id: int
    complaint_id: int
    name: str
    purpose: Purpose
    moderation: Moderation
    width: int
    height: int
    by: str
    added_at: datetime


class TooManyPhotosError(Exception):
    """A complaint has as many photos as it may have."""


def add_photo(
    connection: Connection, data_dir: Path, actor: Actor, complaint_id: int, photo: Photo, purpose: Purpose = "report"
) -> int:
    """Keep a photo with a complaint, unseen by the public, and give its number; raises TooManyPhotosError.

    Raises OSError where the disk is full; then nothing is kept.
    """
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("complaint_photo"), complaint_id % 2**31)))
    if len([p for p in photos(connection, complaint_id) if p.purpose == purpose]) >= MOST:
        raise TooManyPhotosError
    values = {"complaint_id": complaint_id, "name": store(data_dir, photo), "purpose": purpose, "by": actor.name}
    size = {"width": photo.width, "height": photo.height}
    number = connection.scalar(insert_into(ComplaintPhoto).values(**values, **size).returning(ComplaintPhoto.id))
    _record(connection, actor, "add_photo", complaint_id, photo=number, purpose=purpose)
    return int(number or 0)


def photos(connection: Connection, complaint_id: int, *, approved: bool = False) -> list[KeptPhoto]:
    """List a complaint's photos in the order they came, all of them or those that the public may see."""
    asked = select(ComplaintPhoto.__table__).where(ComplaintPhoto.complaint_id == complaint_id)
    if approved:
        asked = asked.where(ComplaintPhoto.moderation == "approved")
    return [_kept(row) for row in connection.execute(asked.order_by(ComplaintPhoto.id))]


def photo(connection: Connection, number: int) -> KeptPhoto | None:
    """Find a photo by its number."""
    row = connection.execute(select(ComplaintPhoto.__table__).where(ComplaintPhoto.id == number)).one_or_none()
    return _kept(row) if row else None


def moderate(connection: Connection, actor: Actor, number: int, moderation: Moderation) -> bool:
    """Show a photo to the public, or hide it; say whether there is one."""
    changed = update(ComplaintPhoto).where(ComplaintPhoto.id == number).values(moderation=moderation)
    complaint_id = connection.scalar(changed.returning(ComplaintPhoto.complaint_id))
    if complaint_id is not None:
        _record(connection, actor, "moderate_photo", complaint_id, photo=number, moderation=moderation)
    return complaint_id is not None


def blacken(connection: Connection, data_dir: Path, actor: Actor, number: int, areas: Sequence[Area]) -> list[Path]:
    """Black out areas (left, top, right, bottom in parts of 1) of a photo, in new files in the place of the old.

    Gives the old files: whoever commits removes them (`discard`), and then nothing shows what was there.
    """
    row = connection.execute(
        select(ComplaintPhoto.complaint_id, ComplaintPhoto.name).where(ComplaintPhoto.id == number).with_for_update()
    ).one()
    with path(data_dir, row.name, "full").open("rb") as file:
        made = develop(file, areas)
    connection.execute(update(ComplaintPhoto).where(ComplaintPhoto.id == number).values(name=store(data_dir, made)))
    _record(connection, actor, "blacken_photo", row.complaint_id, photo=number, areas=len(areas))
    return [path(data_dir, row.name, size) for size in ("full", "small")]


def path(data_dir: Path, name: str, size: Size, folder: Path = FOLDER) -> Path:
    """Tell where a photo's file lies."""
    return data_dir / folder / name[:2] / (f"{name}.jpg" if size == "full" else f"{name}-small.jpg")


def store(data_dir: Path, photo: Photo, folder: Path = FOLDER) -> str:
    """Write the files of a photo onto the disk under a new name; raises OSError, and then leaves none."""
    name = token_hex(16)
    files = {path(data_dir, name, "full", folder): photo.full, path(data_dir, name, "small", folder): photo.small}
    try:
        for file, content in files.items():
            keep_file(file, content)
    except OSError:
        discard(files)
        raise
    return name


def discard(files: Sequence[Path] | dict[Path, bytes]) -> None:
    """Remove files; those that are gone already do not matter."""
    for file in files:
        file.unlink(missing_ok=True)


def orphans(
    connection: Connection, data_dir: Path, within: Path = FOLDER, kept: Any = ComplaintPhoto.name
) -> Iterator[Path]:
    """Give the files that have had no row for an hour: what a crash, or a photo blacked out, left behind.

    `kept` is the column that names the files which a folder may hold.
    """
    oldest = time() - ORPHANED.total_seconds()
    for folder in sorted((data_dir / within).glob("??")):
        old = {file for file in folder.iterdir() if file.stat().st_mtime < oldest}
        names = {file.stem.removesuffix("-small") for file in old}
        known = set(connection.scalars(select(kept).where(kept.in_(names))))
        yield from (file for file in sorted(old) if file.stem.removesuffix("-small") not in known)


def keep_file(file: Path, content: bytes) -> None:
    """Write a file so that it outlives a crash; raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as open_file:
        open_file.write(content)
        open_file.flush()
        os.fsync(open_file.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _record(connection: Connection, actor: Actor, act: str, complaint_id: int, **detail: object) -> None:
    number = connection.scalar(select(Complaint.number).where(Complaint.id == complaint_id))
    events.record(connection, actor.name, act, "complaints", number, **detail)


def _kept(row: Row[Any]) -> KeptPhoto:
    return KeptPhoto(**row._mapping)
