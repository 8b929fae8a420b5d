"""What letters about a complaint say: its number, how far it is, what staff said, and where to look; never the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from sqlalchemy import Connection, Row, select

from layers.complaints import alert_letters, invitation_letters, staff_letters
from layers.complaints.categories import TITLES
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.stopping import ABOUT_COMPLAINT, wants_letters
from layers.complaints.table import Complaint
from layers.complaints.telling import SORTED, may_hear
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records import events, readers, sending
from layers.records.mail import Letter
from layers.records.people import Agency

NEWS = {
    "received": Text("Petugas akan memeriksa laporan ini.", "Staff will look at it."),
    "needs_info": Text(
        "Petugas memerlukan keterangan tambahan dari Anda sebelum laporan ini dapat dikerjakan.",
        "Staff need to know more from you before they can work on it.",
    ),
    "dispatched": Text(
        "Laporan sudah diperiksa dan diteruskan kepada {agency}.", "It has been checked and handed to {agency}."
    ),
    "coordinating": Text(
        "Instansi yang menerima laporan ini meminta instansi lain untuk menanganinya.",
        "The agency that received it asks another one to take it over.",
    ),
    "scheduled": Text("Pekerjaannya sudah dijadwalkan.", "The work has been scheduled."),
    "in_progress": Text("Laporan ini sedang dikerjakan.", "It is being worked on."),
    "external": Text(
        "Laporan ini menjadi wewenang pihak lain dan sudah diteruskan ke sana.",
        "It is for another authority to handle, and has been passed on to it.",
    ),
    "pending_check": Text(
        "Petugas menyatakan pekerjaan selesai. Petugas lain akan memeriksa hasilnya.",
        "The work is said to be done. Somebody else will check the result.",
    ),
    "resolved": Text(
        "Laporan ini dinyatakan selesai. Jika menurut Anda belum selesai, Anda dapat membantahnya.",
        "It is said to be solved. If you think that it is not, you can dispute that.",
    ),
    "closed": Text("Laporan ini ditutup.", "It has been closed."),
    "rejected": Text("Laporan ini tidak dapat ditindaklanjuti.", "Nothing can be done about it."),
    "merged": Text(
        "Laporan ini digabung dengan laporan lain tentang hal yang sama.",
        "It has been merged with another complaint about the same thing.",
    ),
    "withdrawn": Text("Laporan ini dicabut.", "It has been withdrawn."),
}
SPOKEN = ("public_text",)  # what staff say to everybody
TO_REPORTER = {"needs_info": ("public_text", "reason"), "rejected": ("public_text", "reason")}
WHY_REPORTER = Text(
    "Surat ini dikirim karena alamat e-mail ini ditulis pada laporan tersebut.",
    "This letter is sent because this e-mail address was left with that complaint.",
)
WHY_READER = Text(
    "Surat ini dikirim karena alamat e-mail ini mengikuti laporan tersebut.",
    "This letter is sent because this e-mail address follows that complaint.",
)
NUMBER = Text("Nomor laporan: {number}", "Complaint number: {number}")
SUBJECT = Text("Laporan {number}: {title}", "Complaint {number}: {title}")
ANSWERED = Text("ada jawaban petugas", "staff have answered")
AN_ANSWER = Text("Petugas menulis jawaban untuk laporan ini.", "Staff have written an answer.")
OTHER_KIND = Text("jenisnya diubah", "it is of another kind")
RESORTED = Text("Petugas mengubah jenis laporan ini.", "Staff have changed what kind of complaint it is.")
SORTED_AS = Text(
    "Petugas mengubah jenis laporan ini menjadi “{kind}”.", "Staff have changed the kind of this complaint to “{kind}”."
)
DUE = Text("Batas waktunya sekarang {day}.", "It is due on {day} now.")
TAKEN = Text("sudah kami terima", "we have received it")
THANKS = Text(
    "Terima kasih. Laporan Anda sudah kami terima. {news}", "Thank you. We have received your complaint. {news}"
)
PART = Text(
    "Laporan Anda memuat beberapa hal. Bagian ini mendapat nomor sendiri dan dibuka dengan kode yang sama. {news}",
    "Your complaint is about several things. This part has a number of its own; the same code opens it. {news}",
)
WITH_CODE = Text(
    "Laporan ini hanya dapat Anda buka dengan kode Anda, di:\n{page}", "Only your code opens it, at:\n{page}"
)
LOOK = Text("Lihat perkembangannya di:\n{page}", "See how far it is at:\n{page}")
SAID = Text("Keterangan petugas:\n{words}", "What staff say:\n{words}")
SOME_AGENCY = Text("instansi yang menanganinya", "the agency that handles it")


@dataclass(frozen=True)
class Writer:
    """Words messages about complaints, with links to the public address of this installation."""

    site: str
    data_dir: Path

    def __call__(self, connection: Connection, message: Row[Any]) -> Letter | None:
        """Word a message of the outbox in its reader's language; None where there is nothing to say (any more)."""
        language = sending.language(connection, message.recipient)
        head = Letterhead(self.site, self.data_dir, language, message.posted_at.date())
        if message.kind in invitation_letters.ASKS:
            return invitation_letters.write(connection, head, message)
        if message.kind == alert_letters.KIND:
            return alert_letters.write(connection, head, message)
        case = connection.execute(select(Complaint).where(Complaint.number == message.subject)).one_or_none()
        if case is None:
            return None
        if message.kind in staff_letters.KINDS:
            return staff_letters.write(connection, head, message, case)
        if not (
            wants_letters(connection, case.id, message.recipient) and may_hear(connection, case, message.recipient)
        ):
            return None
        return _news(connection, head, case, message)


