"""The names of areas as the map writes them."""

from sqlalchemy import Connection, Row

from layers.db import sql
from layers.records.preferences import REGENCY, preference


def labels(connection: Connection) -> list[Row[tuple[str, str, float, float, float]]]:
    """List name, level, lon, lat (EPSG:4326) and area (km²) of the regency's kecamatan, desa and kelurahan."""
    return list(connection.execute(sql("areas/labels.sql"), {"code": preference(connection, REGENCY)}))
