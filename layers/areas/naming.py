"""What the areas behind codes are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from layers.db import sql


@dataclass(frozen=True)
class Named:
    """An area as people name it, with the name of the one above it."""

    id: int
    code: str
    level: str
    name: str
    above: str | None


def named(connection: Connection, codes: Iterable[str | None]) -> dict[str, Named]:
    """Look up areas by their codes; an unknown code is left out."""
    wanted = sorted({code for code in codes if code})
    if not wanted:
        return {}
    rows = connection.execute(sql("areas/named.sql"), {"codes": wanted})
    return {row.code: Named(**row._mapping) for row in rows}
