"""The end of letters: the link in each opens a page with a button; mail programs press it by themselves (RFC 8058).

The token alone allows it: no session, no cookie, no origin. Opening the page ends nothing, since programs that look
for harm open every link of a letter.
"""

from flask import abort, render_template, request
from flask_babel import gettext

from layers.complaints import stopping
from layers.complaints.stopping import Ended
from layers.works import following as works
from webapp.extensions import engine, reading, settings


def show(token: str) -> str:
    """Ask whether these letters should end."""
    with reading() as connection:
        data_dir = settings().data_dir
        found = stopping.about(connection, data_dir, token) or works.about(connection, data_dir, token) or _wrong()
    return render_template("alerts/end.html", ended=found, token=token)


def end(token: str) -> str:
    """End them at once, or all letters to this address where that was asked."""
    with engine().begin() as connection:
        asked = connection, settings().data_dir, token
        everything = "all" in request.form and (stopping.stop_all(*asked) or works.stop_all(*asked))
        if not (everything or stopping.stop(*asked) or works.stop(*asked)):
            _wrong()
    told = (
        gettext("Alamat e-mail Anda sudah kami hapus. Tidak ada lagi surat yang kami kirim ke sana.")
        if everything
        else gettext("Surat tentang ini tidak kami kirim lagi.")
    )
    return render_template("alerts/done.html", heading=gettext("Anda sudah berhenti"), told=told)


def _wrong() -> Ended:
    abort(404, gettext("Tautan ini tidak lengkap atau terlalu lama; salin seluruhnya dari surat kami yang terbaru."))
