"""Photos of surveys are kept with the survey alone that counts, by those who may survey its road."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.records import photo_files
from layers.records.actors import Actor, Grant
from layers.records.photos import Photo
from layers.roads import photos
from layers.roads.acts import withdraw_survey
from layers.roads.refusals import FormError
from layers.roads.table import RoadSurveyPhoto
from tests.layers.roads.conftest import OFFICER

Make = Callable[..., int]
PICTURE = Photo(b"full", b"small", 400, 300, None)


def test_a_photo_is_kept_with_its_survey_and_the_trail_tells(
    connection: Connection, tmp_path: Path, lay: Make, see: Make
) -> None:
    road = lay()
    number = see(road)
    kept = photos.add_photo(connection, tmp_path, OFFICER, number, PICTURE)
    (told,) = photos.photos_of(connection, [number])[number]
    assert (told.id, told.width, told.height, told.by) == (kept, 400, 300, "account:7")
    assert photo_files.path(tmp_path, told.name, "full", photos.FOLDER).read_bytes() == b"full"
    assert photos.name_of(connection, kept) == told.name
    assert photos.name_of(connection, kept + 1) is None
    asked = text("select actor, subject, detail ->> 'photo' from event where act = 'add_survey_photo'")
    assert [tuple(row) for row in connection.execute(asked)] == [("account:7", str(road), str(kept))]


def test_a_withdrawn_survey_takes_no_more_photos_and_a_full_one_neither(
    connection: Connection, tmp_path: Path, lay: Make, see: Make
) -> None:
    road = lay()
    wrong, full = see(road), see(road, from_m=10)
    withdraw_survey(connection, OFFICER, wrong, "salah ruas")
    with pytest.raises(FormError, match="sudah ditarik"):
        photos.add_photo(connection, tmp_path, OFFICER, wrong, PICTURE)
    for _ in range(photos.MOST):
        photos.add_photo(connection, tmp_path, OFFICER, full, PICTURE)
    with pytest.raises(FormError, match="batasnya"):
        photos.add_photo(connection, tmp_path, OFFICER, full, PICTURE)
    assert len(photos.photos_of(connection, [wrong, full])[full]) == photos.MOST


def test_nobody_adds_photos_beyond_what_he_may(connection: Connection, tmp_path: Path, lay: Make, see: Make) -> None:
    number = see(lay())
    with pytest.raises(PermissionError):
        photos.add_photo(connection, tmp_path, Actor("account:2", (Grant("coordinator"),)), number, PICTURE)
    assert list(tmp_path.rglob("*.jpg")) == []


def test_files_of_a_road_that_is_gone_are_found_to_be_removed(
    connection: Connection, tmp_path: Path, lay: Make, see: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = see(lay())
    photos.add_photo(connection, tmp_path, OFFICER, kept, PICTURE)
    monkeypatch.setattr(photo_files, "time", lambda: 1e12)
    assert left(connection, tmp_path) == 0
    connection.execute(text("delete from road"))
    assert left(connection, tmp_path) == 2


def left(connection: Connection, data_dir: Path) -> int:
    return len(list(photo_files.orphans(connection, data_dir, photos.FOLDER, RoadSurveyPhoto.name)))
