"""The files of a report: which ranking, in which form."""

from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from io import BytesIO

from flask import Response, abort, send_file
from flask_babel import gettext
from sqlalchemy import Connection

from layers.exporting.formats import FORMATS
from layers.priority.report import Report
from webapp.downloads import place
from webapp.extensions import reading
from webapp.priority import reporting

FORMS = {  # imported when first asked for, so that web workers start quickly and stay small
    "html": "webapp.priority.report_map",
    "xlsx": "webapp.priority.report_workbook",
}


def of_board(ending: str) -> Response:
    """Send the ranking that the address asks for, as it stands now."""
    return _sent(ending, reporting.of_board)


def of_locked(number: int, ending: str) -> Response:
    """Send a locked ranking."""
    return _sent(ending, lambda connection: reporting.of_locked(connection, number))


def _sent(ending: str, find: Callable[[Connection], Report]) -> Response:
    if ending not in FORMS:
        abort(404, gettext("Bentuk berkas ini tidak ada; pilih dari daftar unduhan."))
    with ExitStack() as held:
        held.enter_context(place())
        connection = held.enter_context(reading())
        one = find(connection)
        body: bytes = import_module(FORMS[ending]).write(connection, one)
    return handed_over(body, named(one), ending)


def handed_over(body: bytes, name: str, ending: str) -> Response:
    """Answer a file to be kept, under a name without its ending; browsers and proxies keep no copy."""
    response = send_file(BytesIO(body), mimetype=FORMATS[ending].mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    response.headers["Cache-Control"] = "no-store"
    return response


def named(one: Report) -> str:
    """Name the file of a report."""
    return f"prioritas-jalan-{f'terkunci-{one.number}' if one.number else f'{one.made_at:%Y-%m-%d}'}"
