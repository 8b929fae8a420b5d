"""What no page could mean is refused before any page sees it: endless addresses, broken UTF-8, NUL bytes."""

from typing import IO, Any, NoReturn
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, abort, request
from flask_babel import gettext
from werkzeug.formparser import FormDataParser

ADDRESS_LIMIT_BYTES = 4_000
FORM_LIMIT_BYTES = 1_000_000


class FormReader(FormDataParser):
    """Reads a form, and refuses with 400 one whose names, values or names of files hold NUL, which no column keeps.

    A form with files is read only where a room asks for it, so that it can be checked no sooner.
    """

    def parse(self, stream: IO[bytes], *about: Any, **more: Any) -> Any:
        """Give the stream, the fields and the files."""
        _, form, files = read = super().parse(stream, *about, **more)
        named = [(name, file.filename or "") for name, file in files.items(multi=True)]
        if any("\0" in name + text for name, text in [*form.items(multi=True), *named]):
            refuse_letters()
        return read


class ReadableRequest(Request):
    """A request whose forms hold nothing but text and files."""

    form_data_parser_class = FormReader


def install(app: Flask) -> None:
    """Check every request before it reaches a room."""
    app.request_class = ReadableRequest
    app.config["MAX_CONTENT_LENGTH"] = FORM_LIMIT_BYTES
    app.before_request(refuse_endless)
    app.before_request(refuse_unreadable)


def refuse_endless() -> None:
    """Refuse with 414 an address longer than any of our links."""
    if len(request.environ.get("PATH_INFO", "")) + len(request.query_string) > ADDRESS_LIMIT_BYTES:
        abort(414)


def refuse_unreadable() -> None:
    """Refuse with 400 a path, query or form without files that is not plain UTF-8 text."""
    sent = [request.environ.get("PATH_INFO", "").encode("latin-1"), unquote_to_bytes(request.query_string)]
    if request.mimetype == "application/x-www-form-urlencoded":
        sent.append(unquote_to_bytes(request.get_data(cache=True)))
    if not all(map(readable, sent)):
        refuse_letters()


def refuse_letters() -> NoReturn:
    """Refuse with 400 what holds bytes that are no text."""
    abort(400, gettext("Alamat atau isian memuat huruf yang rusak; ketik ulang, jangan disalin."))


def readable(sent: bytes) -> bool:
    """Say whether bytes are UTF-8 text without NUL."""
    try:
        return "\0" not in sent.decode()
    except UnicodeDecodeError:
        return False
