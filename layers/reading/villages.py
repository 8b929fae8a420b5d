"""Which village rows lie in, found before they are written: a second pass over a million rows would cost twice."""

import numpy as np
import pyarrow as pa
import shapely
from sqlalchemy import Connection

from layers.db import sql


class Villages:
    """The villages on the map, ready to be asked about many places."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(sql("areas/villages.sql")).all()
        self._codes = [row.code for row in rows]
        self._shapes = shapely.from_wkb([bytes(row.shape) for row in rows])
        shapely.prepare(self._shapes)
        self._boxes = shapely.STRtree(shapely.envelope(self._shapes))

    def codes(self, shapes: np.ndarray) -> pa.Array:
        """Give the code of the village that holds each geometry (EPSG:4326), the lowest where villages overlap.

        Null is left on borders and in gaps: those are for layers.areas.queries.locate, which finds the nearest.
        """
        points = shapes.copy()
        spread = shapely.get_type_id(shapes) != 0
        points[spread] = shapely.point_on_surface(shapes[spread])
        inside, village = self._boxes.query(points)
        x, y = shapely.get_x(points[inside]), shapely.get_y(points[inside])
        found = np.full(len(shapes), len(self._codes))
        order = np.argsort(village, kind="stable")
        starts = np.flatnonzero(np.diff(village[order], prepend=-1))
        for group in np.split(order, starts[1:]) if len(order) else ():
            held = group[shapely.contains_xy(self._shapes[village[group[0]]], x[group], y[group])]
            np.minimum.at(found, inside[held], village[held])
        return pa.array([*self._codes, None], pa.string()).take(pa.array(found))
