"""What changed last among the complaints that anyone may see, for those who follow it in a program of their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from layers.complaints.categories import TITLES
from layers.complaints.workflow import BY_ID, State
from layers.db import sql
from layers.layer import Text

MOST = 50


@dataclass(frozen=True)
class Changed:
    """A complaint and when it changed last; `title` and `story` are None before moderation. lon, lat in EPSG:4326."""

    number: str
    title: str | None
    story: str | None
    category: str
    kind: Text
    state: State
    village_code: str | None
    reported_at: datetime
    changed_at: datetime
    lon: float
    lat: float


def latest(connection: Connection, area: str | None = None, category: str | None = None) -> list[Changed]:
    """List what changed last, the newest first: everywhere, or in a village or kecamatan, or of one category."""
    rows = connection.execute(sql("complaints/latest.sql"), {"area": area, "category": category, "most": MOST})
    return [
        Changed(**{**row._mapping, "state": BY_ID[row.state], "kind": TITLES.get(row.kind, Text(row.kind, row.kind))})
        for row in rows
    ]
