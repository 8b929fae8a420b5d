"""What letters to staff say: a complaint was handed over, sent back, came back to them, or waits for their decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from layers.areas.naming import named
from layers.complaints.categories import TITLES
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.telling import ASSIGNED, DISPUTED, REOPENED, REPLIED, SENT_BACK, TO_DECIDE, UNDECIDED, deciders
from layers.records.mail import Letter

HANDED_OVER = "handed_over"
TO_AGENCY = "Surat ini dikirim oleh Peta Layanan kepada instansi yang menangani laporan. Tidak perlu dibalas."
TO_CHOOSER = "Surat ini dikirim oleh Peta Layanan kepada petugas yang memilih instansi. Tidak perlu dibalas."
TO_ADMINISTRATOR = "Surat ini dikirim oleh Peta Layanan kepada administrator. Tidak perlu dibalas."
TO_VERIFIER = "Surat ini dikirim oleh Peta Layanan kepada petugas yang memeriksa laporan. Tidak perlu dibalas."
TO_OFFICER = "Surat ini dikirim oleh Peta Layanan kepada petugas yang menangani laporan. Tidak perlu dibalas."


@dataclass(frozen=True)
class Kind:
    """What a kind of letter says: its subject, its news, why it is sent; to whom it says something still; its page."""

    subject: str
    news: str
    why: str
    holds: Callable[[Row[Any], str], bool] = lambda case, recipient: True
    page: str = "meja/{number}"


def _is_received(case: Row[Any], _recipient: str) -> bool:
    return bool(case.state == "received")


KINDS: Mapping[str, Kind] = {
    HANDED_OVER: Kind(
        "Laporan {number} diserahkan kepada instansi Anda",
        "Sebuah laporan diserahkan kepada instansi Anda.",
        TO_AGENCY,
    ),
    SENT_BACK: Kind(
        "Laporan {number} dikembalikan: pilih instansi lain",
        "Instansi yang dipilih menyatakan laporan ini bukan kewenangannya.\n"
        "Laporan menunggu sampai Anda memilih instansi lain; batas waktunya tetap berjalan.",
        TO_CHOOSER,
        lambda case, _recipient: bool(case.declined_by),
    ),
    TO_DECIDE: Kind(
        "Laporan {number} terlalu sering berpindah: putuskan instansinya",
        "Laporan ini sudah terlalu sering berpindah instansi.\n"
        "Laporan menunggu sampai Anda memutuskan instansi mana yang menanganinya; batas waktunya tetap berjalan.",
        TO_CHOOSER,
        lambda case, _recipient: bool(case.state == "coordinating"),
    ),
    UNDECIDED: Kind(
        "Laporan {number} menunggu, tetapi belum ada yang dapat memutuskan",
        "Laporan ini menunggu koordinator kabupaten yang memilih instansinya, tetapi peran itu belum diberikan.\n"
        "Berikan peran koordinator kabupaten kepada seseorang; batas waktunya tetap berjalan.",
        TO_ADMINISTRATOR,
        lambda case, _recipient: bool(case.declined_by or case.state == "coordinating"),
        "admin/accounts",
    ),
    DISPUTED: Kind(
        "Laporan {number} disanggah: kerjakan lagi",
        "Warga menyatakan laporan ini belum selesai. Laporan kembali dikerjakan, dengan batas waktu yang baru.",
        TO_OFFICER,
        lambda case, _recipient: bool(case.state == "in_progress"),
    ),
    REOPENED: Kind(
        "Laporan {number} dibuka lagi: periksa kembali",
        "Pelapor meminta laporan yang sudah ditutup atau ditolak diperiksa lagi.",
        TO_VERIFIER,
        _is_received,
    ),
    REPLIED: Kind(
        "Laporan {number} kembali menunggu verifikasi",
        "Pertanyaan kepada pelapor sudah dijawab, atau tidak terjawab sementara warga lain ikut laporan ini.",
        TO_VERIFIER,
        _is_received,
    ),
    ASSIGNED: Kind(
        "Laporan {number} ditugaskan kepada Anda",
        "Sebuah laporan ditugaskan kepada Anda.",
        TO_OFFICER,
        lambda case, recipient: bool(case.assignee == recipient),
    ),
}


def write(connection: Connection, head: Letterhead, message: Row[Any], case: Row[Any]) -> Letter | None:
    """Word such a letter, in Indonesian; None where what it asks for was done meanwhile, or by somebody else."""
    kind = KINDS[message.kind]
    if not kind.holds(case, message.recipient) or (message.kind == UNDECIDED and deciders(connection, case)):
        return None
    until = f"Batas waktu: {case.due_on:%d-%m-%Y}" if case.due_on else ""
    page = "account/sign-in" if message.recipient.startswith("agency:") else kind.page.format(number=case.number)
    address = f"Masuk untuk menanganinya:\n{head.page(page)}"
    parts = [f"Nomor laporan: {case.number}", kind.news, _about(connection, case), until, address, kind.why]
    return Letter(kind.subject.format(number=case.number), paragraphs(parts))


def _about(connection: Connection, case: Row[Any]) -> str:
    """Say what it is about and where; of a secret complaint nothing."""
    if case.visibility == "secret":
        return "Laporan ini rahasia: isinya hanya tampil bagi petugas yang sudah masuk."
    village = named(connection, [case.village_code]).get(case.village_code or "")
    kind = TITLES[case.kind or case.category].id
    return f"Jenis: {kind}" + (f"\nDesa/kelurahan: {village.name}" if village else "")
