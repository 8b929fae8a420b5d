"""What the desk says: deadlines, roles, what was done, and why an act was refused or came too late."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Row

from layers.complaints.deadlines import WorkingDays
from layers.complaints.queries import is_overdue
from layers.complaints.refusals import OvertakenError
from layers.complaints.workflow import BY_ID
from webapp.language import day, in_language
from webapp.roles import ROLES


def deadline(case: Row[Any], days: WorkingDays, now: datetime) -> tuple[str, bool] | None:
    """Word the deadline of a complaint, and say whether it has passed; None where none runs."""
    state = BY_ID[case.state]
    if case.due_on is None or state.clock == "over":
        return None
    until = gettext("Batas: %(day)s", day=day(case.due_on, year=False))
    if state.clock == "paused":
        return f"{until} · {gettext('berhenti sampai pelapor menjawab')}", False
    if is_overdue(state, case.due_on, days.today(now)):
        return f"{until} · {gettext('terlambat %(n)s hari kerja', n=days.over(case.due_on, now))}", True
    left = days.left(now, case.due_on)
    return f"{until} · {gettext('%(n)s hari kerja lagi', n=left) if left else gettext('hari ini')}", False


def again(case: Row[Any]) -> str:
    """Say that a complaint came back: disputed, reopened or appealed; "" where it did not."""
    came = (
        (case.disputed, gettext("disanggah")),
        (case.reopened, gettext("dibuka lagi")),
        (case.appealed, gettext("keberatan")),
    )
    return ", ".join(str(words) for times, words in came if times)


def role(name: str) -> str:
    """Name the role in which something was done."""
    others = {"reporter": gettext("Pelapor"), "reader": gettext("Pengikut")}
    others |= {"supporters": gettext("Pendukung"), "system": gettext("Sistem"), "program": gettext("Program lain")}
    others |= {"account": gettext("Petugas"), "admin": gettext("Pengelola"), "visitor": gettext("Pengunjung")}
    known: dict[str, str] = {each: in_language(title) for each, title in ROLES.items()}
    return str(known.get(name) or others.get(name, name))


def act(name: str) -> str:
    """Say what was done."""
    known: dict[str, str] = {
        "submit": gettext("Laporan masuk"),
        "move": gettext("Status berubah"),
        "moderate": gettext("Dimoderasi"),
        "assign": gettext("Ditugaskan"),
        "note": gettext("Catatan petugas"),
        "answer": gettext("Keterangan petugas"),
        "change_category": gettext("Jenis diubah"),
        "change_visibility": gettext("Kerahasiaan diubah"),
        "split": gettext("Dipecah"),
        "dispute": gettext("Disanggah"),
        "judge": gettext("Dinilai"),
        "update": gettext("Kabar dari program lain"),
        "reword": gettext("Tulisan diperbaiki pelapor"),
        "anonymise": gettext("Data pelapor dihapus"),
        "leave": gettext("Pelapor keluar"),
        "decline": gettext("Dikembalikan dinas"),
        "reroute": gettext("Diserahkan ke dinas lain"),
        "follow": gettext("Warga lain ikut"),
        "confirm_follow": gettext("Warga lain ikut lewat e-mail"),
        "add_photo": gettext("Foto ditambahkan"),
        "moderate_photo": gettext("Foto dimoderasi"),
        "blacken_photo": gettext("Bagian foto dihitamkan"),
        "erase_words": gettext("Tulisan dihapus"),
        "correct_place": gettext("Letak diperbaiki pelapor"),
    }
    return known.get(name, name)


def visibilities() -> list[tuple[str, str]]:
    """Name who may see a complaint, from everybody to staff alone."""
    return [
        ("public", gettext("Semua orang")),
        ("anonymous", gettext("Semua orang, pelapor anonim")),
        ("secret", gettext("Hanya petugas (rahasia)")),
    ]


def overtaken(error: OvertakenError) -> str:
    """Say in one sentence who was faster, and that nothing of what was typed is lost."""
    done = ", ".join(f"{act(change.act)} ({role(change.role)})" for change in error.changes)
    return str(
        gettext(
            "Sementara itu laporan ini berubah: %(done)s. Status sekarang “%(state)s”. "
            "Tulisan Anda masih ada; baca perubahannya, lalu kirim lagi.",
            done=done or gettext("Status berubah"),
            state=in_language(BY_ID[error.state].label),
        )
    )


def fields() -> dict[str, str]:
    """Name the words that belong to an act."""
    return {
        "reason": gettext("Alasan"),
        "public_text": gettext("Untuk umum"),
        "exemption": gettext("Mengapa tanpa foto"),
        "note": gettext("Catatan"),
    }
