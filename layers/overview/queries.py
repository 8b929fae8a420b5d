"""What the small map of a page shows: borders, main roads and names inside a view."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import shapely
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from sqlalchemy import Connection, LargeBinary, func, literal_column, select

from geo.borders import Borders, borders
from geo.svgmap import Ground, Name, draw, in_pixels, lettering
from geo.view import View
from layers.db import sql
from layers.layer import Layer
from layers.query import shown
from layers.records.versions import States, states

MARGIN_PX = 20  # beyond the view, so that no edge of what was cut is seen
VILLAGE_NAMES_M = 45  # metres a pixel, below which villages are named too
ALL_ROADS_M, LOCAL_ROADS_M = 25, 80


def overview(connection: Connection, view: View) -> str:
    """Draw the small map of a view as SVG, anew only once areas or roads have changed."""
    return _drawn(connection, view, state(states(connection)))


def state(known: States) -> str:
    """Tell the state of what the small maps draw: it changes whenever areas or roads do."""
    return f"{known.of('areas')}-{known.of('roads')}"


@cached(LRUCache(256), key=lambda _, *asked: hashkey(*asked), lock=Lock())
def _drawn(connection: Connection, view: View, _state: str) -> str:
    return draw(view, ground(connection, view))


def names(connection: Connection, view: View) -> str:
    """Draw the names of the small map alone as SVG, to lie above what is drawn over it."""
    return lettering(view, _names(connection, view))


def ground(connection: Connection, view: View) -> Ground:
    """Read what lies in a view."""
    return Ground(_borders(connection, view), _roads(connection, view), _names(connection, view))


def _borders(connection: Connection, view: View) -> Borders:
    rows = connection.execute(sql("overview/areas.sql"), _frame(view)).all()
    pieces = [(_polygons(shapely.from_wkb(bytes(row.shape))), row.district) for row in rows]
    seen = [(shape, district) for shape, district in pieces if not shape.is_empty]
    return borders([shape for shape, _ in seen], [district for _, district in seen], view.metres)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the polygons of what a box cut out; whole areas may touch it in a line or a point alone."""
    parts = [p for p in shapely.get_parts(shapely.make_valid(shape)) if shapely.get_dimensions(p) == 2]
    return shapely.union_all(parts)


def _roads(connection: Connection, view: View) -> list[shapely.Geometry]:
    lowest = 3 if view.ground_metres < ALL_ROADS_M else 2 if view.ground_metres < LOCAL_ROADS_M else 1
    asked = {**_frame(view), "metres": view.metres / 2, "lowest": lowest}
    found = {
        row.rank: shapely.from_wkb(bytes(row.line)) for row in connection.execute(sql("overview/roads.sql"), asked)
    }
    return [shapely.node(found[rank]) if rank in found else shapely.MultiLineString() for rank in range(3)]


def _names(connection: Connection, view: View) -> list[Name]:
    levels = ["kecamatan", "desa", "kelurahan"] if view.ground_metres < VILLAGE_NAMES_M else ["kecamatan"]
    rows = connection.execute(sql("overview/names.sql"), {**_frame(view), "levels": levels})
    return [Name(row.name, row.lon, row.lat, row.major) for row in rows]


def _frame(view: View) -> dict[str, Any]:
    return dict(zip(("west", "south", "east", "north"), view.box(MARGIN_PX), strict=True))


def shapes(connection: Connection, layer: Layer, ids: Sequence[int], view: View) -> dict[int, shapely.Geometry]:
    """Read the shapes of some features in a view's pixels, by id; what lies outside the view is left out."""
    table, box = layer.table.__table__, _frame(view)
    geom: Any = literal_column(f"{layer.table_name}.geom")
    frame = func.st_makeenvelope(box["west"], box["south"], box["east"], box["north"], 3857)
    cut = func.st_asbinary(func.st_clipbybox2d(func.st_transform(geom, 3857), frame), type_=LargeBinary)
    rows = connection.execute(select(table.c.id, cut).where(table.c.id.in_(ids), *shown(layer)))
    found = {feature_id: in_pixels(view, shapely.from_wkb(bytes(shape))) for feature_id, shape in rows}
    return {feature_id: shape for feature_id, shape in found.items() if not shape.is_empty}
