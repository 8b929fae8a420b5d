"""Files that are kept, such as photos of works and surveys, handed out to everyone."""

from pathlib import Path

from flask import Response, abort, send_file

from layers.records.photo_files import Size, path
from webapp.extensions import settings

AN_HOUR_S = 3600


def photo(folder: Path, name: str | None, size: Size) -> Response:
    """Hand out a photo that everyone may see; answers 404 where it has no name, or no file."""
    if name is None:
        abort(404)
    return handed_out(path(settings().data_dir, name, size, folder), "image/jpeg")


def handed_out(file: Path, kind: str, saved_as: str = "") -> Response:
    """Hand out a file of a media type, to be saved under a name where one is given; answers 404 where it is gone."""
    if not file.exists():
        abort(404)
    response = send_file(
        file, kind, conditional=True, max_age=AN_HOUR_S, as_attachment=bool(saved_as), download_name=saved_as or None
    )
    response.cache_control.public = True
    return response
