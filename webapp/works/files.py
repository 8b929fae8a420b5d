"""Photos and documents of works, handed out to everyone."""

from pathlib import Path

from flask import Response, abort, send_file

from layers.complaints.photos import Size
from layers.complaints.photos import path as photo_path
from layers.works import documents, photos
from webapp.extensions import reading, settings

AN_HOUR_S = 3600


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
    file = documents.path(settings().data_dir, name)
    response = _sent(file, "application/pdf", f"{title[:80]}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _photo(number: int, size: Size) -> Response:
    with reading() as connection:
        kept = photos.photo(connection, number) if number < 2**63 else None
    if kept is None:
        abort(404)
    return _sent(photo_path(settings().data_dir, kept.name, size, photos.FOLDER), "image/jpeg", "")


def _sent(file: Path, kind: str, name: str) -> Response:
    if not file.exists():
        abort(404)
    response = send_file(
        file, kind, conditional=True, max_age=AN_HOUR_S, as_attachment=bool(name), download_name=name or None
    )
    response.cache_control.public = True
    return response
