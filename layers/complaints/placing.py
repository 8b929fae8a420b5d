"""Its reporter puts a complaint where it really is, until staff have checked it: as when a photo knows the place."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from layers.areas.queries import Village, regency, village_at
from layers.complaints.company import others
from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import reporter_of
from layers.complaints.routing import Asset, route, standing
from layers.complaints.table import POINT, Complaint
from layers.complaints.workflow import REPORTER
from layers.db import sql
from layers.layer import Text
from layers.records.actors import Actor

UNCHECKED = ("received", "needs_info")
SAME_M = 50.0  # two points within it are the same place
CHECKED = Text(
    "Petugas sudah memeriksa laporan ini; tulis letaknya sebagai jawaban atau laporan baru.",
    "Staff have checked this complaint; tell the place in an answer or a new complaint.",
)
SHARED_PLACE = Text(
    "Warga lain juga ikut laporan ini, jadi titiknya tetap; tulis letak yang benar sebagai jawaban.",
    "Others are in this complaint too, so its point stays; tell the right place in an answer.",
)
OUTSIDE = Text("Titik itu di luar kabupaten ini.", "That spot lies outside this regency.")


def correct_place(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    lon: float,
    lat: float,
    *,
    seen_version: int | None,
    now: datetime | None = None,
) -> Done:
    """Put a complaint at a point (EPSG:4326) that its reporter confirms.

    The agency is chosen anew with it, unless staff chose it before. A thing that it was about stays only where it is at
    that point too; what is about no thing stays so. Raises ActRefusedError, OvertakenError.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, REPORTER)
    if case.state not in UNCHECKED:
        raise ActRefusedError("state", CHECKED)
    if case.precision == POINT and others(connection, complaint_id, reporter_of(case)):
        raise ActRefusedError("alone", SHARED_PLACE)
    village = _village(connection, lon, lat)
    if village is None:
        raise ActRefusedError("place", OUTSIDE)
    thing = _still_meant(connection, case, lon, lat)
    found = route(connection, case.kind or case.category, lon, lat, thing, now or datetime.now(UTC))
    layer, feature = (None, None) if case.about_nothing else found.asset or (None, None)
    values = {"geom": _point(lon, lat), "precision": POINT, "village_code": village.code}
    values |= {"asset_layer": layer, "asset_id": feature}
    if not _was_dispatched(connection, case):
        values |= found.columns
    return write(connection, actor, case, "correct_place", role, values)


def can_move(connection: Connection, complaint_id: int, lon: float, lat: float) -> bool:
    """Say whether a point (EPSG:4326) tells more of where a complaint is, and its reporter may put it there still."""
    if _village(connection, lon, lat) is None:
        return False
    far = ~func.st_dwithin(func.geography(Complaint.__table__.c.geom), func.geography(_point(lon, lat)), SAME_M)
    told = select(Complaint, far.label("far")).where(Complaint.id == complaint_id, Complaint.state.in_(UNCHECKED))
    case = connection.execute(told).one_or_none()
    if case is None or case.precision != POINT:
        return case is not None
    return bool(case.far) and not others(connection, complaint_id, reporter_of(case))


def _village(connection: Connection, lon: float, lat: float) -> Village | None:
    """Name the village of a place; None beyond the regency at home."""
    village, home = village_at(connection, lon, lat), regency(connection)
    return None if village and home and not home.holds(village.code) else village


def _still_meant(connection: Connection, case: Row[Any], lon: float, lat: float) -> Asset | None:
    if case.asset_layer is None:
        return None
    thing = (case.asset_layer, case.asset_id)
    return thing if standing(connection, thing, lon, lat, exact=True) == "here" else None


def _was_dispatched(connection: Connection, case: Row[Any]) -> bool:
    """Say whether staff have ever chosen the agency: by the index on layer and subject."""
    return bool(connection.scalar(sql("complaints/was_dispatched.sql"), {"number": case.number}))


def _point(lon: float, lat: float) -> ColumnElement[Any]:
    return func.st_setsrid(func.st_makepoint(lon, lat), 4326)
