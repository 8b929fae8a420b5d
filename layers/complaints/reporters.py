"""Who reported a complaint, by names that tell nobody who it is; the parts of a complaint have its reporter."""

from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from layers.complaints.table import Complaint


def reporter_of(case: Row[Any]) -> str:
    """Name the reporter of a complaint, as the trail and letters do: reporter:12."""
    return f"reporter:{case.origin_id or case.id}"


def subject_of(case: Row[Any]) -> str:
    """Name the subject under which the contact of a complaint's reporter is kept: complaint:12."""
    return f"complaint:{case.origin_id or case.id}"


def origin(connection: Connection, complaint_id: int) -> int:
    """Give the complaint as it came in, of which this one may be a part."""
    came_in = select(func.coalesce(Complaint.origin_id, Complaint.id)).where(Complaint.id == complaint_id)
    return connection.scalar(came_in) or complaint_id


def others_of_it(connection: Connection, complaint_id: int) -> dict[str, int]:
    """Find by their numbers the other complaints that came of the same report: the whole, and its parts."""
    first = origin(connection, complaint_id)
    same = or_(Complaint.id == first, Complaint.origin_id == first)
    found = select(Complaint.number, Complaint.id).where(same, Complaint.id != complaint_id)
    return {row.number: row.id for row in connection.execute(found.order_by(Complaint.id))}
