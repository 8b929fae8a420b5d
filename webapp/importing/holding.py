"""Who may hold an upload, and how refusals of its acts are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import abort
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers.records.actors import Actor
from layers.uploads import queries
from layers.uploads.acts import ImportRefusedError, check_reach, sees
from webapp.security.access import current_actor

HERE = "/admin/impor"
LARGEST_NUMBER = 2**63


def importer() -> Actor:
    """Give who asks; refuses with 403 whoever may not change whole layers."""
    with told():
        check_reach(current_actor())
    return current_actor()


def found(connection: Connection, number: int) -> Row[Any]:
    """Find an upload that the asking person may see; answers 404 where there is none."""
    row = queries.upload(connection, number) if number < LARGEST_NUMBER else None
    if row is None or not sees(importer(), row.actor):
        abort(404, gettext("Berkas ini tidak ada lagi: dibatalkan, atau dihapus setelah sehari. Kirim sekali lagi."))
    return row


@contextmanager
def told() -> Iterator[None]:
    """Answer what an act refuses."""
    try:
        yield
    except ImportRefusedError as refused:
        if refused.reason == "reach":
            abort(403, gettext("Impor mengubah seluruh lapisan: hanya untuk administrator dan perencana kabupaten."))
        abort(409, gettext("Berkas ini sudah di langkah lain; buka kembali halamannya."))
