"""Photos of complaints: kept whole or not at all, hidden until somebody has looked, gone when they are gone."""

import errno
import os
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import Connection, text

from layers.complaints import photos
from layers.complaints.acts import blacken_photo, moderate_photo
from layers.complaints.photos import ComplaintPhoto, TooManyPhotosError
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.records import photo_files
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.photos import Photo, develop
from tests.layers.records.pictures import on_disk, picture, sent

VERIFIER, OFFICER = (Actor(f"account:{number}", (Grant(role),)) for number, role in ((3, "verifier"), (4, "officer")))


@pytest.fixture(scope="module")
def made() -> Photo:
    return develop(on_disk(sent("JPEG", picture((400, 200)))))


@pytest.fixture
def complaint(connection: Connection) -> int:
    return int(connection.scalar(text(A_COMPLAINT)) or 0)


A_COMPLAINT = """
insert into complaint (source, source_id, number, category, state, reported_at, geom)
values ('warga', 'x', 'x', 'jalan_rusak', 'received', now(), st_point(104.9, -4.8, 4326)) returning id
"""


def reporter(complaint: int) -> Actor:
    return Actor(f"reporter:{complaint}")


def files(tmp_path: Path) -> list[Path]:
    return [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_photo_is_kept_and_not_yet_public(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    number = photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    (kept,) = photos.photos(connection, complaint)
    assert (kept.id, kept.moderation, kept.width, kept.height) == (number, "pending", 400, 200)
    assert photo_files.path(tmp_path, kept.name, "full", photos.FOLDER).read_bytes() == made.full
    assert photo_files.path(tmp_path, kept.name, "small", photos.FOLDER).read_bytes() == made.small
    assert photos.photos(connection, complaint, approved=True) == []


def test_a_photo_whose_answer_was_lost_is_kept_once_however_often_it_is_sent(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    same, other = uuid4(), uuid4()
    numbers = {
        photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made, client_id=same) for _ in range(4)
    }
    assert [kept.id for kept in photos.photos(connection, complaint)] == list(numbers)
    assert len(files(tmp_path)) == 2  # in full and in small
    photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made, client_id=other)
    photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    assert len(photos.photos(connection, complaint)) == 4


def test_a_photo_is_public_once_it_is_approved(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    number = photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    moderate_photo(connection, VERIFIER, number, "approved", seen_version=1)
    assert [kept.id for kept in photos.photos(connection, complaint, approved=True)] == [number]
    asked = text("select actor, act, subject, detail ->> 'role' from event order by id")
    assert [tuple(row) for row in connection.execute(asked)] == [
        (f"reporter:{complaint}", "add_photo", "x", "reporter"),
        ("account:3", "moderate_photo", "x", "verifier"),
    ]
    with pytest.raises(LookupError):
        moderate_photo(connection, VERIFIER, number + 1, "approved", seen_version=None)


def test_a_second_moderator_does_not_show_unseen_what_the_first_has_just_hidden(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    number = photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    moderate_photo(connection, VERIFIER, number, "hidden", seen_version=1)
    with pytest.raises(OvertakenError) as late:
        moderate_photo(connection, VERIFIER, number, "approved", seen_version=1)
    assert [(change.act, change.role) for change in late.value.changes] == [("moderate_photo", "verifier")]
    with pytest.raises(OvertakenError):
        blacken_photo(connection, tmp_path, VERIFIER, number, [(0.0, 0.0, 0.5, 1.0)], seen_version=1)
    assert [kept.moderation for kept in photos.photos(connection, complaint)] == ["hidden"]


def test_a_photo_of_the_trouble_comes_from_its_reporter_one_of_the_repair_from_who_owns_it_and_verifiers_look(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    number = photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    for actor, purpose in ((VISITOR, "report"), (reporter(complaint + 1), "report"), (VERIFIER, "result")):
        with pytest.raises(ActRefusedError):
            photos.add_photo(connection, tmp_path, actor, complaint, made, purpose)
    for actor in (reporter(complaint), OFFICER):
        with pytest.raises(ActRefusedError):
            moderate_photo(connection, actor, number, "approved", seen_version=None)
        with pytest.raises(ActRefusedError):
            blacken_photo(connection, tmp_path, actor, number, [(0.0, 0.0, 0.5, 1.0)], seen_version=None)
    assert len(files(tmp_path)) == 2


def test_a_blackened_photo_is_the_only_one_left(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    number = photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    black = [(0.0, 0.0, 0.5, 1.0)]
    photo_files.discard(blacken_photo(connection, tmp_path, VERIFIER, number, black, seen_version=None))
    assert len(files(tmp_path)) == 2
    for file in files(tmp_path):
        with Image.open(BytesIO(file.read_bytes())) as image:
            assert max(image.getpixel((image.width // 4, image.height // 2))) < 12
            assert image.getpixel((image.width - 5, image.height // 2))[0] > 150


def test_a_full_disk_keeps_nothing_of_a_photo(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(photo_files.os, "fsync", fill)
    with pytest.raises(OSError, match="No space"):
        photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    assert files(tmp_path) == []
    assert photos.photos(connection, complaint) == []


def test_a_complaint_has_at_most_ten_photos_of_its_trouble_and_ten_of_its_repair(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    for _ in range(10):
        photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    with pytest.raises(TooManyPhotosError):
        photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    photos.add_photo(connection, tmp_path, OFFICER, complaint, made, "result")


def left(connection: Connection, tmp_path: Path) -> set[str]:
    found = photo_files.orphans(connection, tmp_path, photos.FOLDER, ComplaintPhoto.name)
    return {file.stem.removesuffix("-small") for file in found}


def test_files_without_a_row_are_found_after_an_hour(
    connection: Connection, tmp_path: Path, complaint: int, made: Photo
) -> None:
    photos.add_photo(connection, tmp_path, reporter(complaint), complaint, made)
    lost = photo_files.store(tmp_path, made, photos.FOLDER)
    assert left(connection, tmp_path) == set()
    for file in files(tmp_path):
        os.utime(file, (0, 0))
    assert left(connection, tmp_path) == {lost}
