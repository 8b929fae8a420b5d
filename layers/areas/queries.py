"""The questions that other layers ask of the areas: which village is this, which regency is ours."""

from dataclasses import dataclass
from functools import cache

import shapely
from sqlalchemy import Connection, TextClause, text

from geo.crs import utm
from layers.db import sql
from layers.records.preferences import REGENCY, preference

GAP_M = 1000.0


@dataclass(frozen=True)
class Village:
    """A desa or kelurahan, with the names of the kecamatan and kabupaten above it."""

    code: str
    name: str
    level: str
    kecamatan: str | None
    kabupaten: str | None


@dataclass(frozen=True)
class NamedVillage:
    """A desa or kelurahan to choose by its name; lon, lat a point in it (EPSG:4326)."""

    code: str
    name: str
    kecamatan: str
    lon: float
    lat: float


@dataclass(frozen=True)
class District:
    """A kecamatan with its shape in EPSG:3857."""

    code: str
    name: str
    shape: shapely.Geometry


@dataclass(frozen=True)
class Regency:
    """The regency at home: `bounds` as west, south, east, north in degrees, `utm` the EPSG code of its UTM zone."""

    code: str
    name: str
    bounds: tuple[float, float, float, float]
    utm: int

    def holds(self, village_code: str | None) -> bool:
        """Say whether a village, named by its code, lies in it."""
        return village_code is not None and village_code.startswith(f"{self.code}.")


def village_at(connection: Connection, lon: float, lat: float) -> Village | None:
    """Name the village of a point in EPSG:4326, or the nearest within 1 km where it falls into a gap."""
    found = connection.execute(asking("village_at"), {"lon": lon, "lat": lat, "reach": GAP_M}).one_or_none()
    return Village(**found._mapping) if found else None


def villages(connection: Connection) -> list[NamedVillage]:
    """List the villages of the regency at home, by their kecamatan and name."""
    rows = connection.execute(sql("areas/villages_by_district.sql"), {"regency": preference(connection, REGENCY)})
    return [NamedVillage(**row._mapping) for row in rows]


def district_names(connection: Connection) -> list[tuple[str, str]]:
    """List the code and the name of each kecamatan that has villages in the regency at home, by name."""
    found = {village.code.rpartition(".")[0]: village.kecamatan for village in villages(connection)}
    return sorted(found.items(), key=lambda district: district[1])


def districts(connection: Connection) -> list[District]:
    """List the kecamatan of the regency at home by name."""
    rows = connection.execute(sql("areas/districts.sql"), {"regency": preference(connection, REGENCY)})
    return [District(row.code, row.name, shapely.from_wkb(bytes(row.shape))) for row in rows]


def regency(connection: Connection) -> Regency | None:
    """Tell which regency this installation serves; None before its boundary is known."""
    return regency_of(connection, preference(connection, REGENCY))


def regency_of(connection: Connection, code: str) -> Regency | None:
    """Tell of the regency with a code; None where no boundary of it is known."""
    found = connection.execute(sql("areas/regency.sql"), {"code": code}).one_or_none()
    if found is None:
        return None
    bounds = (found.west, found.south, found.east, found.north)
    return Regency(found.code, found.name, bounds, utm((found.west + found.east) / 2, (found.south + found.north) / 2))


def centre(connection: Connection, code: str) -> tuple[float, float] | None:
    """Give lon, lat (EPSG:4326) of a point within an area; None where its code is unknown."""
    found = connection.execute(sql("areas/centre.sql"), {"code": code}).one_or_none()
    return (found.lon, found.lat) if found else None


def locate(connection: Connection, table_name: str) -> None:
    """Fill `village_code` where it is null: the village that holds the feature, else the nearest within 1 km.

    The table needs the columns id, geom (EPSG:4326) and village_code; a temporary table will do.
    """
    table = connection.dialect.identifier_preparer.quote(table_name)
    for question in ("locate_inside", "locate_nearest"):
        connection.execute(text(asking(question).text.replace("the_table", table)), {"reach": GAP_M})


@cache
def asking(question: str) -> TextClause:
    """Read a statement about areas that may ask for the nearest village, which is worded once for all."""
    nearest = sql("areas/parts/nearest_village.sql").text
    return text(sql(f"areas/{question}.sql").text.replace("the_nearest_village", nearest))


def area_shapes(connection: Connection, codes: tuple[str, ...]) -> dict[str, list[tuple[str, str, shapely.Geometry]]]:
    """Give code, name and boundary (EPSG:4326) of areas by code; an area known only by its parts is given as those."""
    found: dict[str, list[tuple[str, str, shapely.Geometry]]] = {}
    for row in connection.execute(sql("areas/area_shapes.sql"), {"codes": list(codes)}):
        found.setdefault(row.asked, []).append((row.code, row.name, shapely.from_wkb(bytes(row.shape))))
    return found
