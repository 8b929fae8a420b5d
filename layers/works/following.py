"""People who follow a work by e-mail: who said yes to a letter is told of each stage and new term, until he ends it.

They are readers as those of complaints are: the address is sealed, and all else knows them by a number alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from layers.complaints import stopping
from layers.complaints.invitations import Agreed, agree, invite, may_ask
from layers.complaints.stopping import LASTING, Ended
from layers.records import events, links, outbox, readers
from layers.records.actors import VISITOR
from layers.records.identities import FIRST_LANGUAGE
from layers.works.stages import steps_from
from layers.works.table import Work, WorkFollower

ASK = "invite_work"
MOVED, CHANGED = "work_moved", "work_changed"
ENDING = "stop_work"  # the purpose of the links that end such letters
ABOUT = "work"


def followable(stage: str) -> bool:
    """Say whether there is something to hear of a work still."""
    return bool(steps_from(stage))


def ask_to_follow(
    connection: Connection, data_dir: Path, work_id: int, email: str, consent: str, language: str = FIRST_LANGUAGE
) -> None:
    """Ask the owner of an address by a letter whether he wants to follow a work; five such letters a day at most."""
    if not may_ask(connection, data_dir, ASK, email):
        return
    reader = readers.name(readers.keep(connection, data_dir, email, consent, language))
    number, agreed = _number(connection, work_id), Agreed(consent, language)
    invite(connection, data_dir, ASK, reader, {"work": work_id}, subject=number, agreed=agreed)


def pending(connection: Connection, written: str) -> bool:
    """Say whether a link would follow a work, without doing it."""
    return links.look(connection, (ASK,), written) is not None


def accept(connection: Connection, written: str) -> int | None:
    """Let the owner of an address follow the work of his link, and give it; None where the link or the work is over."""
    link = links.use(connection, (ASK,), written)
    number = _number(connection, link.data["work"]) if link else None
    if link is None or number is None:
        return None
    agree(connection, link)
    work = int(link.data["work"])
    row = {"work_id": work, "reader_id": readers.number(link.recipient)}
    connection.execute(insert(WorkFollower).values(row).on_conflict_do_nothing())
    events.record(connection, VISITOR.name, "follow_work", subject=link.recipient, work=number)
    return work


def tell(connection: Connection, event: int, kind: str, work: Any, data: Mapping[str, Any]) -> None:
    """Leave a letter of a kind about an act on a work for each who follows it."""
    mine = select(WorkFollower.reader_id).where(WorkFollower.work_id == work.id).order_by(WorkFollower.reader_id)
    told = [readers.name(reader) for reader in connection.scalars(mine)]
    outbox.post_all(connection, event, kind, told, work.number, {"event": event, "work": work.id, **data})


def follows(connection: Connection, work_id: int, recipient: str) -> bool:
    """Say whether a reader follows a work still."""
    mine = (WorkFollower.work_id == work_id, WorkFollower.reader_id == readers.number(recipient))
    return connection.scalar(select(WorkFollower.work_id).where(*mine)) is not None


def token(data_dir: Path, work_id: int, recipient: str, written_on: date) -> str:
    """Write the token by which a reader ends the letters about a work."""
    return links.standing(data_dir, ENDING, str(work_id), recipient, until=written_on + LASTING)


def about(connection: Connection, data_dir: Path, written: str) -> Ended | None:
    """Tell about which work a token ends letters; None for one that was not made here, or is over."""
    parts = links.read(data_dir, ENDING, written)
    return Ended(ABOUT, _number(connection, int(parts[0])), reader=True) if parts else None


def reader_of(data_dir: Path, written: str) -> str | None:
    """Name the reader (reader:12) to whom a letter with this token went; None for no such token."""
    parts = links.read(data_dir, ENDING, written)
    return parts[1] if parts else None


@dataclass(frozen=True)
class Followed:
    """A work that somebody follows: its id and its number."""

    id: int
    number: str


def followed_by(connection: Connection, recipient: str) -> list[Followed]:
    """List the works that a reader follows."""
    mine = select(Work.id, Work.number).join(WorkFollower, Work.id == WorkFollower.work_id)
    rows = connection.execute(mine.where(WorkFollower.reader_id == readers.number(recipient)).order_by(Work.id))
    return [Followed(row.id, row.number) for row in rows]


def hand_over(connection: Connection, recipient: str, other: str) -> None:
    """Let another reader follow all works that one follows."""
    for work in followed_by(connection, recipient):
        row = {"work_id": work.id, "reader_id": readers.number(other)}
        connection.execute(insert(WorkFollower).values(row).on_conflict_do_nothing())


def stop(connection: Connection, data_dir: Path, written: str) -> bool:
    """End the letters about the work of a token, again as often as it is used; say whether it is such a token."""
    parts = links.read(data_dir, ENDING, written)
    if parts is None:
        return False
    work, recipient = int(parts[0]), parts[1]
    mine = (WorkFollower.work_id == work, WorkFollower.reader_id == readers.number(recipient))
    if connection.execute(delete(WorkFollower).where(*mine)).rowcount:
        events.record(connection, VISITOR.name, "unfollow_work", subject=recipient, work=f"P-{work}")
    links.withdraw(connection, recipient, work=work)
    return True


def stop_all(connection: Connection, data_dir: Path, written: str) -> bool:
    """End all letters to the reader whose letter holds a token, and forget him; say whether it is such a token."""
    parts = links.read(data_dir, ENDING, written)
    if parts is not None:
        stopping.forget_reader(connection, parts[1])
    return parts is not None


def _number(connection: Connection, work_id: int) -> str | None:
    return connection.scalar(select(Work.number).where(Work.id == work_id))
