"""A layer's features as lists, OGC API and exports ask for them: filtered, sorted, paged; public fields only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from cachetools import cached
from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, String, cast, func, literal_column, select

from layers import legend
from layers.layer import Layer
from layers.query import Bounds, Query, QueryError, conditions, known_id, ordered, paged, shown

__all__ = ["Drawing", "Extent", "GeoPage", "Query", "QueryError", "Row", "count", "extent", "feature"]
__all__ += ["geojson_feature", "geojson_page", "page", "stream"]

Row = dict[str, Any]
BATCH = 1_000
FRAME = ("""'{"type":"Feature","id":'""", """',"geometry":'""", """',"properties":'""", "'}'")


@dataclass(frozen=True)
class Drawing:
    """How geometry is written: EPSG code, decimals, and whether the first axis is northing, as authorities have it."""

    srid: int = 4326
    decimals: int = 7
    north_first: bool = False


@dataclass(frozen=True)
class GeoPage:
    """A page of features as a JSON array of GeoJSON; `last` is the id to go on after, None at the end."""

    features: str
    number: int
    last: int | None


@dataclass(frozen=True)
class Extent:
    """Where and when a layer's features lie: `bounds` in EPSG:4326, None where there are none; `first` and `last`."""

    bounds: Bounds | None
    first: date | datetime | None
    last: date | datetime | None


def count(connection: Connection, query: Query) -> int:
    """Count the features that a query finds on all its pages; raises QueryError.

    Points of a kind, or of all, come from counts kept ready.
    """
    meant = conditions(replace(query, after=None))
    if query.layer.geometry == "Point" and query.by_kind_alone:
        kinds = legend.counts(connection, query.layer)
        wanted = query.filters.get(query.layer.classify)
        return kinds.get(wanted, 0) if wanted is not None else sum(kinds.values())
    statement = select(func.count()).select_from(query.table).where(*meant)
    return int(connection.execute(statement).scalar_one())


def extent(connection: Connection, layer: Layer) -> Extent:
    """Tell where and when the features of a layer lie; reads the whole layer."""
    moment = layer.table.__table__.c[layer.datetime_field]
    box = func.st_extent(_geom(layer))
    edges = (func.st_xmin(box), func.st_ymin(box), func.st_xmax(box), func.st_ymax(box))
    *bounds, first, last = connection.execute(
        select(*edges, func.min(moment), func.max(moment)).where(*shown(layer))
    ).one()
    west, south, east, north = bounds
    return Extent(None if west is None else (west, south, east, north), first, last)


def page(connection: Connection, query: Query) -> list[Row]:
    """List a page of features: id, public fields, and `lon`, `lat` of a point on each; raises QueryError."""
    found = connection.execute(paged(select(*_columns(query.layer), *_spot(query.layer)), query))
    return [dict(row) for row in found.mappings()]


def feature(connection: Connection, layer: Layer, feature_id: int) -> Row | None:
    """Find one feature, with `lon`, `lat` and its `geometry` as WKB in EPSG:4326."""
    statement = select(*_columns(layer), *_spot(layer), _wkb(layer)).where(*shown(layer))
    found = connection.execute(statement.where(_id(layer) == known_id(feature_id))).mappings().first()
    return dict(found) if found else None


def stream(connection: Connection, query: Query) -> Iterator[Row]:
    """Read every feature of a query, whatever its limit, with `geometry` as WKB in EPSG:4326; raises QueryError."""
    statement = select(*_columns(query.layer), _wkb(query.layer)).where(*conditions(query))
    batched = ordered(statement, query).execution_options(stream_results=True, yield_per=BATCH)
    yield from (dict(row) for row in connection.execute(batched).mappings())


def geojson_page(connection: Connection, query: Query, drawing: Drawing = Drawing()) -> GeoPage:
    """Write a page of features as GeoJSON, made in the database; raises QueryError."""
    statement = select(_id(query.layer), _geojson(query.layer, drawing))
    rows = connection.execute(paged(statement, query, extra=1)).all()
    kept = rows[: query.limit]
    last = int(kept[-1][0]) if len(rows) > len(kept) else None
    return GeoPage(f"[{','.join([written for _, written in kept])}]", len(kept), last)


def geojson_feature(connection: Connection, layer: Layer, feature_id: int, drawing: Drawing = Drawing()) -> str | None:
    """Write one feature as GeoJSON, None where there is no such feature."""
    statement = select(_geojson(layer, drawing)).where(_id(layer) == known_id(feature_id), *shown(layer))
    return connection.execute(statement).scalar_one_or_none()


def _id(layer: Layer) -> Column[int]:
    return layer.table.__table__.c.id  # type: ignore[no-any-return]


def _columns(layer: Layer) -> list[Column[Any]]:
    return [_id(layer), *(layer.table.__table__.c[f.name] for f in layer.public_fields)]


def _geom(layer: Layer) -> ColumnElement[Any]:
    """Name the geometry bare: GeoAlchemy2 would wrap the column itself into functions of its own."""
    return literal_column(f"{layer.table_name}.geom")


def _spot(layer: Layer) -> tuple[ColumnElement[float], ColumnElement[float]]:
    point = _geom(layer) if layer.geometry == "Point" else func.st_pointonsurface(_geom(layer))
    return func.st_x(point).label("lon"), func.st_y(point).label("lat")


def _wkb(layer: Layer) -> ColumnElement[bytes]:
    return func.st_asbinary(_geom(layer), type_=LargeBinary).label("geometry")


@cached({}, key=lambda layer, drawing: (layer.id, drawing))
def _geojson(layer: Layer, drawing: Drawing) -> ColumnElement[str]:
    """Word the writing of one feature; kept, since wording it takes longer than the database takes to write a page."""
    geom = _geom(layer)
    if drawing.srid != 4326:
        geom = func.st_transform(geom, drawing.srid)
    if drawing.north_first:
        geom = func.st_flipcoordinates(geom)
    pairs: Iterator[tuple[Any, Any]] = ((literal_column(f"'{column.name}'"), column) for column in _columns(layer)[1:])
    properties = cast(func.json_build_object(*chain.from_iterable(pairs)), String)
    shape = func.st_asgeojson(geom, literal_column(str(drawing.decimals)), literal_column("0"))
    frame: list[ColumnElement[str]] = [literal_column(part) for part in FRAME]
    return func.concat(frame[0], _id(layer), frame[1], shape, frame[2], properties, frame[3])
