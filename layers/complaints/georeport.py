"""Complaints as GeoReport v2 of Open311 sees them: kinds are services, complaints are service requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text

from layers.complaints.categories import TITLES
from layers.complaints.table import PUBLIC_ROWS
from layers.complaints.workflow import BY_ID, STATES, State
from layers.db import HERE
from layers.layer import Text

FILTERS = {
    "numbers": "complaint.number = any(:numbers)",
    "codes": "coalesce(complaint.kind, complaint.category) = any(:codes)",
    "states": "complaint.state = any(:states)",
    "start": "complaint.reported_at >= :start",
    "end": "complaint.reported_at <= :end",
    "updated_after": "complaint.updated_at >= :updated_after",
    "updated_before": "complaint.updated_at <= :updated_before",
}


@dataclass(frozen=True)
class ServiceRequest:
    """A complaint as other systems see it; `title` and `description` are None before moderation, EPSG:4326.

    `id` is never shown; `photos` are the numbers of those of the trouble that anyone may see.
    """

    id: int
    number: str
    state: State
    title: str | None
    description: str | None
    code: str
    service: Text
    agency: str | None
    address: str | None
    address_id: str | None
    lon: float
    lat: float
    reported_at: datetime
    updated_at: datetime
    due_on: date | None
    supporters: int
    photos: tuple[int, ...]


def service_requests(
    connection: Connection, limit: int, offset: int = 0, status: Iterable[str] = (), **asked: Any
) -> list[ServiceRequest]:
    """List the complaints that anyone may see and that meet all that is asked (see FILTERS), the newest first.

    `status` names open, closed or both, as Open311 does.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    if status:
        wanted["states"] = [state.id for state in STATES if state.open311 in status]
    found = connection.execute(_statement(frozenset(wanted)), {**wanted, "limit": limit, "offset": offset})
    return [_request(row) for row in found]


@cache
def _statement(wanted: frozenset[str]) -> TextClause:
    """Put together only the filters that are asked for, so that the planner sees what each keeps."""
    frame = (HERE / "complaints/georeport.sql").read_text(encoding="utf-8")
    filters = [PUBLIC_ROWS, *(condition for name, condition in FILTERS.items() if name in wanted)]
    return text(frame.format(filters=" and ".join(filters)))


def _request(row: Row[Any]) -> ServiceRequest:
    around = [name for name in (row.village, row.district) if name]
    return ServiceRequest(
        id=row.id,
        number=row.number,
        state=BY_ID[row.state],
        title=row.name,
        description=row.story,
        code=row.kind,
        service=TITLES.get(row.kind, Text(row.kind, row.kind)),
        agency=row.agency,
        address=", ".join(around) or None,
        address_id=row.village_code,
        lon=row.lon,
        lat=row.lat,
        reported_at=row.reported_at,
        updated_at=row.updated_at,
        due_on=row.due_on,
        supporters=row.supporters,
        photos=tuple(row.photos),
    )
