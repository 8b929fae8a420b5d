"""For which stretches of road somebody may speak: within the area of his role, and of roads that his agency mends."""

from datetime import UTC, datetime
from typing import Any

import shapely
from sqlalchemy import Connection, Row, func, select

from layers.areas.queries import village_at
from layers.complaints.routing import route
from layers.records.actors import Actor
from layers.records.agencies import agencies
from layers.roads.table import Road
from layers.works.guards import refuse
from layers.works.holding import role_of
from layers.works.scope import Stretch, check_stretch, shape_of
from layers.works.stages import PLANNER
from layers.works.vocabulary import ROADWORKS

DAMAGE, ROADS = "jalan_rusak", "roads"


def check_link(connection: Connection, actor: Actor, work: Row[Any], stretch: Stretch) -> None:
    """Refuse a stretch whose middle lies beyond the actor's area, or of a road that another agency mends.

    Raises ActRefusedError.
    """
    check_stretch(connection, stretch)
    middle = shapely.point_on_surface(shape_of(connection, [stretch.road_id], [stretch.from_m], [stretch.to_m]))
    village = village_at(connection, middle.x, middle.y)
    role_of(actor, work.agency, village.code if village else None)
    check_agency(connection, actor, work, stretch.road_id)


def check_agency(connection: Connection, actor: Actor, work: Row[Any], road: int) -> None:
    """Refuse to let a roadwork speak for a road that another agency mends; raises ActRefusedError.

    The agency that mends a road is the one to which complaints about its damage go. A work of no agency that is known
    here, as files bring them, speaks for a road where the actor may speak for that one.
    """
    if work.kind not in ROADWORKS:
        return
    spot = func.st_pointonsurface(Road.geom)
    lon, lat = connection.execute(select(func.st_x(spot), func.st_y(spot)).where(Road.id == road)).one()
    owner = route(connection, DAMAGE, lon, lat, (ROADS, road), datetime.now(UTC)).agency
    names = {agency.id: agency.name for agency in agencies(connection)}
    if work.agency not in names and any(actor.may(role, owner, work.village_code) for role in PLANNER):
        return
    if owner != work.agency:
        name = names.get(owner, owner)
        told = f"Ruas ini diurus {name}: pekerjaan jalan di atasnya dicatat atas nama dinas itu."
        raise refuse("road", told, f"{name} answers for this road: works on its surface are kept in its name.")
