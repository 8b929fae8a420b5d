"""What letters about works say: to agencies, that roads wait for a survey; to followers, how far a work has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from sqlalchemy import Connection, Row, select

from layers.complaints.invitation_letters import NOT_MINE, THREE_DAYS
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.layer import Text
from layers.records import events, links, sending
from layers.records.mail import Letter
from layers.roads.table import Road
from layers.works import following
from layers.works.following import ASK, CHANGED, MOVED
from layers.works.stages import BY_ID
from layers.works.table import Work

SURVEY = "survey_wanted"
KINDS = (SURVEY, ASK, MOVED, CHANGED)
SPOKEN = ("public_text", "reason")  # what staff say to everybody
WHY_AGENCY = "Surat ini dikirim oleh Peta Layanan kepada instansi yang mengurus pekerjaan. Tidak perlu dibalas."
WHY = Text(
    "Surat ini dikirim karena alamat e-mail ini mengikuti pekerjaan tersebut.",
    "This letter is sent because this e-mail address follows that work.",
)
NAMED = Text("Pekerjaan: {name}\nNomor: {number}", "Work: {name}\nNumber: {number}")
ASKED = Text(
    "Seseorang ingin mengikuti pekerjaan {number} dengan alamat e-mail ini.",
    "Somebody wants to follow work {number} with this e-mail address.",
)
TODO = Text("Untuk dikabari setiap tahapnya, buka\n{address}", "To be told of each stage, open\n{address}")
ASK_SUBJECT = Text("Pastikan bahwa Anda mengikuti pekerjaan {number}", "Confirm that you follow work {number}")
MOVED_SUBJECT = Text("Pekerjaan {number}: {stage}", "Work {number}: {stage}")
CHANGED_SUBJECT = Text("Pekerjaan {number}: biaya atau waktu berubah", "Work {number}: cost or time has changed")
STAGE = Text("Tahapnya sekarang: {stage}.", "It has come to this stage: {stage}.")
FINISHED = Text("Pekerjaan ini dinyatakan selesai.", "This work is said to be finished.")
NEW_END = Text("Rencana selesai: {old} menjadi {new}.", "Planned end: {old}, now {new}.")
NEW_VALUE = Text("Nilai kontrak: {old} menjadi {new}.", "Value of the contract: {old}, now {new}.")
SAID = Text("Keterangan dinas:\n{words}", "What the agency says:\n{words}")
LOOK = Text("Lihat pekerjaannya di:\n{page}", "See the work at:\n{page}")


@dataclass(frozen=True)
class Writer:
    """Words messages about works, with links to the public address of this installation."""

    site: str
    data_dir: Path

    def __call__(self, connection: Connection, message: Row[Any]) -> Letter | None:
        """Word a message of the outbox; None where its work is gone, or nobody wants to hear of it any more."""
        work = connection.execute(select(Work.id, Work.name).where(Work.number == message.subject)).one_or_none()
        if work is None:
            return None
        language = sending.language(connection, message.recipient)
        head = Letterhead(self.site, self.data_dir, language, message.posted_at.date())
        return WORDED[message.kind](connection, head, message, work)


def _survey(connection: Connection, head: Letterhead, message: Row[Any], work: Row[Any]) -> Letter:
    """Ask an agency, in Indonesian, to survey the roads of a finished work."""
    wanted = select(Road.id, Road.name).where(Road.id.in_(message.data["roads"])).order_by(Road.id)
    roads = connection.execute(wanted).all()
    parts = [
        NAMED.id.format(name=work.name, number=message.subject),
        "Pekerjaan ini dinyatakan selesai. Kondisi ruas di bawah ini baru menurut pekerjaan itu:\n"
        "mohon disurvei, agar kondisinya dipastikan.",
        "\n".join(f"- {road.name or road.id}: {head.site}/layers/roads/{road.id}" for road in roads),
        LOOK.id.format(page=f"{head.site}/pekerjaan/{work.id}"),
        WHY_AGENCY,
    ]
    return Letter(f"Pekerjaan {message.subject} selesai: ruasnya perlu disurvei", paragraphs(parts))


def _invitation(connection: Connection, head: Letterhead, message: Row[Any], work: Row[Any]) -> Letter | None:
    """Ask whether somebody meant to follow a work; None where the link is over."""
    if not links.waits(connection, head.data_dir, message.data["seed"]):
        return None
    number = message.subject
    parts = [
        head.says(ASKED).format(number=number),
        head.says(NAMED).format(name=work.name, number=number),
        head.says(TODO).format(address=head.confirm(message.data["seed"])),
        head.says(THREE_DAYS),
        head.says(NOT_MINE),
    ]
    _, headers = _ending(head, message, work)
    return Letter(head.says(ASK_SUBJECT).format(number=number), paragraphs(parts), headers)


def _moved(connection: Connection, head: Letterhead, message: Row[Any], work: Row[Any]) -> Letter | None:
    stage = message.data["stage"]
    title = head.says(BY_ID[stage].title)
    news = head.says(FINISHED if stage == "finished" else STAGE).format(stage=title.lower())
    subject = head.says(MOVED_SUBJECT).format(number=message.subject, stage=title.lower())
    return _news(connection, head, message, work, subject, [news])


def _changed(connection: Connection, head: Letterhead, message: Row[Any], work: Row[Any]) -> Letter | None:
    told = message.data
    lines = [
        head.says(words).format(old=written(head, told.get(f"old_{what}")), new=written(head, told[f"new_{what}"]))
        for what, words, written in (("end", NEW_END, _day), ("value", NEW_VALUE, _rupiah))
        if told.get(f"new_{what}")
    ]
    return _news(connection, head, message, work, head.says(CHANGED_SUBJECT).format(number=message.subject), lines)


def _news(
    connection: Connection, head: Letterhead, message: Row[Any], work: Row[Any], subject: str, news: list[str]
) -> Letter | None:
    if not following.follows(connection, work.id, message.recipient):
        return None
    said = events.words(connection, message.data["event"])
    words = next((said[name] for name in SPOKEN if said.get(name)), "")
    stop, headers = _ending(head, message, work)
    parts = [
        head.says(NAMED).format(name=work.name, number=message.subject),
        "\n".join(news),
        head.says(SAID).format(words=words) if words else "",
        head.says(LOOK).format(page=head.page(f"pekerjaan/{work.id}")),
        f"{head.says(WHY)} {stop}",
    ]
    return Letter(subject, paragraphs(parts), headers)


def _ending(head: Letterhead, message: Row[Any], work: Row[Any]) -> tuple[str, Mapping[str, str]]:
    return head.ending(following.token(head.data_dir, work.id, message.recipient, head.written_on))


def _day(head: Letterhead, written: str | None) -> str:
    return str(format_date(date.fromisoformat(written), "d MMMM y", locale=head.language)) if written else "–"


def _rupiah(head: Letterhead, written: str | None) -> str:
    return f"Rp{format_decimal(int(written), '#,##0', locale=head.language)}" if written else "–"


Wording = Callable[[Connection, Letterhead, Row[Any], Any], Letter | None]
WORDED: Mapping[str, Wording] = {SURVEY: _survey, ASK: _invitation, MOVED: _moved, CHANGED: _changed}
