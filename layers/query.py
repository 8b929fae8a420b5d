"""Which features of a layer are meant: a question as data, and as the conditions and order of a statement."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Integer,
    Select,
    Table,
    func,
    literal_column,
    or_,
)

from layers.layer import Layer

Bounds = tuple[float, float, float, float]
Statement = Select[*tuple[Any, ...]]
MOST = 10_000
LARGEST_ID = 2**63 - 1
WHOLE = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)


class QueryError(ValueError):
    """A question that cannot be asked of this layer; the text names the field or value at fault."""


@dataclass(frozen=True)
class Query:
    """Which features of a layer, in which order.

    `bbox` is west, south, east, north in EPSG:4326 (west > east spans the 180th meridian); `during` is a closed
    interval of the layer's datetime field, each end may be open; `search` looks into the fields marked for it;
    `sort` is "id" or a public field, "-field" the other way round; `after` is the last id of the page before and needs
    the sort by id.
    """

    layer: Layer
    filters: Mapping[str, str] = field(default_factory=dict)
    bbox: Bounds | None = None
    during: tuple[datetime | None, datetime | None] = (None, None)
    search: str = ""
    after: int | None = None
    offset: int = 0
    limit: int = 100
    sort: str = "id"

    @property
    def table(self) -> Table:
        """Give the layer's table."""
        return self.layer.table.__table__  # type: ignore[no-any-return]

    @property
    def by_kind_alone(self) -> bool:
        """Say whether nothing but the classifying field narrows what is found, if anything does."""
        narrowed = self.bbox or any(self.during) or self.search
        return not narrowed and set(self.filters) <= {self.layer.classify}

    def column(self, name: str) -> Column[Any]:
        """Find the column of a public field; raises QueryError for any other."""
        if name not in {f.name for f in self.layer.public_fields}:
            raise QueryError(f"{name} is not a field of {self.layer.id}")
        return self.table.c[name]


def paged(statement: Statement, query: Query, extra: int = 0) -> Statement:
    """Narrow a statement to one page of a query, and `extra` rows beyond it; raises QueryError."""
    if not 1 <= query.limit <= MOST:
        raise QueryError(f"limit must lie between 1 and {MOST}")
    if not 0 <= query.offset <= LARGEST_ID:
        raise QueryError("offset must be 0 or more")
    return ordered(statement.where(*conditions(query)), query).limit(query.limit + extra).offset(query.offset or None)


def ordered(statement: Statement, query: Query) -> Statement:
    """Sort a statement as a query asks, equal values by id; raises QueryError."""
    by_id = query.table.c.id.desc() if query.sort == "-id" else query.table.c.id
    if query.sort in ("id", "-id"):
        return statement.order_by(by_id)
    column = query.column(query.sort.removeprefix("-"))
    wanted = column.desc() if query.sort.startswith("-") else column
    return statement.order_by(wanted.nulls_last() if column.nullable else wanted, by_id)


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """List what a feature must meet to be found; raises QueryError."""
    found = [*shown(query.layer), *(_equals(query.column(name), value) for name, value in query.filters.items())]
    if query.bbox is not None:
        found.append(_within(query.table.c.geom, query.bbox))
    found += _during(query)
    if query.search:
        found.append(_mentions(query))
    if query.after is not None:
        if query.sort != "id":
            raise QueryError("after needs the order by id")
        found.append(query.table.c.id > known_id(query.after))
    return found


def shown(layer: Layer) -> list[ColumnElement[bool]]:
    """Give the condition on the rows of a layer that anyone may see; none where that is all of them."""
    return [literal_column(f"({layer.public_rows})", Boolean)] if layer.public_rows else []


def known_id(feature_id: int) -> int:
    """Keep an id within what the database can hold; no feature has one beyond."""
    return max(min(feature_id, LARGEST_ID), -1)


def _equals(column: Column[Any], value: str) -> ColumnElement[bool]:
    try:
        wanted = _typed(column, value)
    except (ValueError, OverflowError) as error:
        raise QueryError(f"{column.name} cannot be {value[:40]!r}") from error
    return column == wanted  # type: ignore[no-any-return]


def _typed(column: Column[Any], value: str) -> Any:
    if "\0" in value:
        raise ValueError(value)
    if isinstance(column.type, Integer):
        return known_id(int(_written_as(WHOLE, value)))
    if isinstance(column.type, Float):
        return float(_written_as(NUMBER, value))
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def _written_as(pattern: re.Pattern[str], value: str) -> str:
    """Refuse what only Python takes for a number, such as 1_000, and what is endless; raises ValueError."""
    if not (pattern.fullmatch(value) and isfinite(float(value))):
        raise ValueError(value)
    return value


def _within(geom: Column[Any], bbox: Bounds) -> ColumnElement[bool]:
    west, south, east, north = bbox
    boxes = [bbox] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]
    return or_(*(func.st_intersects(geom, _envelope(box)) for box in boxes))


def _envelope(box: Bounds) -> ColumnElement[Any]:
    """Draw a box; ST_Envelope makes the point or line of one without area, which a polygon could not be."""
    return func.st_envelope(func.st_makeenvelope(*box, 4326))


def _during(query: Query) -> list[ColumnElement[bool]]:
    start, end = query.during
    column = query.table.c[query.layer.datetime_field]
    if not isinstance(column.type, DateTime):
        return ([column >= _day(start)] if start else []) + ([column <= _day(end)] if end else [])
    return ([column >= start] if start else []) + ([column <= end] if end else [])


def _day(moment: datetime) -> date:
    """Tell on which day a moment falls; days run from 0 to 24 h UTC."""
    return moment.astimezone(UTC).date()


def _mentions(query: Query) -> ColumnElement[bool]:
    """Find the text within names and addresses, but numbers and codes only as a whole: each has an index."""
    if "\0" in query.search:
        raise QueryError("the text to look for holds a character that no name has")
    columns = [query.table.c[f.name] for f in query.layer.public_fields if f.search]
    text = query.search
    return or_(*(c == text if c.unique else func.lower(c).contains(text.lower(), autoescape=True) for c in columns))
