"""A regency of two villages along one straight road, where every minute can be told by hand."""

import shapely
from sqlalchemy import Connection, text

from layers.records.preferences import REGENCY, set_preference

EPSG = 32748
WEST, SOUTH = 500_000.0, 9_470_000.0  # on the zone's central meridian, where a metre is 0.9996 m on the map
SPAN_M = 10_000.0
DESA, KELURAHAN = "99.01.01.2001", "99.01.01.1001"
AREA = text(
    "insert into area (source, source_id, level, code, parent_code, name, population, population_source, geom) values"
    " ('uji', :code, :level, :code, :above, :name, :people, 'BPS',"
    " st_multi(st_transform(st_geomfromtext(:shape, 32748), 4326)))"
)
ROAD = text(
    "insert into road (source, source_id, status, function, surface, condition, geom) values ('uji', :id, 'kabupaten',"
    " 'lokal', :surface, :condition, st_multi(st_transform(st_geomfromtext(:shape, 32748), 4326)))"
)
OFFICE = text(
    "insert into office (source, source_id, kind, name, capacity, geom) values"
    " ('uji', :id, :kind, :id, :capacity, st_transform(st_geomfromtext(:shape, 32748), 4326))"
)
SETTLEMENT = text(
    "insert into settlement (source, source_id, kind, village_code, geom) values"
    " ('uji', :id, 'dusun', :village, st_multi(st_transform(st_geomfromtext(:shape, 32748), 4326)))"
)


def box(west: float, south: float, east: float, north: float) -> str:
    """Write a box in metres from the south-western corner of the regency."""
    return str(shapely.box(WEST + west, SOUTH + south, WEST + east, SOUTH + north).wkt)


def point(x: float, y: float) -> str:
    return str(shapely.Point(WEST + x, SOUTH + y).wkt)


def line(*points: tuple[float, float]) -> str:
    return str(shapely.LineString([(WEST + x, SOUTH + y) for x, y in points]).wkt)


def settle(connection: Connection, people: tuple[int | None, int | None] = (600, 400)) -> None:
    """Lay out the regency: a desa in the west and a kelurahan in the east, each with one settlement of 16 cells."""
    half = SPAN_M / 2
    everybody = None if None in people else sum(number or 0 for number in people)
    whole = box(0, 0, SPAN_M, SPAN_M)
    areas = (
        ("99.01", "kabupaten", "99", "Uji", everybody, whole),
        ("99.01.01", "kecamatan", "99.01", "Uji Utara", everybody, whole),
        (DESA, "desa", "99.01.01", "Barat", people[0], box(0, 0, half, SPAN_M)),
        (KELURAHAN, "kelurahan", "99.01.01", "Timur", people[1], box(half, 0, SPAN_M, SPAN_M)),
    )
    for code, level, above, name, number, shape in areas:
        values = {"code": code, "level": level, "above": above, "name": name, "people": number, "shape": shape}
        connection.execute(AREA, values)
    for village, west in ((DESA, 1_000), (KELURAHAN, 8_000)):
        shape = box(west, 4_000, west + 400, 4_400)
        connection.execute(SETTLEMENT, {"id": village, "village": village, "shape": shape})
    set_preference(connection, REGENCY, "99.01")


def lay_road(connection: Connection, *points: tuple[float, float], name: str = "1", surface: str = "aspal") -> None:
    values = {"id": name, "surface": surface, "condition": "baik", "shape": line(*points)}
    connection.execute(ROAD, values)


def open_office(connection: Connection, name: str, x: float, y: float, kind: str = "puskesmas", **more: int) -> None:
    values = {"id": name, "kind": kind, "shape": point(x, y), "capacity": None, **more}
    connection.execute(OFFICE, values)
