"""An end to letters: by the link that each of them carries, about one complaint or one alert."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, ForeignKey, Select, Text, cast, delete, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints import alerts
from layers.complaints.alerts import ComplaintAlert
from layers.complaints.following import unfollow
from layers.complaints.reporters import origin, others_of_it
from layers.complaints.table import Complaint, ComplaintFollower
from layers.db import Base
from layers.records import links, readers
from layers.records.readers import Reader

PURPOSE = "stop"
ABOUT_COMPLAINT, ABOUT_ALERT = "complaint", "alert"
LASTING = timedelta(days=5 * 365)  # for which the link of a letter ends such letters
FORGOTTEN_AT_ONCE = 1000


class ComplaintQuiet(Base):
    """That a reporter (reporter:12) wants no more letters about a complaint; the contact stays for staff."""

    __tablename__ = "complaint_quiet"
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)


@dataclass(frozen=True)
class Ended:
    """Which letters a token ends: about an alert, or about a complaint and its number; to a `reader`, or a reporter."""

    kind: str
    number: str | None
    reader: bool


def token(data_dir: Path, about: str, number: int, recipient: str, written_on: date) -> str:
    """Write the token by which a recipient ends the letters about a complaint or an alert."""
    return links.standing(data_dir, PURPOSE, about, str(number), recipient, until=written_on + LASTING)


def about(connection: Connection, data_dir: Path, written: str) -> Ended | None:
    """Tell which letters a token ends; None for one that was not made here, or is over."""
    parts = links.read(data_dir, PURPOSE, written)
    if parts is None:
        return None
    kind, number, recipient = parts
    found = select(Complaint.number).where(Complaint.id == int(number))
    named = connection.scalar(found) if kind == ABOUT_COMPLAINT else None
    return Ended(kind, named, recipient.startswith(readers.PREFIX))


def reader_of(data_dir: Path, written: str) -> str | None:
    """Name the reader (reader:12) to whom a letter with this token went; None for a reporter's, and for no token."""
    parts = links.read(data_dir, PURPOSE, written)
    return parts[2] if parts and parts[2].startswith(readers.PREFIX) else None


def stop(connection: Connection, data_dir: Path, written: str) -> bool:
    """End the letters that a token is about, again as often as it is used; say whether it is a token."""
    parts = links.read(data_dir, PURPOSE, written)
    if parts is None:
        return False
    kind, number, recipient = parts
    if kind == ABOUT_ALERT:
        alerts.stop(connection, int(number))
    elif recipient.startswith(readers.PREFIX):
        unfollow(connection, int(number), recipient)
        links.withdraw(connection, recipient, complaint=int(number))
    elif connection.scalar(select(Complaint.id).where(Complaint.id == int(number))):
        quiet = insert(ComplaintQuiet).values(complaint_id=int(number), recipient=recipient)
        connection.execute(quiet.on_conflict_do_nothing())
    return True


def stop_all(connection: Connection, data_dir: Path, written: str) -> bool:
    """End all letters to the reader whose letter holds a token, and forget him; say whether it is such a token."""
    parts = links.read(data_dir, PURPOSE, written)
    if parts is None or not parts[2].startswith(readers.PREFIX):
        return False
    forget_reader(connection, parts[2])
    return True


def forget_reader(connection: Connection, recipient: str) -> None:
    """Forget a reader (reader:12) with all that he asked for or follows."""
    mine = select(ComplaintFollower.complaint_id).where(ComplaintFollower.follower == recipient)
    for complaint in sorted(connection.scalars(mine)):
        unfollow(connection, complaint, recipient)
    links.withdraw(connection, recipient)
    readers.forget(connection, readers.number(recipient))


def resume(connection: Connection, complaint_id: int) -> None:
    """Let the reporter of a complaint, and of what was split from it, be written to again: he gave an address anew."""
    reported = [complaint_id, *(other.id for other in others_of_it(connection, complaint_id).values())]
    mine = ComplaintQuiet.recipient == f"reporter:{origin(connection, complaint_id)}"
    connection.execute(delete(ComplaintQuiet).where(ComplaintQuiet.complaint_id.in_(reported), mine))


def wants_letters(connection: Connection, complaint_id: int, recipient: str) -> bool:
    """Say whether somebody still hears of a complaint."""
    quiet = (ComplaintQuiet.complaint_id == complaint_id, ComplaintQuiet.recipient == recipient)
    return connection.scalar(select(ComplaintQuiet.recipient).where(*quiet)) is None


def forget_idle(connection: Connection) -> int:
    """Forget links that are over, alerts that nobody confirmed, and readers whom nothing keeps; give their number."""
    links.forget_expired(connection)
    old = func.now() - links.CONFIRMING
    connection.execute(
        delete(ComplaintAlert).where(ComplaintAlert.confirmed_at.is_(None), ComplaintAlert.asked_at < old)
    )
    idle = connection.scalars(_idle_readers().limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)).all()
    for reader in idle:
        readers.forget(connection, reader)
    return len(idle)


def _idle_readers() -> Select[int]:
    """Ask for readers whom nothing keeps: no row of any layer, no complaint that they follow, no link that waits."""
    name = literal(readers.PREFIX) + cast(Reader.id, Text)
    rows = [exists().where(column == Reader.id) for column in readers.keepers()]
    rows.append(exists().where(ComplaintFollower.follower == name))
    rows.append(exists().where(links.MailLink.recipient == name, links.ALIVE))
    return select(Reader.id).where(*(~row for row in rows)).order_by(Reader.id)
