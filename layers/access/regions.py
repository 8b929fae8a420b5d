"""Access of many regencies: what the unit of one of them is computed from, and whose the numbers are.

A process that works on a regency calls `load` with nothing but its key, and reads from the database itself.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, cast

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo import regional
from geo.executor import Key
from layers import db
from layers.access.ground import FARTHEST_M
from layers.access.land import box_around, in_metres, points
from layers.access.queries import Way
from layers.areas.queries import regency_of
from layers.db import sql
from layers.records.versions import states
from layers.roads.edges import road_edges
from layers.roads.queries import rules
from layers.roads.speeds import Mode, Season
from layers.settings import Settings

SOURCES = ("areas", "settlements", "offices", "roads", "road_rules")


def keys(connection: Connection, way: Way, codes: Iterable[str] = ()) -> list[Key]:
    """Name the work: a key for each regency with settlements (or for some), with the way and the state of the data."""
    known, state = list(connection.scalars(sql("access/regencies_with_settlements.sql"))), states(connection)
    version = sha256(" ".join(map(state.of, SOURCES)).encode()).hexdigest()[:12]
    return [(code, ".".join(way), version) for code in (codes or known)]


def load(key: Key) -> regional.Regency:
    """Read what the unit of a regency takes, from the database that the environment names."""
    engine = db.connect(Settings.from_environment().database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            return read(connection, key)
    finally:
        engine.dispose()


def read(connection: Connection, key: Key) -> regional.Regency:
    """Read what the unit of a regency takes; raises LookupError where it has no boundary, ValueError without roads."""
    home = regency_of(connection, key[0])
    if home is None:
        raise LookupError(f"No boundary of regency {key[0]} is known; import the layer Areas.")
    _, mode, season = way_of(key)
    box = box_around(home)
    edges = road_edges(connection, (box["west"], box["south"], box["east"], box["north"]))
    graph = edges.graph(rules(connection), cast(Mode, mode), cast(Season, season))
    minutes = np.minimum(graph.forward, graph.backward)
    shapes = in_metres(_settlements(connection, key), home.utm)
    return regional.Regency(
        home.utm,
        edges.network.lines,
        edges.network.length_m / 1000 / (minutes / 60),
        np.asarray(shapely.get_coordinates(shapely.point_on_surface(shapes)), np.float64),
        points(_offices(connection, key), home.utm),
        FARTHEST_M,
        _direction(graph.forward, graph.backward),
    )


def named(connection: Connection, key: Key, found: pd.DataFrame) -> pd.DataFrame:
    """Say whose the minutes of a regency are: its settlements and the offices they lead to, by their numbers."""
    places, offices = _settlements(connection, key), np.array([row.id for row in _offices(connection, key)], np.int64)
    office = pd.Series(offices[found.facility.to_numpy()] if len(offices) else -1, found.index, "Int64")
    return pd.DataFrame(
        {
            "regency": key[0],
            "settlement": [row.id for row in places],
            "name": [row.name for row in places],
            "village_code": [row.village_code for row in places],
            "minutes": found.minutes.replace(np.inf, np.nan),
            "office": office.mask(found.facility < 0),
        }
    )


def way_of(key: Key) -> Way:
    """Read the way of a key: kind of office, mode, season."""
    kind, mode, season = key[1].split(".")
    return kind, mode, season


def _direction(forward: NDArray[Any], backward: NDArray[Any]) -> NDArray[np.int64]:
    return np.asarray(np.isinf(backward).astype(np.int64) - np.isinf(forward).astype(np.int64), np.int64)


def _settlements(connection: Connection, key: Key) -> list[Row[Any]]:
    return list(connection.execute(sql("access/settlements_of_regency.sql"), {"regency": key[0]}))


def _offices(connection: Connection, key: Key) -> list[Row[Any]]:
    """Read the offices of the kind around a regency, in the order in which they are numbered."""
    home = regency_of(connection, key[0])
    rows = connection.execute(sql("access/offices_around.sql"), box_around(home)) if home else ()
    return [row for row in rows if row.kind == way_of(key)[0]]
