"""People who follow a complaint, and who may dispute together that it is solved."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.complaints.holding import hold
from layers.complaints.merging import count_supporters
from layers.complaints.moving import move
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import rules
from layers.complaints.submission import LAYER
from layers.complaints.table import PROVEN, Complaint, ComplaintFollower
from layers.complaints.workflow import SUPPORTERS
from layers.layer import Text
from layers.records import events

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


def is_proven(connection: Connection, complaint_id: int, follower: str) -> bool:
    """Say whether somebody follows a complaint and has confirmed it, or reported one that was merged into it."""
    mine = (ComplaintFollower.complaint_id == complaint_id, ComplaintFollower.follower == follower)
    return bool(connection.scalar(select(PROVEN).where(*mine)))


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


def dispute_together(connection: Connection, complaint_id: int, follower: str, now: datetime | None = None) -> bool:
    """Say as a confirmed follower that a complaint is not solved; say whether enough have said so for it to go back.

    So may who reported one that was merged into it. Each is counted once for each time that the complaint is called
    resolved. Raises ActRefusedError, LookupError.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, None)
    if case.state != "resolved":
        raise ActRefusedError("state", NOT_NOW)
    mine = (ComplaintFollower.complaint_id == complaint_id, PROVEN)
    said = update(ComplaintFollower).where(*mine, ComplaintFollower.follower == follower).values(disputed_at=at)
    if not connection.execute(said).rowcount:
        raise ActRefusedError("follower", UNCONFIRMED)
    since = select(func.count()).where(*mine, ComplaintFollower.disputed_at >= case.state_since)
    number = connection.execute(since).scalar_one()
    events.record(connection, SUPPORTERS.name, "dispute", LAYER, case.number, role="supporters", number=number)
    told = update(Complaint).where(Complaint.id == complaint_id).values(updated_at=func.clock_timestamp())
    connection.execute(told)
    if number < rules(connection).limit("supporters"):
        return False
    together = f"{number} pengikut laporan menyatakan belum selesai."
    move(connection, SUPPORTERS, complaint_id, "in_progress", seen_version=None, reason=together, now=at)
    return True
