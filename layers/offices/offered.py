"""What one office offers."""

from collections.abc import Sequence

from sqlalchemy import Connection

from layers.db import sql
from layers.offices.queries import Service


def services_of(connection: Connection, office_id: int) -> Sequence[Service]:
    """List the services that an office gives, by their Indonesian names."""
    rows = connection.execute(sql("offices/services_of.sql"), {"office_id": office_id})
    return [Service(**row._mapping) for row in rows]
