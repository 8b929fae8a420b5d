"""The end of letters: the link in each opens a page with a button; mail programs press it by themselves (RFC 8058).

The token alone allows it: no session, no cookie, no origin. Opening the page ends nothing, since programs that look
for harm open every link of a letter.
"""

from flask import abort, render_template, request
from flask_babel import gettext

from layers.complaints.stopping import ABOUT_ALERT, Ended, about, stop, stop_all
from webapp.extensions import engine, reading, settings


def show(token: str) -> str:
    """Ask whether these letters should end."""
    with reading() as connection:
        found = about(connection, settings().data_dir, token) or _wrong()
    return render_template("alerts/end.html", alert=found.kind == ABOUT_ALERT, number=found.number, reader=found.reader)


def end(token: str) -> str:
    """End them at once, or all letters to this address where that was asked."""
    with engine().begin() as connection:
        everything = "all" in request.form and stop_all(connection, settings().data_dir, token)
        if not everything and not stop(connection, settings().data_dir, token):
            _wrong()
    told = (
        gettext("Alamat e-mail Anda sudah kami hapus. Tidak ada lagi surat yang kami kirim ke sana.")
        if everything
        else gettext("Surat tentang ini tidak kami kirim lagi.")
    )
    return render_template("alerts/done.html", heading=gettext("Anda sudah berhenti"), told=told)


def _wrong() -> Ended:
    abort(404, gettext("Tautan ini tidak lengkap atau terlalu lama; salin seluruhnya dari surat kami yang terbaru."))
