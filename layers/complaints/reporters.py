"""Who reported a complaint, by names that tell nobody who it is; the parts of a complaint have its reporter."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from layers.complaints.table import Complaint


@dataclass(frozen=True)
class Other:
    """Another complaint that came of the same report: its id, what it is about, and how far it is."""

    id: int
    kind: str
    state: str


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


def others_of_it(connection: Connection, complaint_id: int) -> dict[str, Other]:
    """Find by their numbers the other complaints that came of the same report: the whole, and its parts."""
    first = origin(connection, complaint_id)
    same = or_(Complaint.id == first, Complaint.origin_id == first)
    columns = (Complaint.id, func.coalesce(Complaint.kind, Complaint.category), Complaint.state)
    found = select(Complaint.number, *columns).where(same, Complaint.id != complaint_id)
    return {row[0]: Other(*row[1:]) for row in connection.execute(found.order_by(Complaint.id))}
