"""What letters to staff say: an agency is handed a complaint, or has sent one back for which another is to be found."""

from typing import Any

from sqlalchemy import Connection, Row

from layers.areas.naming import named
from layers.complaints.categories import TITLES
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.telling import SENT_BACK
from layers.records.mail import Letter

HANDED_OVER = "handed_over"
KINDS = (HANDED_OVER, SENT_BACK)
SUBJECTS = {
    HANDED_OVER: "Laporan {number} diserahkan kepada instansi Anda",
    SENT_BACK: "Laporan {number} dikembalikan: pilih instansi lain",
}
NEWS = {
    HANDED_OVER: "Sebuah laporan diserahkan kepada instansi Anda.",
    SENT_BACK: "Instansi yang dipilih menyatakan laporan ini bukan kewenangannya.\n"
    "Laporan menunggu sampai Anda memilih instansi lain; batas waktunya tetap berjalan.",
}
WHY = {
    HANDED_OVER: "Surat ini dikirim oleh Peta Layanan kepada instansi yang menangani laporan. Tidak perlu dibalas.",
    SENT_BACK: "Surat ini dikirim oleh Peta Layanan kepada petugas yang memilih instansi. Tidak perlu dibalas.",
}


def write(connection: Connection, head: Letterhead, message: Row[Any], case: Row[Any]) -> Letter | None:
    """Word such a letter, in Indonesian; None where an agency has been found for what was sent back."""
    kind = message.kind
    if kind == SENT_BACK and not case.declined_by:
        return None
    until = f"Batas waktu: {case.due_on:%d-%m-%Y}" if case.due_on else ""
    page = "account/sign-in" if kind == HANDED_OVER else f"meja/{case.number}"
    address = f"Masuk untuk menanganinya:\n{head.page(page)}"
    parts = [f"Nomor laporan: {case.number}", NEWS[kind], _about(connection, case), until, address, WHY[kind]]
    return Letter(SUBJECTS[kind].format(number=case.number), paragraphs(parts))


def _about(connection: Connection, case: Row[Any]) -> str:
    """Say what it is about and where; of a secret complaint nothing."""
    if case.visibility == "secret":
        return "Laporan ini rahasia: isinya hanya tampil bagi petugas yang sudah masuk."
    village = named(connection, [case.village_code]).get(case.village_code or "")
    kind = TITLES[case.kind or case.category].id
    return f"Jenis: {kind}" + (f"\nDesa/kelurahan: {village.name}" if village else "")
