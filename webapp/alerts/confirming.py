"""The owner of an address says yes: the page asks, the button does it, so that programs that open links do not."""

from flask import Response, redirect, render_template
from flask_babel import gettext

from layers.complaints.invitations import TO_FOLLOW, accept, pending
from webapp.extensions import engine, reading


def show(token: str) -> Response:
    """Ask whether it is meant; a link that is over or was used is told as such."""
    with reading() as connection:
        purpose = pending(connection, token)
    if purpose is None:
        return _over()
    return Response(render_template("alerts/confirm.html", follows=purpose == TO_FOLLOW))


def confirm(token: str) -> Response:
    """Do what the link confirms."""
    with engine().begin() as connection:
        accepted = accept(connection, token)
    if accepted is None:
        return _over()
    if accepted.number:
        return redirect(f"/laporan/{accepted.number}?ikut=terkonfirmasi", 303)  # type: ignore[return-value]
    told = gettext(
        "Anda akan menerima surat bila ada laporan baru atau yang selesai di sana, paling banyak sekali sehari."
    )
    return Response(render_template("alerts/done.html", heading=gettext("Permintaan Anda sudah dipastikan"), told=told))


def _over() -> Response:
    told = gettext("Mungkin sudah pernah dipakai, atau lewat tiga hari. Jika belum berhasil, minta lagi dari awal.")
    page = render_template("alerts/done.html", heading=gettext("Tautan ini tidak berlaku lagi"), told=told)
    return Response(page, 410)
