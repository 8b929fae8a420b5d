"""What a request asks of a collection, read from its query; refuses with 400 what has no meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from flask import abort, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.features import Drawing
from layers.layer import Layer
from layers.query import LARGEST_ID, MOST, Bounds, Query
from webapp.ogc import crs
from webapp.question import chosen

DEFAULT_LIMIT = 100
SHAPES = ("f", "lang")
ITEMS = (*SHAPES, "limit", "after", "offset", "bbox", "bbox-crs", "crs", "datetime")
OPEN_ENDS = ("", "..")

Interval = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Asked:
    """A question with the coordinate system of its answer."""

    query: Query
    crs: str
    drawing: Drawing


def asked(connection: Connection, layer: Layer, arguments: Mapping[str, str]) -> Asked:
    """Read which features are asked for, and in which coordinate system."""
    only(*ITEMS, *(field.name for field in layer.public_fields))
    name, drawing = system(connection, arguments.get("crs", crs.CRS84))
    query = Query(
        layer,
        filters={f.name: chosen(f, arguments[f.name]) for f in layer.public_fields if f.name in arguments},
        bbox=box(connection, arguments.get("bbox"), arguments.get("bbox-crs", crs.CRS84)),
        during=interval(arguments["datetime"]) if "datetime" in arguments else (None, None),
        limit=min(whole_number(arguments.get("limit", str(DEFAULT_LIMIT)), 1), MOST),
        after=whole_number(arguments["after"], 0) if "after" in arguments else None,
        offset=whole_number(arguments.get("offset", "0"), 0),
    )
    return Asked(query, name, drawing)


def only(*known: str) -> None:
    """Refuse a parameter that this address does not know: a mistyped filter must not answer everything."""
    for name in request.args:
        if name not in known:
            shown = name if name.replace("-", "_").isidentifier() and len(name) <= 30 else "?"
            abort(400, gettext("Parameter %(name)s tidak dikenal di alamat ini.", name=shown))


def system(connection: Connection, name: str) -> tuple[str, Drawing]:
    """Find a coordinate system by its URI."""
    if name == crs.CRS84:
        return name, Drawing()
    known = crs.systems(connection)
    if name not in known:
        abort(400, gettext("Sistem koordinat ini tidak tersedia; pilih dari daftar crs pada koleksi."))
    return name, known[name]


def box(connection: Connection, written: str | None, system_name: str) -> Bounds | None:
    """Read a box of four numbers, or six with heights; gives degrees of EPSG:4326."""
    _, drawing = system(connection, system_name)
    if written is None:
        return None
    try:
        numbers = [float(part) for part in written.split(",")]
        first, second, third, fourth = numbers if len(numbers) != 6 else (*numbers[:2], *numbers[3:5])
        return crs.in_degrees((first, second, third, fourth), drawing)
    except ValueError:
        abort(400, gettext("bbox ditulis sebagai barat,selatan,timur,utara, dan harus ada di bumi."))


def interval(written: str) -> Interval:
    """Read a moment, a day or an interval such as 2026-01-01/.. as a closed interval."""
    start, slash, end = written.partition("/")
    if not slash:
        return _first(start), _last(start)
    since = None if start in OPEN_ENDS else _first(start)
    until = None if end in OPEN_ENDS else _last(end)
    if since and until and since > until:
        _refuse_moment()
    return since, until


def whole_number(written: str, least: int) -> int:
    """Read a number of plain digits."""
    plain = written.isascii() and written.isdigit() and len(written) <= len(str(LARGEST_ID))
    if not (plain and least <= int(written) <= LARGEST_ID):
        abort(400, gettext("limit, offset, dan after adalah bilangan bulat; limit paling kecil 1."))
    return int(written)


def _first(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        _refuse_moment()


def _last(written: str) -> datetime:
    """Take a day as lasting to its end."""
    moment = _first(written)
    return moment + timedelta(days=1, microseconds=-1) if len(written) == len("2026-01-01") else moment


def _refuse_moment() -> NoReturn:
    abort(400, gettext("datetime ditulis seperti 2026-01-31, 2026-01-31T07:00:00Z, atau awal/akhir."))
