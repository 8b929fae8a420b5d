"""What is known of internet in the regency of two villages of tests/layers/access/world.py, in its metres."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from layers import computing
from layers.internet_gaps import LAYER
from tests.layers.access.world import EPSG, SOUTH, WEST, point

SITE = text(
    "insert into internet_site (source, source_id, kind, operator, technology, range_m, height_m, signal_dbm,"
    " measured_on, geom) values ('uji', cast(gen_random_uuid() as text), :kind, :operator, :technology, :range_m,"
    " :height_m, :signal_dbm, :measured_on, st_transform(st_geomfromtext(:shape, 32748), 4326))"
)
PHONE = text(
    "insert into internet_measurement (says, via, operator, down_mbps, hour, geom) values (:says, :via, :operator,"
    " :down_mbps, :hour, st_transform(st_geomfromtext(:shape, 32748), 4326))"
)
COMPLAINT = text(
    "insert into complaint (source, source_id, number, category, kind, state, visibility, reported_at, geom) values"
    " ('uji', :number, :number, 'internet', :kind, :state, :visibility, :at,"
    " st_transform(st_geomfromtext(:shape, 32748), 4326))"
)


def put_site(connection: Connection, kind: str, shape: str, **known: Any) -> None:
    unknown = dict.fromkeys(("technology", "range_m", "height_m", "signal_dbm", "measured_on"))
    connection.execute(SITE, {"kind": kind, "shape": shape, "operator": "A", **unknown, **known})


def put_tower(connection: Connection, x: float, y: float, range_m: float | None = 3_000, **known: Any) -> None:
    put_site(connection, "menara", point(x, y), range_m=range_m, technology=known.pop("technology", "4G"), **known)


def put_phone(connection: Connection, x: float, y: float, says: str = "terukur", **known: Any) -> None:
    usual = {"via": "seluler", "operator": None, "hour": datetime.now(UTC) - timedelta(days=1)}
    speed = {"down_mbps": None if says != "terukur" else 0.01}
    connection.execute(PHONE, usual | speed | {"says": says, "shape": point(x, y)} | known)


def put_complaint(connection: Connection, number: str, x: float, y: float, **known: Any) -> None:
    usual = {"kind": "sinyal_hilang", "state": "received", "visibility": "public", "at": datetime.now(UTC)}
    connection.execute(COMPLAINT, usual | {"number": number, "shape": point(x, y)} | known)


def compute(connection: Connection) -> None:
    computing.compute(connection, LAYER)
    standing = computing.standing(connection, LAYER)
    assert standing is not None and standing.problem is None, standing


def cell(connection: Connection, x: float, y: float) -> Any:
    """Give the cell that holds a place."""
    holds = "st_covers(geom, st_transform(st_geomfromtext(:shape, 32748), 4326))"
    return connection.execute(text(f"select * from internet_gap where {holds} limit 1"), {"shape": point(x, y)}).one()


def cells(connection: Connection) -> list[Any]:
    """Give all cells with their middles x and y, in metres from the corner."""
    middle = f"st_transform(st_centroid(geom), {EPSG})"
    asked = f"select *, st_x({middle}) - {WEST} as x, st_y({middle}) - {SOUTH} as y from internet_gap order by id"
    return list(connection.execute(text(asked)))


def heights(rise: float = 0.0, at: float = 5_000.0) -> np.ndarray:
    """Heights of 100 m cells that reach 20 km beyond the regency: flat, but for a ridge from north to south."""
    land = np.full((500, 500), 20.0, np.float32)
    column = int((at + 20_000) / 100)
    land[:, column : column + 2] += rise
    return land
