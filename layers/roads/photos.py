"""Photos of surveys: made anew from their pixels like those of works, and seen by everyone at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from layers.records.actors import Actor
from layers.records.events import record
from layers.records.photo_files import store
from layers.records.photos import Photo
from layers.roads.acts import LAYER, check_right, held
from layers.roads.refusals import FormError
from layers.roads.table import RoadSurveyPhoto

FOLDER = Path("files") / "surveys"
MOST = 20  # of one survey


@dataclass(frozen=True)
class KeptPhoto:
    """A photo of a survey as pages show it; width and height in pixels."""

    id: int
    survey_id: int
    name: str
    width: int
    height: int
    by: str
    added_at: datetime


def add_photo(connection: Connection, data_dir: Path, actor: Actor, survey: int, photo: Photo) -> int:
    """Keep a photo with a survey that counts, and give its number.

    Raises PermissionError, FormError, or OSError where the disk is full; then nothing is kept.
    """
    row = held(connection, survey)
    check_right(actor, row.village_code)
    number = connection.scalar(select(func.count()).where(RoadSurveyPhoto.survey_id == survey)) or 0
    if number >= MOST:
        told = f"Survei ini sudah punya {MOST} foto; itu batasnya."
        raise FormError(told, f"This survey has {MOST} photos, which is the limit.")
    values = {"survey_id": survey, "name": store(data_dir, photo, FOLDER), "by": actor.name}
    made = insert(RoadSurveyPhoto).values(**values, width=photo.width, height=photo.height)
    kept = int(connection.execute(made.returning(RoadSurveyPhoto.id)).scalar_one())
    record(connection, actor.name, "add_survey_photo", LAYER, str(row.road_id), survey=survey, photo=kept)
    return kept


def photos_of(connection: Connection, surveys: Collection[int]) -> dict[int, list[KeptPhoto]]:
    """List the photos of some surveys by survey, each in the order they came."""
    asked = select(RoadSurveyPhoto.__table__).where(RoadSurveyPhoto.survey_id.in_(surveys)).order_by(RoadSurveyPhoto.id)
    found: dict[int, list[KeptPhoto]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.survey_id, []).append(KeptPhoto(**row._mapping))
    return found


def name_of(connection: Connection, number: int) -> str | None:
    """Name the files of a photo; None where there is no such photo."""
    return connection.scalar(select(RoadSurveyPhoto.name).where(RoadSurveyPhoto.id == number))
