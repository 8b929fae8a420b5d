"""How the complaints of the sample came to where they stand: agency, deadlines, and each step as an event."""

import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal_column, select

from layers.areas.sample import LAST_DAY
from layers.areas.sample_facts import SOURCE
from layers.complaints.moving import STAGES
from layers.complaints.routing import route
from layers.complaints.rules import Rules, rules
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_PAIR
from layers.db import sql
from layers.records.actors import SYSTEM
from layers.records.events import Told, record_all

WORKED = ("dispatched", "in_progress", "pending_check")
PATHS: dict[str, tuple[str, ...]] = {
    "received": (),
    "needs_info": ("needs_info",),
    "dispatched": ("dispatched",),
    "coordinating": ("dispatched", "coordinating"),
    "scheduled": ("dispatched", "scheduled"),
    "in_progress": ("dispatched", "in_progress"),
    "external": ("dispatched", "external"),
    "pending_check": WORKED,
    "resolved": (*WORKED, "resolved"),
    "closed": (*WORKED, "resolved", "closed"),
    "rejected": ("rejected",),
    "merged": ("merged",),
    "withdrawn": ("withdrawn",),
}
SAID = {
    "pending_check": {"public_text": "Perbaikan sudah selesai dikerjakan dan sedang diperiksa."},
    "rejected": {"reason": "Setelah diperiksa di tempat, masalah ini tidak ditemukan."},
}


def tell(connection: Connection) -> None:
    """Give the complaints of the sample their agency, their deadlines and their events."""
    held = rules(connection)
    lon_lat: tuple[ColumnElement[float], ...] = (
        literal_column("st_x(geom)").label("lon"),
        literal_column("st_y(geom)").label("lat"),
    )
    columns = (column for column in Complaint.__table__.c if column.name != "geom")
    mine = select(*columns, *lon_lat).where(Complaint.source == SOURCE).order_by(Complaint.id)
    rows: list[Row[Any]] = list(connection.execute(mine))
    handled = [_handled(connection, row, held) for row in rows]
    connection.execute(sql("complaints/sample_handled.sql"), {"rows": json.dumps(handled)})
    connection.execute(sql("complaints/sample_clocks.sql"), {"rows": json.dumps(handled)})
    connection.execute(sql("complaints/sample_merged.sql"), {"source": SOURCE})
    record_all(connection, SYSTEM.name, "complaints", [told for row in rows for told in _steps(row, held)])


def moments(row: Row[Any], held: Rules) -> list[datetime]:
    """Spread the steps of a complaint over the time it has been there."""
    steps = len(PATHS[row.state])
    end = row.closed_at or datetime.combine(LAST_DAY, time(18), held.days.calendar.zone)
    last = steps if row.closed_at else steps + 1
    return [row.reported_at + (end - row.reported_at) * number / last for number in range(1, steps + 1)]


def _steps(row: Row[Any], held: Rules) -> Iterator[Told]:
    """Tell of a complaint step by step, each in a role that may take it."""
    first = {"to": "received", "version": 1, "role": "reporter", "when": row.reported_at.isoformat()}
    yield Told(row.number, "submit", first)
    start = "received"
    for version, (target, at) in enumerate(zip(PATHS[row.state], moments(row, held), strict=True), start=2):
        step = {"from": start, "to": target, "version": version, "role": BY_PAIR[start, target].parties[0]}
        yield Told(row.number, "move", {**step, "when": at.isoformat()}, SAID.get(target))
        start = target


def _handled(connection: Connection, row: Row[Any], held: Rules) -> dict[str, Any]:
    """Work out what stands in the row; those that wait for a reply go on waiting, so that the worker leaves them."""
    found = route(connection, row.kind, row.lon, row.lat, None, row.reported_at)
    taken = moments(row, held)
    since = (taken or [row.reported_at])[-1]
    stage = STAGES.get(row.state, "silence")
    act_by = held.days.due(since, held.limit(stage)) if stage != "silence" else None
    due_on = held.due(found.handling, row.reported_at)
    layer, feature = found.asset or (None, None)
    return {
        "id": row.id,
        "case_class": found.handling.case_class,
        "agency": found.agency,
        "authority": found.authority,
        "why": found.why.id,
        "why_en": found.why.en,
        "asset_layer": layer,
        "asset_id": feature,
        "state_since": since.isoformat(),
        "resolved_at": taken[-2].isoformat() if row.state == "closed" else None,
        "version": 1 + len(PATHS[row.state]),
        "act_by": act_by and act_by.isoformat(),
        "due_on": due_on and due_on.isoformat(),
        "working_days": held.promised(found.handling),
    }
