"""Photos of surveys, handed out to everyone."""

from flask import Response

from layers.records.photo_files import Size
from layers.roads import photos
from webapp import stored
from webapp.extensions import reading


def show_full(number: int) -> Response:
    """Hand out a photo."""
    return _photo(number, "full")


def show_small(number: int) -> Response:
    """Hand out a photo in small."""
    return _photo(number, "small")


def _photo(number: int, size: Size) -> Response:
    with reading() as connection:
        name = photos.name_of(connection, number) if number < 2**63 else None
    return stored.photo(photos.FOLDER, name, size)
