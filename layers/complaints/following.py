"""People who follow a complaint, and who may dispute together that it is solved."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.complaints.holding import hold
from layers.complaints.merging import count_supporters
from layers.complaints.moving import move
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import origin
from layers.complaints.rules import rules
from layers.complaints.submission import LAYER
from layers.complaints.table import PROVEN, Complaint, ComplaintFollower
from layers.complaints.workflow import SUPPORTERS
from layers.db import sql
from layers.layer import Text
from layers.records import events

NOT_NOW = Text(
    "Hanya laporan yang dinyatakan selesai yang dapat dibantah.", "Only a resolved complaint can be disputed."
)
UNCONFIRMED = Text(
    "Ikuti laporan ini dan konfirmasikan kontak Anda dahulu; pelapornya membantah di halaman laporannya sendiri.",
    "Follow the complaint and confirm your contact first; its reporter disputes in the own view.",
)


@dataclass(frozen=True)
class Support:
    """How many people say that a complaint is theirs too, and how many of them have confirmed it by e-mail."""

    people: int
    confirmed: int


def follow(
    connection: Connection, complaint_id: int, follower: str, confirmed: bool = False, also: str | None = None
) -> None:
    """Note that somebody follows a complaint, once however often it is said; `follower` tells nobody who it is.

    `also` is another such name of the same person.
    """
    values = {"complaint_id": complaint_id, "follower": follower, "confirmed": confirmed, "also": also}
    statement = insert(ComplaintFollower).values(values)
    came_along = ComplaintFollower.follower.startswith("reporter:")  # and leaves with what was merged
    renewed = {
        "confirmed": ComplaintFollower.confirmed | statement.excluded.confirmed,
        "carried_from": case((came_along, ComplaintFollower.carried_from)),
        "also": func.coalesce(statement.excluded.also, ComplaintFollower.also),
    }
    key = ["complaint_id", "follower"]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=renewed))
    if confirmed:
        count_supporters(connection, complaint_id)


def names_of_one(connection: Connection, complaint_id: int, person: str) -> set[str]:
    """List all names under which somebody reported or follows a complaint, so that one person has one voice.

    Nothing for whoever has not proved to be somebody: by a letter's link, which needs an address, or before staff.
    """
    asked = {"complaint": complaint_id, "person": person}
    return set(connection.scalars(sql("complaints/names_of_one.sql"), asked))


def may_dispute(connection: Connection, complaint_id: int, person: str) -> bool:
    """Say whether somebody disputes together with others; the reporter does so by himself."""
    names = names_of_one(connection, complaint_id, person)
    return bool(names) and f"reporter:{origin(connection, complaint_id)}" not in names


def support(connection: Connection, complaint_id: int) -> Support:
    """Count who follows a complaint: everybody, and those who have confirmed."""
    mine = ComplaintFollower.complaint_id == complaint_id
    counted = select(func.count(), func.count().filter(ComplaintFollower.confirmed)).where(mine)
    return Support(*connection.execute(counted).one())


def unfollow(connection: Connection, complaint_id: int, follower: str) -> bool:
    """Forget that somebody follows a complaint; say whether he did."""
    called = or_(ComplaintFollower.follower == follower, ComplaintFollower.also == follower)
    mine = (ComplaintFollower.complaint_id == complaint_id, called)
    gone = connection.execute(delete(ComplaintFollower).where(*mine)).rowcount
    count_supporters(connection, complaint_id)
    return bool(gone)


def dispute_together(connection: Connection, complaint_id: int, follower: str, now: datetime | None = None) -> bool:
    """Say as a confirmed follower that a complaint is not solved; say whether enough have said so for it to go back.

    So may who reported one that was merged into it. Each person is counted once for each time that the complaint is
    called resolved, under whichever names. Raises ActRefusedError, LookupError.
    """
    at = now or datetime.now(UTC)
    held = hold(connection, complaint_id, None)
    if held.state != "resolved":
        raise ActRefusedError("state", NOT_NOW)
    if not may_dispute(connection, complaint_id, follower):
        raise ActRefusedError("follower", UNCONFIRMED)
    mine = (ComplaintFollower.complaint_id == complaint_id, PROVEN)
    names = ComplaintFollower.follower.in_(names_of_one(connection, complaint_id, follower))
    once = case((ComplaintFollower.follower == follower, at))
    connection.execute(update(ComplaintFollower).where(*mine, names).values(disputed_at=once))
    since = select(func.count()).where(*mine, ComplaintFollower.disputed_at >= held.state_since)
    number = connection.execute(since).scalar_one()
    events.record(connection, SUPPORTERS.name, "dispute", LAYER, held.number, role="supporters", number=number)
    told = update(Complaint).where(Complaint.id == complaint_id).values(updated_at=func.clock_timestamp())
    connection.execute(told)
    if number < rules(connection).limit("supporters"):
        return False
    together = f"{number} pengikut laporan menyatakan belum selesai."
    move(connection, SUPPORTERS, complaint_id, "in_progress", seen_version=None, reason=together, now=at)
    return True
