"""The addresses from which a layer is taken along, filtered as on the screen."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, request, send_file
from flask_babel import gettext
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named as areas_named
from layers.areas.queries import regency
from layers.exporting import scratch, streams
from layers.exporting.formats import FORMATS, Format
from layers.exporting.limits import TooLargeError
from layers.provenance import Origin, origins_of
from layers.query import Query
from layers.registry import layers
from webapp import question
from webapp.downloads import place
from webapp.export import access_rows
from webapp.extensions import reading, settings
from webapp.security.access import EVERYONE, open_room

room = Blueprint("export", __name__)
open_room(room, EVERYONE)

LONGEST_S = 900  # for a whole download: a layer of 100 MB on a line of 1 Mbit/s
STALLED_S = 60  # for one piece of it
STREAMS = {"geojson": streams.geojson, "csv": streams.table}
FILES = {  # imported when first asked for, so that web workers start quickly and stay small
    "gpkg": "layers.exporting.geopackage",
    "xlsx": "layers.exporting.workbook",
    "shp": "layers.exporting.shapefile",
    "html": "webapp.export.page",
}

Rows = Iterator[dict[str, Any]]


@room.get("/layers/<layer_id>/export.<format_id>")
def export(layer_id: str, format_id: str) -> Response:
    """Send a layer as a file, with the filters of its list."""
    layer = question.layer_named(layer_id)
    asked = question.query(layer, request.args)
    if format_id not in FORMATS:
        abort(404, gettext("Bentuk berkas ini tidak ada; pilih dari daftar unduhan."))
    with ExitStack() as held:
        held.enter_context(place())
        connection = held.enter_context(reading())
        found = origins_of(connection, asked)
        check_rows(found, FORMATS[format_id])
        rows = begun(features.stream(connection, asked))
        if format_id in STREAMS:
            if line := request.environ.get("gunicorn.socket"):
                line.settimeout(STALLED_S)
            lines = in_time(STREAMS[format_id](layer, rows, found))
            response = Response(lines, mimetype=FORMATS[format_id].mimetype)
            response.call_on_close(held.pop_all().close)
        else:
            response = send_file(made(connection, asked, format_id, rows, found), mimetype=FORMATS[format_id].mimetype)
    return named(response, layer_id, FORMATS[format_id])


def in_time(lines: Iterator[str]) -> Iterator[str]:
    """Break off what is read so slowly, or not at all, that it would hold its place and its connection for ever.

    Raises TimeoutError, on which the web server closes the line before the end, so that nobody takes half for all.
    """
    last = time.monotonic() + LONGEST_S
    for written in lines:
        if time.monotonic() > last:
            raise TimeoutError(f"a download was not read within {LONGEST_S} s")
        yield written


def begun(rows: Rows) -> Rows:
    """Read the first row before the answer begins, so that a fault becomes an error page and not half a file."""
    first = next(rows, None)
    return rows if first is None else chain([first], rows)


def made(connection: Connection, asked: Query, format_id: str, rows: Rows, found: list[Origin]) -> Any:
    """Make a file, open it and take it off the disk, so that nothing stays behind however the answer ends."""
    folder = scratch.folder(settings().data_dir)
    try:
        write = writer(connection, format_id)
        return write(asked.layer, rows, folder, settings().export_limit_mb, found).open("rb")
    except TooLargeError:
        refuse_size()
    finally:
        shutil.rmtree(folder)


def check_rows(found: list[Origin], wanted: Format) -> None:
    """Refuse, before any work is done, what has more rows than its format can bear."""
    if wanted.most_rows is not None and sum(each.number for each in found) > wanted.most_rows:
        refuse_size()


def refuse_size() -> NoReturn:
    """Say what to do where a file would become too large."""
    abort(413, gettext("Berkas ini terlalu besar; saring dahulu, atau unduh CSV atau GeoJSON yang tidak dibatasi."))


def writer(connection: Connection, format_id: str) -> Callable[..., Path]:
    """Find what makes the files of a format; a map also needs its ground and the names of places."""
    write: Callable[..., Path] = import_module(FILES[format_id]).write
    if format_id != "html":
        return write
    home = regency(connection)
    districts = list(features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"})))
    naming = partial(areas_named, connection)
    return partial(write, districts=districts, regency=home.name if home else "", naming=naming)


def named(response: Response, layer_id: str, made_format: Format) -> Response:
    """Make the browser keep the answer as a file under a plain name."""
    name = f"{layer_id}-shp.zip" if made_format.ending == "zip" else f"{layer_id}.{made_format.ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@room.get("/jangkauan/laporan.html")
def access_report() -> Response:
    """Send who reaches a service as one HTML file with its map, legend, sources and date, which asks no other host."""
    layer = layers()["access"]
    with ExitStack() as held:
        held.enter_context(place())
        connection = held.enter_context(reading())
        timed, title = access_rows.timed(connection, request.args)
        asked = Query(layer)
        rows = iter([row | timed.get(str(row["village_code"]), {}) for row in features.stream(connection, asked)])
        found = origins_of(connection, asked)
        titled = replace(layer, title=title)
        response = send_file(
            made(connection, replace(asked, layer=titled), "html", rows, found), mimetype=FORMATS["html"].mimetype
        )
    return named(response, "jangkauan", FORMATS["html"])
