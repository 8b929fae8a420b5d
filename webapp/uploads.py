"""Files as they arrive, in any room: over slow lines, which may neither hold up other people nor last for ever."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from flask import request
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestTimeout, ServiceUnavailable

from layers.records.photos import MOST_BYTES
from webapp.intake import FormReader

AT_ONCE = 32  # in one worker, which has more threads than that (webapp/serving.py): the rest is for everybody else
FORM_BYTES = 100_000  # what a form may bring beside its file
MOST_PARTS = 20
SILENCE_S = 20  # a line on which nothing comes for so long is given up
LEAST_PACE = 2_000  # bytes a second, on average after the first minute
GRACE_S = 60
RETRY_AFTER_S = 5

_places = BoundedSemaphore(AT_ONCE)


class NoPhotoError(BadRequest):
    """The form brought no photo."""


class Paced:
    """The body of a request, read no longer than its sender keeps sending; raises RequestTimeout."""

    def __init__(self, body: Any, began: float) -> None:
        self._body = body
        self._began = began
        self._came = 0

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        return self._counted(lambda: self._body.read(size))

    def readline(self, size: int = -1) -> bytes:
        """Give the next line."""
        return self._counted(lambda: self._body.readline(size))

    def _counted(self, read: Any) -> bytes:
        try:
            came: bytes = read()
        except TimeoutError:
            raise too_slow() from None
        self._came += len(came)
        lasting = time.monotonic() - self._began
        if lasting > GRACE_S and self._came < lasting * LEAST_PACE:
            raise too_slow()
        return came


@dataclass(frozen=True)
class Sent:
    """A file that has come: what it was called, how many bytes it has, and the other fields of its form."""

    name: str
    size: int
    form: Mapping[str, str]


@contextmanager
def photo(field: str = "photo") -> Iterator[IO[bytes]]:
    """Lend a photo, or another file, of a form as a file on disk; refuses a form without one, and more than fit."""
    with photos(field) as sent:
        if not sent:
            raise NoPhotoError(gettext("Pilih foto dahulu.") if field == "photo" else gettext("Pilih berkas dahulu."))
        yield sent[0]


@contextmanager
def photos(field: str) -> Iterator[list[IO[bytes]]]:
    """Lend all photos of a form, or none, as files on disk; together they may be as large as one. Refuses more."""
    with _place(gettext("Banyak foto sedang dikirim; coba lagi sebentar lagi.")), ExitStack() as opened:
        with _held_to_time(MOST_BYTES):
            sent = [opened.enter_context(one.stream) for one in request.files.getlist(field) if one.filename]
        for file in sent:
            file.fileno()  # moves a small one onto the disk too, where the process that opens it finds it
        yield sent


@contextmanager
def file_into(path: Path, field: str, most_bytes: int) -> Iterator[Sent]:
    """Write the file of a form to a path as it comes; what follows fails without it. Refuses no file, and too large."""
    if (request.content_length or 0) > most_bytes + FORM_BYTES:
        raise RequestEntityTooLarge(
            gettext("Berkas paling besar %(most)s MB; kirim bagian yang lebih kecil.", most=most_bytes // 1_000_000)
        )
    try:
        with _place(gettext("Banyak berkas sedang dikirim; coba lagi sebentar lagi.")), _held_to_time(most_bytes):
            sent = _written(path, field)
        yield sent
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _written(path: Path, field: str) -> Sent:
    """Read a form whose file is too large to be held in memory, or twice on the disk."""

    def destination(*_: Any, **__: Any) -> IO[bytes]:
        """Open the path for the first file of the form; any other is dropped."""
        return Path(os.devnull).open("w+b") if path.exists() else path.open("x+b")

    parser = FormReader(destination, max_form_memory_size=FORM_BYTES, max_form_parts=MOST_PARTS)
    mimetype, options = request.mimetype, request.mimetype_params
    _, form, files = parser.parse(request.stream, mimetype, request.content_length, options)
    sent = files.get(field)
    for file in files.values():
        file.close()
    if sent is None or not sent.filename:
        raise NoPhotoError(gettext("Pilih berkas dahulu."))
    return Sent(sent.filename, path.stat().st_size, form)


@contextmanager
def _place(full: str) -> Iterator[None]:
    """Hold one of the places for what comes over slow lines."""
    if not _places.acquire(blocking=False):
        raise ServiceUnavailable(full, retry_after=RETRY_AFTER_S)
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _held_to_time(most_bytes: int) -> Iterator[None]:
    """Let the reading of the form end when its line falls silent, or all but."""
    socket = request.environ.get("gunicorn.socket")
    request.max_content_length = most_bytes + FORM_BYTES
    request.environ["wsgi.input"] = Paced(request.environ["wsgi.input"], time.monotonic())
    if socket:
        socket.settimeout(SILENCE_S)
    try:
        yield
    finally:
        if socket:
            socket.settimeout(None)


def too_slow() -> RequestTimeout:
    """Say that the line was too slow."""
    return RequestTimeout(gettext("Kiriman terputus karena jaringan terlalu lambat; kirim sekali lagi."))
