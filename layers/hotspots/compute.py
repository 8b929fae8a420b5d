"""Computes the hot spots: reports of half a year, counted in squares of 2 km, judged by Gi*."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from sqlalchemy import Connection

from geo import crs, hotspots
from geo.hotspots import Numbers, Spots, Squares
from layers.areas.queries import Regency, area_shapes, locate, regency
from layers.computing import NothingToComputeError, keep, source
from layers.db import sql
from layers.layer import Layer, Text
from layers.records.preferences import TIME_ZONE, preference

SIZE_M = 2_000.0  # some 700 squares a regency: a village has about three
REACH_M = 1.5 * SIZE_M  # a square and the eight around it
PERIOD = timedelta(days=182)
NOTHING = Text(
    "batas kabupaten atau laporan belum ada; masukkan lapisan Wilayah, dan tunggu laporan pertama.",
    "there is no border of the regency, or no complaint yet; import the layer Areas, and wait for a first complaint.",
)

Row = dict[str, Any]


def compute(connection: Connection, layer: Layer) -> None:
    """Write the squares of the regency with what Gi* says of each; raises NothingToComputeError before any report."""
    home, newest = regency(connection), connection.scalar(sql("hotspots/newest_report.sql"))
    if not home or not newest:
        raise NothingToComputeError(NOTHING)
    shared = {"source": source(connection, layer)}
    keep(connection, layer, [shared | row for row in _rows(connection, home, newest)])
    locate(connection, layer.table_name)
    connection.execute(sql("hotspots/name_squares.sql"))


def _rows(connection: Connection, home: Regency, newest: datetime) -> Iterator[Row]:
    zone = ZoneInfo(preference(connection, TIME_ZONE))
    until = newest.astimezone(zone).date()
    since = until - PERIOD + timedelta(days=1)
    cells = hotspots.squares(_shape(connection, home), SIZE_M)
    reports = _count(connection, home, datetime.combine(since, time(), zone), cells)
    middles = (cells.astype(float) + 0.5) * SIZE_M
    spots = hotspots.find(reports, hotspots.neighbours(middles, REACH_M))
    shared = {
        "checked_on": until,
        "period_from": since,
        "period_to": until,
    }
    for row in _squares(cells, reports, spots, home.utm):
        yield shared | row


def _shape(connection: Connection, home: Regency) -> shapely.Geometry:
    """Give the regency's shape in metres of its UTM zone."""
    ((_, _, shape),) = area_shapes(connection, (home.code,))[home.code]
    return shapely.transform(shape, lambda points: crs.to_metres(points, home.utm))


def _count(connection: Connection, home: Regency, since: datetime, cells: Squares) -> Numbers:
    """Count the reports of each cell."""
    asked = {"code": home.code, "utm": home.utm, "size_m": SIZE_M, "since": since}
    found = connection.execute(sql("hotspots/reports_by_square.sql"), asked).all()
    counted = np.array([(square.column, square.row) for square in found], dtype=np.int64).reshape(-1, 2)
    return hotspots.gather(counted, np.array([square.n for square in found], dtype=float), cells)


def _squares(cells: Squares, reports: Numbers, spots: Spots, utm: int) -> Iterator[Row]:
    """Write the cells down as rows; the corners of all are turned into degrees at once."""
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    places = crs.to_degrees(((cells[:, None, :] + corners) * SIZE_M).reshape(-1, 2), utm).reshape(-1, 4, 2)
    for i, (column, row) in enumerate(cells.tolist()):
        yield {
            "source_id": f"{utm}-{column}-{row}",
            "kind": str(spots.kind[i]),
            "reports": int(reports[i]),
            "around": int(spots.around[i]),
            "usual": float(spots.usual[i]),
            "z": float(spots.z[i]),
            "p": float(spots.p[i]),
            "geom": f"SRID=4326;{shapely.MultiPolygon([shapely.Polygon(places[i])]).wkt}",
        }
