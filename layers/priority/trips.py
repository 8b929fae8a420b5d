"""How often people go to each kind of office, and whence that is known."""

from dataclasses import dataclass

from sqlalchemy import Connection

from layers.db import sql


@dataclass(frozen=True)
class Trips:
    """How often people go to a kind of office (a person and month), and the longest trip that counts, in minutes."""

    kind: str
    trips: float
    longest_min: float
    source: str


def trips(connection: Connection) -> list[Trips]:
    """List the trips to each kind of office."""
    return [Trips(*row) for row in connection.execute(sql("priority/trips.sql"))]
