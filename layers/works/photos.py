"""Photos of works: made anew from their pixels like those of complaints, and seen by everyone at once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.photo_files import store
from layers.records.photos import Photo
from layers.works.holding import Done, hold, role_of, write
from layers.works.stages import KEEPER
from layers.works.table import WorkPhoto

FOLDER = Path("files") / "works"
MOST = 60
FULL = Text("Pekerjaan ini sudah punya 60 foto; itu batasnya.", "This work has 60 photos, which is the limit.")


@dataclass(frozen=True)
class KeptPhoto:
    """A photo of a work as pages show it: width and height in pixels, percent built when it came, if known."""

    id: int
    work_id: int
    name: str
    width: int
    height: int
    percent: float | None
    by: str
    added_at: Any


def add_photo(
    connection: Connection, data_dir: Path, actor: Actor, work_id: int, photo: Photo, *, seen_version: int | None
) -> Done:
    """Keep a photo with a work; raises ActRefusedError, or OSError where the disk is full: then nothing is kept."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code, KEEPER)
    number = connection.scalar(select(func.count()).where(WorkPhoto.work_id == work_id)) or 0
    if number >= MOST:
        raise ActRefusedError("photos", FULL)
    row = {"work_id": work_id, "name": store(data_dir, photo, FOLDER), "percent": work.progress, "by": actor.name}
    made = insert(WorkPhoto).values(**row, width=photo.width, height=photo.height).returning(WorkPhoto.id)
    return write(connection, actor, work, "add_photo", role, {}, photo=connection.scalar(made))


def photos(connection: Connection, work_id: int) -> list[KeptPhoto]:
    """List a work's photos, the newest first."""
    asked = select(WorkPhoto.__table__).where(WorkPhoto.work_id == work_id).order_by(WorkPhoto.id.desc())
    return [_kept(row) for row in connection.execute(asked)]


def photo(connection: Connection, number: int) -> KeptPhoto | None:
    """Find a photo by its number."""
    row = connection.execute(select(WorkPhoto.__table__).where(WorkPhoto.id == number)).one_or_none()
    return _kept(row) if row else None


def _kept(row: Row[Any]) -> KeptPhoto:
    return KeptPhoto(**row._mapping)
