"""How many files to take along one web worker makes at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask_babel import gettext
from werkzeug.exceptions import ServiceUnavailable

AT_ONCE = 2  # per web worker, so that slow lines never take all of its threads
RETRY_AFTER_S = 30

places = BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """Take one of the few places for downloads; answers 503 where all are taken."""
    if not places.acquire(blocking=False):
        busy = gettext("Sedang banyak yang mengunduh; coba lagi setengah menit lagi.")
        raise ServiceUnavailable(busy, retry_after=RETRY_AFTER_S)
    try:
        yield
    finally:
        places.release()
