"""The owner of an address says yes: the page asks, the button does it, so that programs that open links do not."""

from flask import Response, redirect, render_template
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import reader_data, stopping
from layers.complaints.invitations import TO_ALERT, TO_FOLLOW, TO_MOVE, Accepted, accept, pending
from layers.works import following as works
from webapp.extensions import engine, reading

FOLLOWED = {TO_FOLLOW: "complaint", TO_ALERT: "place", TO_MOVE: "move"}  # what a link would have somebody hear of


def show(token: str) -> Response:
    """Ask whether it is meant; a link that is over or was used is told as such."""
    with reading() as connection:
        asked = FOLLOWED.get(pending(connection, token) or "") or ("work" if works.pending(connection, token) else "")
    return Response(render_template("alerts/confirm.html", asked=asked)) if asked else _over()


def confirm(token: str) -> Response:
    """Do what the link confirms."""
    with engine().begin() as connection:
        accepted = accept(connection, token)
        work = None if accepted else works.accept(connection, token)
        if accepted and accepted.moves:
            _move(connection, accepted)
    if work is not None:
        return redirect(f"/pekerjaan/{work}?ikut=terkonfirmasi", 303)  # type: ignore[return-value]
    if accepted is None:
        return _over()
    if accepted.number:
        return redirect(f"/laporan/{accepted.number}?ikut=terkonfirmasi", 303)  # type: ignore[return-value]
    if accepted.moves:
        told = gettext("Semua surat kami sekarang dikirim ke alamat ini. Alamat yang lama sudah kami hapus.")
        return Response(render_template("alerts/done.html", heading=gettext("Alamat Anda sudah diganti"), told=told))
    told = gettext(
        "Anda akan menerima surat bila ada laporan baru atau yang selesai di sana, paling banyak sekali sehari."
    )
    return Response(render_template("alerts/done.html", heading=gettext("Permintaan Anda sudah dipastikan"), told=told))


def _move(connection: Connection, accepted: Accepted) -> None:
    """Let all letters come to another address, and forget the one to which they came."""
    for hand_over in (reader_data.hand_over, works.hand_over):
        hand_over(connection, accepted.moves, accepted.to)
    stopping.forget_reader(connection, accepted.moves)


def _over() -> Response:
    told = gettext("Mungkin sudah pernah dipakai, atau lewat tiga hari. Jika belum berhasil, minta lagi dari awal.")
    page = render_template("alerts/done.html", heading=gettext("Tautan ini tidak berlaku lagi"), told=told)
    return Response(page, 410)
