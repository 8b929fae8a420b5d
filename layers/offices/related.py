"""What belongs to an office, for its page."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from layers.offices.hours import open_state
from layers.offices.offered import services_of
from layers.records.calendar import calendar


def related(connection: Connection, office: dict[str, Any]) -> dict[str, Any]:
    """Find the services of an office, and whether it is open now."""
    state = open_state(office["opening_hours"], datetime.now(UTC), calendar(connection))
    return {"services": services_of(connection, office["id"]), "hours": state}
