"""What letters say that ask whether somebody meant it; who did not need do nothing."""

from typing import Any

from sqlalchemy import Connection, Row

from layers.complaints import alert_letters
from layers.complaints.invitations import TO_ALERT, TO_FOLLOW, TO_MOVE, TO_OPEN
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.stopping import ABOUT_ALERT, ABOUT_COMPLAINT
from layers.layer import Text
from layers.records import links
from layers.records.mail import Letter

ASKS = (TO_ALERT, TO_FOLLOW, TO_OPEN, TO_MOVE)
NOT_MINE = Text(
    "Jika bukan Anda yang memintanya, abaikan surat ini: tidak ada lagi yang dikirim. Surat ini tidak perlu dibalas.",
    "If it was not you who asked, ignore this letter: nothing more will be sent. There is no need to answer it.",
)
THREE_DAYS = Text("Tautan ini berlaku tiga hari.", "This link works for three days.")
ONE_HOUR = Text(
    "Tautan ini berlaku satu jam dan hanya dapat dipakai sekali.", "This link works for an hour, and only once."
)
SUBJECTS = {
    TO_ALERT: Text("Pastikan permintaan kabar Anda", "Confirm that you want this news"),
    TO_FOLLOW: Text("Pastikan bahwa Anda mengikuti laporan {number}", "Confirm that you follow complaint {number}"),
    TO_OPEN: Text("Tautan untuk laporan {number}", "Link to complaint {number}"),
    TO_MOVE: Text("Pastikan alamat e-mail baru Anda", "Confirm your new e-mail address"),
}
ASKED = {
    TO_ALERT: Text(
        "Seseorang meminta kabar laporan warga untuk alamat e-mail ini: {place}.",
        "Somebody asked for news about complaints for this e-mail address: {place}.",
    ),
    TO_FOLLOW: Text(
        "Seseorang ingin mengikuti laporan {number} dengan alamat e-mail ini.",
        "Somebody wants to follow complaint {number} with this e-mail address.",
    ),
    TO_OPEN: Text(
        "Seseorang meminta tautan untuk membuka laporan {number} sebagai pelapornya.",
        "Somebody asked for a link that opens complaint {number} as its reporter.",
    ),
    TO_MOVE: Text(
        "Seseorang meminta agar semua surat kami kepadanya dikirim ke alamat e-mail ini.",
        "Somebody asked that all our letters to him come to this e-mail address.",
    ),
}
TODO = {
    TO_ALERT: Text("Untuk mulai menerimanya, buka\n{address}", "To start receiving it, open\n{address}"),
    TO_FOLLOW: Text("Untuk ikut dihitung dan dikabari, buka\n{address}", "To be counted and told, open\n{address}"),
    TO_OPEN: Text("Untuk membukanya, buka\n{address}", "To open it, go to\n{address}"),
    TO_MOVE: Text("Agar demikian, buka\n{address}", "To have it so, open\n{address}"),
}


def write(connection: Connection, head: Letterhead, message: Row[Any]) -> Letter | None:
    """Word such a letter; None where its link is over, or what it is about is gone."""
    kind, seed, number = message.kind, message.data["seed"], message.subject
    if not links.waits(connection, head.data_dir, seed):
        return None
    place = alert_letters.place(connection, head, message.data["alert"]) if kind == TO_ALERT else ""
    address = head.open_report(seed) if kind == TO_OPEN else head.confirm(seed)
    asked = head.says(ASKED[kind]).format(place=place, number=number)
    lasting = ONE_HOUR if kind == TO_OPEN else THREE_DAYS
    words = [asked, head.says(TODO[kind]).format(address=address), head.says(lasting), head.says(NOT_MINE)]
    return Letter(head.says(SUBJECTS[kind]).format(number=number), paragraphs(words), _headers(head, message))


def _headers(head: Letterhead, message: Row[Any]) -> dict[str, str]:
    """Offer an end to what somebody else may have asked for; what begins no letters needs none."""
    if message.kind in (TO_OPEN, TO_MOVE):
        return {}
    about = ABOUT_ALERT if message.kind == TO_ALERT else ABOUT_COMPLAINT
    number = message.data["alert" if message.kind == TO_ALERT else "complaint"]
    return dict(head.stop(about, number, message.recipient)[1])
