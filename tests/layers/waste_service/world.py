"""Waste sites, a river and reports in the regency of two villages and one road that access is tried in."""

from sqlalchemy import Connection, text

from layers.areas.queries import locate
from tests.layers.access.world import line, point

ROAD_Y = 3_000
SITE = text(
    "insert into waste_site (source, source_id, kind, name, capacity, capacity_unit, pickup_days, geom) values"
    " ('uji', :name, :kind, :name, :capacity, :unit, :days, st_transform(st_geomfromtext(:shape, 32748), 4326))"
    " returning id"
)
RIVER = text(
    "insert into river (source, source_id, kind, geom) values"
    " ('uji', '1', 'sungai', st_multi(st_transform(st_geomfromtext(:shape, 32748), 4326)))"
)
REPORT = text(
    "insert into complaint (source, source_id, number, category, state, visibility, reported_at, village_code, geom)"
    " values ('uji', :id, :id, :category, 'received', :visibility, now(), :village,"
    " st_transform(st_geomfromtext(:shape, 32748), 4326))"
)


def put_site(
    connection: Connection,
    name: str,
    x: float,
    y: float,
    kind: str = "tps",
    capacity: float | None = 6.0,
    unit: str | None = "m³",
    days: str | None = "Mo,Th",
) -> int:
    values = {"name": name, "kind": kind, "capacity": capacity, "unit": unit, "days": days, "shape": point(x, y)}
    number = int(connection.execute(SITE, values).scalar_one())
    locate(connection, "waste_site")
    return number


def let_flow(connection: Connection, *points: tuple[float, float]) -> None:
    connection.execute(RIVER, {"shape": line(*points)})


def report(
    connection: Connection, id: str, x: float, y: float, village: str, category: str = "sampah", seen: str = "public"
) -> None:
    values = {"id": id, "category": category, "visibility": seen, "village": village, "shape": point(x, y)}
    connection.execute(REPORT, values)
