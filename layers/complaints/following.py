"""People who follow a complaint, and who may dispute together that it is solved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.complaints.holding import Done, hold, role_of
from layers.complaints.merging import count_supporters
from layers.complaints.moving import move
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import rules
from layers.complaints.submission import LAYER
from layers.complaints.table import Complaint, ComplaintFollower
from layers.complaints.workflow import REPORTER, SUPPORTERS
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor

NOT_NOW = Text(
    "Hanya laporan yang dinyatakan selesai yang dapat dibantah.", "Only a resolved complaint can be disputed."
)
UNCONFIRMED = Text(
    "Ikuti laporan ini dan konfirmasikan kontak Anda dahulu.", "Follow the complaint and confirm your contact first."
)


@dataclass(frozen=True)
class Support:
    """How many people say that a complaint is theirs too, and how many of them have confirmed it by e-mail."""

    people: int
    confirmed: int


def follow(connection: Connection, complaint_id: int, follower: str, confirmed: bool = False) -> None:
    """Note that somebody follows a complaint, once however often it is said; `follower` tells nobody who it is."""
    statement = insert(ComplaintFollower).values(complaint_id=complaint_id, follower=follower, confirmed=confirmed)
    renewed = {"confirmed": ComplaintFollower.confirmed | statement.excluded.confirmed, "carried_from": None}
    key = ["complaint_id", "follower"]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=renewed))
    if confirmed:
        count_supporters(connection, complaint_id)


def confirm(connection: Connection, follower: str) -> int:
    """Count a follower from now on, wherever he follows; give the number of complaints."""
    mine = update(ComplaintFollower).where(ComplaintFollower.follower == follower, ~ComplaintFollower.confirmed)
    found = connection.scalars(mine.values(confirmed=True).returning(ComplaintFollower.complaint_id)).all()
    for complaint_id in sorted(found):
        count_supporters(connection, complaint_id)
    return len(found)


def is_confirmed(connection: Connection, complaint_id: int, follower: str) -> bool:
    """Say whether somebody follows a complaint and has confirmed it."""
    mine = (ComplaintFollower.complaint_id == complaint_id, ComplaintFollower.follower == follower)
    return bool(connection.scalar(select(ComplaintFollower.confirmed).where(*mine)))


def confirmed_supporters(connection: Connection, complaints: Collection[int]) -> dict[int, int]:
    """Count for each of some complaints the people who follow it and have confirmed, one a person and complaint.

    They alone count towards reopening and priority; complaints that nobody supports are left out.
    """
    column = Complaint.supporters
    counted = select(Complaint.id, column).where(Complaint.id.in_(list(complaints)), column > 0)
    return {row.id: row.supporters for row in connection.execute(counted)}


def support(connection: Connection, complaint_id: int) -> Support:
    """Count who follows a complaint: everybody, and those who have confirmed."""
    mine = ComplaintFollower.complaint_id == complaint_id
    counted = select(func.count(), func.count().filter(ComplaintFollower.confirmed)).where(mine)
    return Support(*connection.execute(counted).one())


def unfollow(connection: Connection, complaint_id: int, follower: str) -> bool:
    """Forget that somebody follows a complaint; say whether he did."""
    mine = (ComplaintFollower.complaint_id == complaint_id, ComplaintFollower.follower == follower)
    gone = connection.execute(delete(ComplaintFollower).where(*mine)).rowcount
    count_supporters(connection, complaint_id)
    return bool(gone)


def dispute(
    connection: Connection, actor: Actor, complaint_id: int, *, reason: str, now: datetime | None = None
) -> Done:
    """Say as the reporter that a complaint is not solved: it goes back to work, under a new clock."""
    role_of(actor, hold(connection, complaint_id, None), REPORTER)
    return move(connection, actor, complaint_id, "in_progress", seen_version=None, reason=reason, now=now)


def dispute_together(connection: Connection, complaint_id: int, follower: str, now: datetime | None = None) -> bool:
    """Say as a confirmed follower that a complaint is not solved; say whether enough have said so for it to go back.

    Each is counted once for each time that the complaint is called resolved. Raises ActRefusedError, LookupError.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, None)
    if case.state != "resolved":
        raise ActRefusedError("state", NOT_NOW)
    mine = (ComplaintFollower.complaint_id == complaint_id, ComplaintFollower.confirmed)
    said = update(ComplaintFollower).where(*mine, ComplaintFollower.follower == follower).values(disputed_at=at)
    if not connection.execute(said).rowcount:
        raise ActRefusedError("follower", UNCONFIRMED)
    since = select(func.count()).where(*mine, ComplaintFollower.disputed_at >= case.state_since)
    number = connection.execute(since).scalar_one()
    events.record(connection, SUPPORTERS.name, "dispute", LAYER, case.number, role="supporters", number=number)
    if number < rules(connection).limit("supporters"):
        return False
    together = f"{number} pengikut laporan menyatakan belum selesai."
    move(connection, SUPPORTERS, complaint_id, "in_progress", seen_version=None, reason=together, now=at)
    return True
