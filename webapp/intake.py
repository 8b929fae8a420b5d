"""What no page could mean is refused before any page sees it: endless addresses, broken UTF-8, NUL bytes."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request
from flask_babel import gettext

ADDRESS_LIMIT_BYTES = 4_000
FORM_LIMIT_BYTES = 1_000_000


def install(app: Flask) -> None:
    """Check every request before it reaches a room."""
    app.config["MAX_CONTENT_LENGTH"] = FORM_LIMIT_BYTES
    app.before_request(refuse_endless)
    app.before_request(refuse_unreadable)


def refuse_endless() -> None:
    """Refuse with 414 an address longer than any of our links."""
    if len(request.environ.get("PATH_INFO", "")) + len(request.query_string) > ADDRESS_LIMIT_BYTES:
        abort(414)


def refuse_unreadable() -> None:
    """Refuse with 400 a path, query or form that is not plain UTF-8 text."""
    sent = [request.environ.get("PATH_INFO", "").encode("latin-1"), unquote_to_bytes(request.query_string)]
    if request.mimetype == "application/x-www-form-urlencoded":
        sent.append(unquote_to_bytes(request.get_data(cache=True)))
    if not all(map(readable, sent)):
        abort(400, gettext("Alamat atau isian memuat huruf yang rusak; ketik ulang, jangan disalin."))


def readable(sent: bytes) -> bool:
    """Say whether bytes are UTF-8 text without NUL."""
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
