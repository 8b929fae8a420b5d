"""After a repair: is it solved, and how satisfied are those who reported or follow it; one answer a person and case."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import CheckConstraint, Connection, DateTime, ForeignKey, Select, SmallInteger, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints.following import names_of_one
from layers.complaints.holding import hold
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import rules
from layers.complaints.submission import LAYER
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_ID
from layers.db import Base
from layers.layer import Text
from layers.records import events, links

SOLVED: dict[str, Text] = {
    "yes": Text("Ya, sudah", "Yes, it is"),
    "partly": Text("Sebagian", "Partly"),
    "no": Text("Tidak, belum", "No, it is not"),
}
PURPOSE = "survey"
LASTING = timedelta(days=180)  # for which a letter's link is good at the longest
LONGEST = 500  # characters of the sentence
NOT_NOW = Text(
    "Laporan ini belum dinyatakan selesai, atau sudah ditutup untuk seterusnya.",
    "The complaint is not resolved yet, or closed for good.",
)
NOT_YOURS = Text(
    "Hanya pelapor dan pengikut yang terkonfirmasi yang dapat menilai.",
    "Only the reporter and confirmed followers can give an answer.",
)
UNCLEAR = Text(
    "Pilih apakah sudah beres dan seberapa puas Anda; kalimatnya paling banyak 500 huruf.",
    "Choose whether it is solved and how satisfied you are; the sentence may have 500 characters at most.",
)


class ComplaintSurvey(Base):
    """What one person says of one complaint: is it solved, how satisfied (1 to 5), and a sentence for staff.

    `person` is a name that tells nobody who it is: reporter:12 or reader:7.
    """

    __tablename__ = "complaint_survey"
    __table_args__ = (
        CheckConstraint("solved in ('yes', 'partly', 'no')", "solved"),
        CheckConstraint("satisfied between 1 and 5", "satisfied"),
    )
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    solved: Mapped[str]
    satisfied: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str | None]
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


@dataclass(frozen=True)
class Judged:
    """What a page says of a complaint that is judged: its number, whether anyone may open it, and its state."""

    number: str
    public: bool
    state: str


@dataclass(frozen=True)
class Said:
    """One person's answer: solved (yes, partly, no), satisfied (1 to 5), a sentence, and when it was said."""

    solved: str
    satisfied: int
    words: str | None
    said_at: datetime


def judged(connection: Connection, complaint_id: int) -> Judged | None:
    """Name a complaint to whoever may judge it: of a secret one nothing but its number."""
    columns = (Complaint.number, Complaint.visibility != "secret", Complaint.state)
    found = connection.execute(select(*columns).where(Complaint.id == complaint_id)).one_or_none()
    return Judged(*found) if found else None


def answerable(connection: Connection, complaint_id: int, now: datetime | None = None) -> bool:
    """Say whether a complaint can be judged: from when it is called resolved until it is closed for good."""
    columns = (Complaint.state, Complaint.closed_at, Complaint.state_since)
    case = connection.execute(select(*columns).where(Complaint.id == complaint_id)).one()
    return _in_time(connection, *case, now or datetime.now(UTC))


def is_over(connection: Connection, complaint_id: int, now: datetime | None = None) -> bool:
    """Say whether a complaint is closed for good, so that links to its survey open nothing any more."""
    columns = (Complaint.state, Complaint.closed_at, Complaint.state_since)
    case = connection.execute(select(*columns).where(Complaint.id == complaint_id)).one_or_none()
    if case is None:
        return True
    return not BY_ID[case.state].open and not _in_time(connection, *case, now or datetime.now(UTC))


def judge(
    connection: Connection,
    person: str,
    complaint_id: int,
    solved: str,
    satisfied: int,
    words: str = "",
    now: datetime | None = None,
) -> None:
    """Keep what somebody says of a complaint, in the place of what the same person said before, under whichever name.

    Raises ActRefusedError where it is no answer, where the person neither reported nor follows it, or not in time.
    """
    at = now or datetime.now(UTC)
    case = hold(connection, complaint_id, None)
    if solved not in SOLVED or satisfied not in range(1, 6) or len(words) > LONGEST or "\0" in words:
        raise ActRefusedError("answer", UNCLEAR)
    names = names_of_one(connection, complaint_id, person)
    if not names:
        raise ActRefusedError("role", NOT_YOURS)
    if not _in_time(connection, case.state, case.closed_at, case.state_since, at):
        raise ActRefusedError("state", NOT_NOW)
    said = {"solved": solved, "satisfied": satisfied, "words": words or None, "said_at": at}
    before = (ComplaintSurvey.complaint_id == complaint_id, ComplaintSurvey.person.in_(names - {person}))
    connection.execute(delete(ComplaintSurvey).where(*before))
    statement = insert(ComplaintSurvey).values(complaint_id=complaint_id, person=person, **said)
    key = ["complaint_id", "person"]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=said))
    role = person.partition(":")[0]
    events.record(connection, person, "judge", LAYER, case.number, role=role, solved=solved, satisfied=satisfied)


def token(data_dir: Path, complaint_id: int, person: str, written_on: date) -> str:
    """Write the token by which one person judges one complaint, from a letter."""
    return links.standing(data_dir, PURPOSE, str(complaint_id), person, until=written_on + LASTING)


def token_of(data_dir: Path, written: str) -> tuple[int, str] | None:
    """Read complaint and person from such a token; None where it was not made here, or is over."""
    parts = links.read(data_dir, PURPOSE, written)
    return (int(parts[0]), parts[1]) if parts else None


def said_by(connection: Connection, complaint_id: int, person: str) -> Said | None:
    """Give what somebody said of a complaint last, under any of his names; None where nothing was."""
    names = names_of_one(connection, complaint_id, person)
    mine = _said().where(ComplaintSurvey.complaint_id == complaint_id, ComplaintSurvey.person.in_(names))
    found = connection.execute(mine.order_by(ComplaintSurvey.said_at.desc()).limit(1)).one_or_none()
    return Said(**found._mapping) if found else None


def judgements(connection: Connection, complaint_id: int) -> list[Said]:
    """List what people said of a complaint, the latest first, for staff."""
    about = _said().where(ComplaintSurvey.complaint_id == complaint_id)
    return [Said(**row._mapping) for row in connection.execute(about.order_by(ComplaintSurvey.said_at.desc()))]


def _said() -> Select[str, int, str | None, datetime]:
    columns = (ComplaintSurvey.solved, ComplaintSurvey.satisfied, ComplaintSurvey.words, ComplaintSurvey.said_at)
    return select(*columns)


def _in_time(connection: Connection, state: str, closed_at: datetime | None, since: datetime, at: datetime) -> bool:
    """Resolved, or closed since, as long as it may be reopened; what nobody called resolved was closed at once."""
    if state == "resolved":
        return True
    was_resolved = state == "closed" and closed_at is not None and closed_at < since
    return was_resolved and at <= since + timedelta(days=rules(connection).limit("reopen"))
