"""A reporter leaves a complaint in which others are too: it stays theirs, and nothing leads from it to him any more."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete

from layers.complaints.company import others
from layers.complaints.holding import Done, hold, role_of, write
from layers.complaints.moving import move
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import origin, others_of_it, reporter_of, subject_of
from layers.complaints.tracking import TrackingCode
from layers.layer import Text
from layers.records import identities, links
from layers.records.actors import SYSTEM, Actor

ALONE = Text(
    "Tidak ada warga lain di laporan ini: Anda dapat mencabutnya, atau menghapus data Anda.",
    "Nobody else is in this complaint: you can withdraw it, or erase your data.",
)
LEFT = "Pelapor keluar dari laporan ini; warga lain masih ikut."


def leave(
    connection: Connection,
    actor: Actor,
    complaint_id: int,
    *,
    seen_version: int | None,
    now: datetime | None = None,
) -> Done:
    """Let the reporter out: contact and code are erased, for all that came of the same report; the complaint goes on.

    Questions that only he could answer are taken back. Raises ActRefusedError for anybody but the reporter, and where
    nobody else is in the complaint.
    """
    case = hold(connection, complaint_id, seen_version)
    role = role_of(actor, case, ("reporter",))
    if not others(connection, complaint_id, reporter_of(case)):
        raise ActRefusedError("alone", ALONE)
    identities.erase(connection, actor, subject_of(case))
    connection.execute(delete(TrackingCode).where(TrackingCode.complaint_id == origin(connection, complaint_id)))
    links.withdraw(connection, reporter_of(case))
    done = write(connection, actor, case, "leave", role, {})
    others_asked = [one.id for one in others_of_it(connection, complaint_id).values() if one.state == "needs_info"]
    for asked in [*([complaint_id] if case.state == "needs_info" else []), *others_asked]:
        move(connection, SYSTEM, asked, "received", seen_version=None, reason=LEFT, now=now or datetime.now(UTC))
    return done
