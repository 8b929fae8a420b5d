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

from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.submission import LAYER
from layers.complaints.workflow import OWNER, REPORTER, VERIFIER, Party
from layers.db import Base
from layers.records import events
from layers.records.actors import Actor
from layers.records.photo_files import path, store
from layers.records.photos import Area, Photo, develop

FOLDER = Path("files") / "photos"
MOST = 10  # photos of one purpose a complaint
Purpose = Literal["report", "result"]
Moderation = Literal["pending", "approved", "hidden"]
SENDERS: dict[Purpose, tuple[Party, ...]] = {"report": REPORTER, "result": OWNER}


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

    The reporter sends those of the trouble, whoever owns the complaint those of the repair; everybody else gets
    ActRefusedError. Nobody's act is overtaken by it. One that was kept before under its `client_id` is found, not kept
    again. Raises OSError where the disk is full; then nothing is kept.
    """
    case = hold(connection, complaint_id, None)
    role = role_of(actor, case, SENDERS[purpose])
    if client_id and (before := _kept_before(connection, complaint_id, client_id)):
        return before
    if len([one for one in photos(connection, complaint_id) if one.purpose == purpose]) >= MOST:
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
    events.record(connection, actor.name, "add_photo", LAYER, case.number, role=role, photo=number, purpose=purpose)
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


def moderate_photo(
    connection: Connection, actor: Actor, number: int, moderation: Moderation, *, seen_version: int | None
) -> Done:
    """Show a photo to the public, or hide it.

    Raises ActRefusedError for whoever may not, OvertakenError where somebody was faster, LookupError for none.
    """
    case, role = _moderated(connection, actor, number, seen_version)
    connection.execute(update(ComplaintPhoto).where(ComplaintPhoto.id == number).values(moderation=moderation))
    return write(connection, actor, case, "moderate_photo", role, {}, photo=number, moderation=moderation)


def blacken_photo(
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    number: int,
    areas: Sequence[Area],
    *,
    seen_version: int | None,
) -> list[Path]:
    """Black out areas (left, top, right, bottom in parts of 1) of a photo, in new files in the place of the old.

    Gives the old files: whoever commits removes them (`photo_files.discard`), and then nothing shows what was there.
    Raises the same as `moderate_photo`.
    """
    case, role = _moderated(connection, actor, number, seen_version)
    mine = ComplaintPhoto.id == number
    old = connection.execute(select(ComplaintPhoto.name).where(mine)).scalar_one()
    with path(data_dir, old, "full", FOLDER).open("rb") as file:
        made = develop(file, areas)
    connection.execute(update(ComplaintPhoto).where(mine).values(name=store(data_dir, made, FOLDER)))
    write(connection, actor, case, "blacken_photo", role, {}, photo=number, areas=len(areas))
    return [path(data_dir, old, size, FOLDER) for size in ("full", "small")]


def _moderated(connection: Connection, actor: Actor, number: int, seen_version: int | None) -> tuple[Row[Any], Party]:
    """Hold the complaint of a photo for somebody who may moderate it."""
    of_photo = select(ComplaintPhoto.complaint_id).where(ComplaintPhoto.id == number)
    complaint_id = connection.scalar(of_photo)
    if complaint_id is None:
        raise LookupError(f"there is no photo {number}")
    case = hold(connection, complaint_id, seen_version)
    return case, role_of(actor, case, VERIFIER)


def _kept(row: Row[Any]) -> KeptPhoto:
    return KeptPhoto(**row._mapping)
