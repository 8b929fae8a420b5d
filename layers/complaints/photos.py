"""Photos of complaints: a row each, unseen by the public until somebody has looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    DateTime,
    ForeignKey,
    Identity,
    Row,
    UniqueConstraint,
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
from layers.records.photo_files import path, store
from layers.records.photos import Area, Photo, develop

FOLDER = Path("files") / "photos"
MOST = 10  # photos of one purpose a complaint
Purpose = Literal["report", "result"]
Moderation = Literal["pending", "approved", "hidden"]


class ComplaintPhoto(Base):
    """One photo; `name` is that of its files, at random, `by` who sent it, `purpose` says trouble or repair.

    `client_id` is made on the phone and stays when a photo is sent again.
    """

    __tablename__ = "complaint_photo"
    __table_args__ = (
        UniqueConstraint("complaint_id", "client_id"),
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
    client_id: Mapped[UUID | None]


COLUMNS = [column for column in ComplaintPhoto.__table__.c if column.name != "client_id"]


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
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    complaint_id: int,
    photo: Photo,
    purpose: Purpose = "report",
    client_id: UUID | None = None,
) -> int:
    """Keep a photo with a complaint, unseen by the public, and give its number; raises TooManyPhotosError.

    One that was kept before under its `client_id` is found, not kept again. Raises OSError where the disk is full; then
    nothing is kept.
    """
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("complaint_photo"), complaint_id % 2**31)))
    if client_id and (before := _kept_before(connection, complaint_id, client_id)):
        return before
    if len([p for p in photos(connection, complaint_id) if p.purpose == purpose]) >= MOST:
        raise TooManyPhotosError
    values = {
        "complaint_id": complaint_id,
        "name": store(data_dir, photo, FOLDER),
        "purpose": purpose,
        "by": actor.name,
        "client_id": client_id,
    }
    size = {"width": photo.width, "height": photo.height}
    number = connection.scalar(insert_into(ComplaintPhoto).values(**values, **size).returning(ComplaintPhoto.id))
    _record(connection, actor, "add_photo", complaint_id, photo=number, purpose=purpose)
    return int(number or 0)


def _kept_before(connection: Connection, complaint_id: int, client_id: UUID) -> int | None:
    same = (ComplaintPhoto.complaint_id == complaint_id, ComplaintPhoto.client_id == client_id)
    return connection.scalar(select(ComplaintPhoto.id).where(*same))


def photos(connection: Connection, complaint_id: int, *, approved: bool = False) -> list[KeptPhoto]:
    """List a complaint's photos in the order they came, all of them or those that the public may see."""
    asked = select(*COLUMNS).where(ComplaintPhoto.complaint_id == complaint_id)
    if approved:
        asked = asked.where(ComplaintPhoto.moderation == "approved")
    return [_kept(row) for row in connection.execute(asked.order_by(ComplaintPhoto.id))]


def photo(connection: Connection, number: int) -> KeptPhoto | None:
    """Find a photo by its number."""
    row = connection.execute(select(*COLUMNS).where(ComplaintPhoto.id == number)).one_or_none()
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

    Gives the old files: whoever commits removes them (`photo_files.discard`), and then nothing shows what was there.
    """
    row = connection.execute(
        select(ComplaintPhoto.complaint_id, ComplaintPhoto.name).where(ComplaintPhoto.id == number).with_for_update()
    ).one()
    with path(data_dir, row.name, "full", FOLDER).open("rb") as file:
        made = develop(file, areas)
    connection.execute(
        update(ComplaintPhoto).where(ComplaintPhoto.id == number).values(name=store(data_dir, made, FOLDER))
    )
    _record(connection, actor, "blacken_photo", row.complaint_id, photo=number, areas=len(areas))
    return [path(data_dir, row.name, size, FOLDER) for size in ("full", "small")]


def _record(connection: Connection, actor: Actor, act: str, complaint_id: int, **detail: object) -> None:
    number = connection.scalar(select(Complaint.number).where(Complaint.id == complaint_id))
    events.record(connection, actor.name, act, "complaints", number, **detail)


def _kept(row: Row[Any]) -> KeptPhoto:
    return KeptPhoto(**row._mapping)