def _news(connection: Connection, head: Letterhead, case: Row[Any], message: Row[Any]) -> Letter:
    if message.kind == "answered":
        title, news, state = head.says(ANSWERED), head.says(AN_ANSWER), ""
    elif message.kind == SORTED:
        title, news, state = head.says(OTHER_KIND), _sorted(head, case, message.data), ""
    else:
        state = message.data["state"]
        title = head.says(BY_ID[state].label).lower()
        news = head.says(NEWS[state]).format(agency=_agency(connection, head, case.agency))
    if message.kind == "received":
        thanks = head.says(THANKS if case.parent_id is None else PART)
        title, news = head.says(TAKEN), thanks.format(news=news)
    said = "" if case.visibility == "secret" else _said(connection, head, message.data.get("event"), state)
    survey = head.survey(case.id, message.recipient) if state == "resolved" else ""
    why = head.says(WHY_READER if message.recipient.startswith(readers.PREFIX) else WHY_REPORTER)
    stop, headers = head.stop(ABOUT_COMPLAINT, case.id, message.recipient)
    parts = [head.says(NUMBER).format(number=case.number), news, said, survey, _where(head, case), f"{why} {stop}"]
    return Letter(head.says(SUBJECT).format(number=case.number, title=title), paragraphs(parts), headers)


def _sorted(head: Letterhead, case: Row[Any], data: Mapping[str, Any]) -> str:
    """Tell of which kind a complaint is now, and until when it is due; of a secret one neither."""
    if case.visibility == "secret":
        return head.says(RESORTED)
    kind, due_on = TITLES.get(data["kind"], Text(data["kind"], data["kind"])), data["due_on"]
    told = head.says(SORTED_AS).format(kind=head.says(kind))
    if due_on is None:
        return told
    day = format_date(date.fromisoformat(due_on), "d MMMM y", locale=head.language)
    return f"{told} {head.says(DUE).format(day=day)}"


def _where(head: Letterhead, case: Row[Any]) -> str:
    if case.visibility == "secret" or case.moderation == "hidden":
        return head.says(WITH_CODE).format(page=head.page("laporan/kode"))
    return head.says(LOOK).format(page=head.page(f"laporan/{case.number}"))


def _agency(connection: Connection, head: Letterhead, agency: str | None) -> str:
    found = connection.execute(select(Agency.name, Agency.name_en).where(Agency.id == agency)).one_or_none()
    return head.says(Text(found.name, found.name_en or found.name) if found else SOME_AGENCY)


def _said(connection: Connection, head: Letterhead, event: int | None, state: str) -> str:
    """Quote what staff said in an act; nothing where they said nothing, or where the words were erased."""
    said = events.words(connection, event)
    words = next((said[name] for name in TO_REPORTER.get(state, SPOKEN) if said.get(name)), "")
    return head.says(SAID).format(words=words) if words else ""
