"""What letters say that ask whether somebody meant it; who did not need do nothing."""

from typing import Any

from sqlalchemy import Connection, Row

from layers.complaints import alert_letters
from layers.complaints.invitations import TO_ALERT, TO_FOLLOW, TO_OPEN
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.stopping import ABOUT_ALERT, ABOUT_COMPLAINT
from layers.records import links
from layers.records.mail import Letter

ASKS = (TO_ALERT, TO_FOLLOW, TO_OPEN)
NOT_MINE = (
    "Jika bukan Anda yang memintanya, abaikan surat ini: tidak ada lagi yang dikirim. Surat ini tidak perlu dibalas."
)
THREE_DAYS, ONE_HOUR = "Tautan ini berlaku tiga hari.", "Tautan ini berlaku satu jam dan hanya dapat dipakai sekali."


def write(connection: Connection, head: Letterhead, message: Row[Any]) -> Letter | None:
    """Word such a letter; None where its link is over, or what it is about is gone."""
    seed = message.data["seed"]
    if not links.waits(connection, head.data_dir, seed):
        return None
    if message.kind == TO_ALERT:
        place = alert_letters.place(connection, message.data["alert"])
        asked = f"Seseorang meminta kabar laporan warga untuk alamat e-mail ini: {place}."
        _, headers = head.stop(ABOUT_ALERT, message.data["alert"], message.recipient)
        confirm = f"Untuk mulai menerimanya, buka\n{head.confirm(seed)}"
        return Letter("Pastikan permintaan kabar Anda", _asking(asked, confirm), headers)
    if message.kind == TO_FOLLOW:
        asked = f"Seseorang ingin mengikuti laporan {message.subject} dengan alamat e-mail ini."
        confirm = f"Untuk ikut dihitung dan dikabari, buka\n{head.confirm(seed)}"
        _, headers = head.stop(ABOUT_COMPLAINT, message.data["complaint"], message.recipient)
        return Letter(f"Pastikan bahwa Anda mengikuti laporan {message.subject}", _asking(asked, confirm), headers)
    asked = f"Seseorang meminta tautan untuk membuka laporan {message.subject} sebagai pelapornya."
    words = [asked, f"Untuk membukanya, buka\n{head.open_report(seed)}", ONE_HOUR, NOT_MINE]
    return Letter(f"Tautan untuk laporan {message.subject}", paragraphs(words))


def _asking(asked: str, confirm: str) -> str:
    return paragraphs([asked, confirm, THREE_DAYS, NOT_MINE])
