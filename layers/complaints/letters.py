"""What letters about a complaint say: its number, how far it is, what staff said, and where to look; never the code."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.areas.naming import named
from layers.complaints import alert_letters, invitation_letters
from layers.complaints.categories import TITLES
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.stopping import ABOUT_COMPLAINT, wants_letters
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_ID
from layers.records import readers
from layers.records.mail import Letter
from layers.records.people import Agency
from layers.records.tables import EventContent

NEWS = {
    "received": "Petugas akan memeriksa laporan ini.",
    "needs_info": "Petugas memerlukan keterangan tambahan dari Anda sebelum laporan ini dapat dikerjakan.",
    "dispatched": "Laporan sudah diperiksa dan diteruskan kepada {agency}.",
    "coordinating": "Instansi yang menerima laporan ini meminta instansi lain untuk menanganinya.",
    "scheduled": "Pekerjaannya sudah dijadwalkan.",
    "in_progress": "Laporan ini sedang dikerjakan.",
    "external": "Laporan ini menjadi wewenang pihak lain dan sudah diteruskan ke sana.",
    "pending_check": "Petugas menyatakan pekerjaan selesai. Petugas lain akan memeriksa hasilnya.",
    "resolved": "Laporan ini dinyatakan selesai. Jika menurut Anda belum selesai, Anda dapat membantahnya.",
    "closed": "Laporan ini ditutup.",
    "rejected": "Laporan ini tidak dapat ditindaklanjuti.",
    "merged": "Laporan ini digabung dengan laporan lain tentang hal yang sama.",
    "withdrawn": "Laporan ini dicabut.",
}
SPOKEN = ("public_text",)  # what staff say to everybody
TO_REPORTER = {"needs_info": ("public_text", "reason"), "rejected": ("public_text", "reason")}
WHY_REPORTER = "Surat ini dikirim karena alamat e-mail ini ditulis pada laporan tersebut."
WHY_READER = "Surat ini dikirim karena alamat e-mail ini mengikuti laporan tersebut."
WHY_AGENCY = "Surat ini dikirim oleh Peta Layanan kepada instansi yang menangani laporan. Tidak perlu dibalas."


@dataclass(frozen=True)
class Writer:
    """Words messages about complaints, with links to the public address of this installation."""

    site: str
    data_dir: Path

    def __call__(self, connection: Connection, message: Row[Any]) -> Letter | None:
        """Word a message of the outbox, in Indonesian; None where there is nothing to say (any more)."""
        head = Letterhead(self.site, self.data_dir)
        if message.kind in invitation_letters.ASKS:
            return invitation_letters.write(connection, head, message)
        if message.kind == alert_letters.KIND:
            return alert_letters.write(connection, head, message)
        case = connection.execute(select(Complaint).where(Complaint.number == message.subject)).one_or_none()
        if case is None:
            return None
        if message.recipient.startswith("agency:"):
            return self._handed_over(connection, case)
        if not wants_letters(connection, case.id, message.recipient):
            return None
        return self._news(connection, head, case, message)

    def _news(self, connection: Connection, head: Letterhead, case: Row[Any], message: Row[Any]) -> Letter:
        if message.kind == "answered":
            title, news, state = "ada jawaban petugas", "Petugas menulis jawaban untuk laporan ini.", ""
        else:
            state = message.data["state"]
            title, news = BY_ID[state].label.id.lower(), NEWS[state].format(agency=_agency(connection, case.agency))
        if message.kind == "received":
            title, news = "sudah kami terima", f"Terima kasih. Laporan Anda sudah kami terima. {news}"
        said = "" if case.visibility == "secret" else _said(connection, message.data.get("event"), state)
        survey = head.survey(case.id, message.recipient) if state == "resolved" else ""
        why = WHY_READER if message.recipient.startswith(readers.PREFIX) else WHY_REPORTER
        stop, headers = head.stop(ABOUT_COMPLAINT, case.id, message.recipient)
        parts = [f"Nomor laporan: {case.number}", news, said, survey, self._where(case), f"{why} {stop}"]
        return Letter(f"Laporan {case.number}: {title}", paragraphs(parts), headers)

    def _where(self, case: Row[Any]) -> str:
        if case.visibility == "secret" or case.moderation == "hidden":
            return f"Laporan ini hanya dapat Anda buka dengan kode Anda, di:\n{self.site}/laporan/kode"
        return f"Lihat perkembangannya di:\n{self.site}/laporan/{case.number}"

    def _handed_over(self, connection: Connection, case: Row[Any]) -> Letter:
        if case.visibility == "secret":
            about = "Laporan ini rahasia: isinya hanya tampil bagi petugas yang sudah masuk."
        else:
            kind = TITLES[case.kind or case.category].id
            village = named(connection, [case.village_code]).get(case.village_code or "")
            about = f"Jenis: {kind}" + (f"\nDesa/kelurahan: {village.name}" if village else "")
        until = f"Batas waktu: {case.due_on:%d-%m-%Y}" if case.due_on else ""
        address = f"Masuk untuk menanganinya:\n{self.site}/account/sign-in"
        news = "Sebuah laporan diserahkan kepada instansi Anda."
        parts = [f"Nomor laporan: {case.number}", news, about, until, address, WHY_AGENCY]
        return Letter(f"Laporan {case.number} diserahkan kepada instansi Anda", paragraphs(parts))


def _agency(connection: Connection, agency: str | None) -> str:
    name: str | None = connection.scalar(select(Agency.name).where(Agency.id == agency))
    return name or "instansi yang menanganinya"


def _said(connection: Connection, event: int | None, state: str) -> str:
    """Quote what staff said in an act; nothing where they said nothing, or where the words were erased."""
    content = connection.scalar(select(EventContent.content).where(EventContent.event_id == event))
    said = json.loads(content) if content else {}
    words = next((said[name] for name in TO_REPORTER.get(state, SPOKEN) if said.get(name)), "")
    return f"Keterangan petugas:\n{words}" if words else ""
