"""Where a work is: on stretches of roads, or a shape that somebody has drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Connection, func, insert, select, update

from layers.areas.queries import locate, regency
from layers.complaints.refusals import ActRefusedError
from layers.db import sql
from layers.layer import Text
from layers.roads.table import Road
from layers.works.table import Work, WorkRoad

LONGEST = 200_000  # characters of a shape
OUTSIDE = Text("Tempatnya di luar kabupaten ini.", "The place lies outside this regency.")
UNREADABLE = Text(
    "Bentuk ini tidak terbaca: tempel geometri GeoJSON yang sah, dalam derajat.",
    "This shape cannot be read: paste a valid GeoJSON geometry, in degrees.",
)


@dataclass(frozen=True)
class Stretch:
    """A part of a ruas in metres from its start; `to_m` None is its end."""

    road_id: int
    from_m: float = 0
    to_m: float | None = None


def read_shape(written: str) -> shapely.Geometry:
    """Read a GeoJSON geometry in EPSG:4326; raises ActRefusedError where it is none, or not a valid shape."""
    try:
        shape = shapely.from_geojson(written[:LONGEST])
    except shapely.GEOSException:
        raise ActRefusedError("shape", UNREADABLE) from None
    if shape is None or shape.is_empty or not shape.is_valid or shape.geom_type == "GeometryCollection":
        raise ActRefusedError("shape", UNREADABLE)
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise ActRefusedError("shape", UNREADABLE)
    return shapely.force_2d(shape)


def unplaced() -> ActRefusedError:
    """Say that nobody has said where a work is."""
    told = "Pilih dahulu tempatnya: ruas jalan, titik di peta, atau bentuk."
    return ActRefusedError("place", Text(told, "Choose the place first: a road, a point on the map, or a shape."))


def check_stretch(connection: Connection, stretch: Stretch) -> None:
    """Refuse a stretch of no road, or of metres that the road does not have; raises ActRefusedError."""
    length_m = connection.scalar(select(Road.length_m).where(Road.id == stretch.road_id))
    if length_m is None:
        raise ActRefusedError("road", Text("Ruas itu tidak ada di peta.", "That road is not on the map."))
    end = length_m if stretch.to_m is None else stretch.to_m
    if not 0 <= stretch.from_m < end <= length_m + 1:
        told = f"Meter awal harus sebelum meter akhir, paling jauh {length_m:.0f}."
        raise ActRefusedError("road", Text(told, f"The first metre comes before the last, {length_m:.0f} at most."))


def link(connection: Connection, work_id: int, stretches: Sequence[Stretch]) -> None:
    """Note the stretches that a work mends, and let its shape follow; raises ActRefusedError."""
    for stretch in stretches:
        check_stretch(connection, stretch)
        connection.execute(insert(WorkRoad).values(work_id=work_id, **vars(stretch)))
    follow_roads(connection, work_id)


def follow_roads(connection: Connection, work_id: int) -> None:
    """Let the shape of a work be that of its stretches; without any it stays as it is."""
    columns = (WorkRoad.road_id, WorkRoad.from_m, WorkRoad.to_m)
    mine = connection.execute(select(*columns).where(WorkRoad.work_id == work_id).order_by(WorkRoad.id)).all()
    if not mine:
        return
    roads, starts, ends = (list(column) for column in zip(*mine, strict=True))
    shape = shape_of(connection, roads, starts, ends)
    if shape is not None:
        place(connection, work_id, shape)


def shape_of(
    connection: Connection, roads: list[int], starts: list[float], ends: list[float | None]
) -> shapely.Geometry | None:
    """Give the shape of stretches, road, first and last metre (None: the end) side by side; None for none."""
    asked = {"roads": roads, "starts": starts, "ends": ends}
    found: Any = connection.execute(sql("works/scope_of_roads.sql"), asked).scalar_one()
    return None if found is None else shapely.from_wkb(bytes(found))


def place(connection: Connection, work_id: int, shape: shapely.Geometry) -> None:
    """Put a work onto the map and into its village; raises ActRefusedError where that is outside the regency."""
    wkb = func.st_geomfromwkb(shapely.to_wkb(shape), 4326)
    connection.execute(update(Work).where(Work.id == work_id).values(geom=wkb, village_code=None))
    locate(connection, Work.__tablename__)
    home = regency(connection)
    village = connection.scalar(select(Work.village_code).where(Work.id == work_id))
    if home is not None and not home.holds(village):
        raise ActRefusedError("place", OUTSIDE)
