"""What pages ask of the hot spots: where they lie, and which stand out the most."""

from dataclasses import dataclass
from datetime import date

import shapely
from sqlalchemy import Connection

from layers.db import sql


@dataclass(frozen=True)
class Spots:
    """All squares of a kind ("hot" or "cold") as one shape in EPSG:3857, and the days that were counted."""

    kind: str
    squares: int
    since: date
    until: date
    shape: shapely.Geometry


@dataclass(frozen=True)
class Square:
    """One hot square: the village at its middle, the complaints in and around it, and the usual number there."""

    id: int
    name: str | None
    around: int
    usual: float


def spots(connection: Connection) -> list[Spots]:
    """Give what stands out, by kind; a kind without squares is left out."""
    rows = connection.execute(sql("hotspots/spots_by_kind.sql"))
    return [Spots(row.kind, row.squares, row.since, row.until, shapely.from_wkb(bytes(row.shape))) for row in rows]


def hottest(connection: Connection, most: int) -> list[Square]:
    """List the squares where complaints gather most, the strongest first."""
    return [Square(**row._mapping) for row in connection.execute(sql("hotspots/hottest.sql"), {"most": most})]
