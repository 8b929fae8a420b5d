"""Photos as they arrive, in any room: over slow lines, which may neither hold up other people nor last for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import IO, Any

from flask import request
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, RequestTimeout, ServiceUnavailable

from layers.records.photos import MOST_BYTES

AT_ONCE = 32  # in one worker, which has more threads than that (webapp/serving.py): the rest is for everybody else
FORM_BYTES = 100_000  # what a form may bring beside its photo
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


@contextmanager
def photo(field: str = "photo") -> Iterator[IO[bytes]]:
    """Lend a photo, or another file, of a form as a file on disk; refuses a form without one, and more than fit."""
    if not _places.acquire(blocking=False):
        raise ServiceUnavailable(
            gettext("Banyak foto sedang dikirim; coba lagi sebentar lagi."), retry_after=RETRY_AFTER_S
        )
    try:
        with _held_to_time():
            sent = request.files.get(field)
        if sent is None or not sent.filename:
            raise NoPhotoError(gettext("Pilih foto dahulu.") if field == "photo" else gettext("Pilih berkas dahulu."))
        with sent.stream as file:
            file.fileno()  # moves a small one onto the disk too, where the process that opens it finds it
            yield file
    finally:
        _places.release()


@contextmanager
def _held_to_time() -> Iterator[None]:
    """Let the reading of the form end when its line falls silent, or all but."""
    socket = request.environ.get("gunicorn.socket")
    request.max_content_length = MOST_BYTES + FORM_BYTES
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
