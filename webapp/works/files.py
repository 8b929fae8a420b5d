"""Photos and documents of works, handed out to everyone."""

from flask import Response, abort

from layers.records.photo_files import Size
from layers.works import documents, photos
from webapp import stored
from webapp.extensions import reading, settings


def show_full(number: int) -> Response:
    """Hand out a photo."""
    return _photo(number, "full")


def show_small(number: int) -> Response:
    """Hand out a photo in small."""
    return _photo(number, "small")


def download(number: int) -> Response:
    """Hand out a document, never to be shown within a page of ours."""
    with reading() as connection:
        found = documents.file_of(connection, number) if number < 2**63 else None
    if found is None:
        abort(404)
    name, title = found
    response = stored.handed_out(documents.path(settings().data_dir, name), "application/pdf", f"{title[:80]}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _photo(number: int, size: Size) -> Response:
    with reading() as connection:
        kept = photos.photo(connection, number) if number < 2**63 else None
    return stored.photo(photos.FOLDER, kept.name if kept else None, size)
