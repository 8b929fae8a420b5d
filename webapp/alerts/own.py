"""What is kept of a reader, by the link of any letter to him: to see, to copy as a file, to correct."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import alert_letters, reader_data, stopping
from layers.complaints.letterhead import Letterhead
from layers.complaints.reader_data import ReaderData
from layers.records import identities
from layers.records.mail import is_address
from layers.works import following as works
from webapp import agreement
from webapp.extensions import engine, settings
from webapp.language import language
from webapp.media import JSON

LANGUAGES = ("id", "en")


def show(token: str) -> Response:
    """Show all that is kept of the reader to whom a letter with this token went."""
    return _page(token)


def copy(token: str) -> Response:
    """Hand the same out as a file that programs can read too."""
    with engine().begin() as connection:  # a look at the address stands in the trail
        kept = _found(connection, token)
        told = asdict(kept) | {"works": [asdict(one) for one in works.followed_by(connection, kept.reader)]}
    del told["reader"]
    body = json.dumps(told, ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
    response = Response(body, mimetype=JSON)
    response.headers["Content-Disposition"] = 'attachment; filename="kabar.json"'
    return response


def correct(token: str) -> Response:
    """Write in another language, and ask the owner of another address whether letters should come there."""
    spoken, email = request.form.get("language", ""), agreement.typed()
    if not is_address(email) or spoken not in LANGUAGES:
        told = gettext("Tulis satu alamat e-mail lengkap, misalnya nama@contoh.id.")
        return _page(token, told, {"email": email, "language": spoken}, 422)
    with engine().begin() as connection:
        kept = _found(connection, token)
        if spoken != kept.agreement.language:
            identities.speak(connection, kept.reader, spoken)
        moves = identities.plain_email(email) != identities.plain_email(kept.email)
        if moves:
            reader_data.ask_to_move(connection, settings().data_dir, kept.reader, email)
    return redirect(f"{request.path}?{'surat' if moves else 'simpan'}=1", 303)  # type: ignore[return-value]


def _page(token: str, problem: str = "", typed: dict[str, str] | None = None, status: int = 200) -> Response:
    data_dir, today = settings().data_dir, datetime.now(UTC).date()
    head = Letterhead("", data_dir, language(), today)
    with engine().begin() as connection:
        kept = _found(connection, token)
        lists: dict[str, Any] = {
            "places": [
                (one, alert_letters.place(connection, head, one.id), _ending(stopping.ABOUT_ALERT, one.id, kept))
                for one in kept.alerts
            ],
            "cases": [(one, _ending(stopping.ABOUT_COMPLAINT, one.id, kept)) for one in kept.cases],
            "works": [
                (one, works.token(data_dir, one.id, kept.reader, today))
                for one in works.followed_by(connection, kept.reader)
            ],
        }
    shown = typed or {"email": kept.email, "language": kept.agreement.language}
    told = {"kept": kept, "typed": shown, "problem": problem, "token": token, **lists}
    return Response(render_template("alerts/own.html", **told), status)


def _ending(about: str, number: int, kept: ReaderData) -> str:
    """Write the token that ends the letters about one thing."""
    return stopping.token(settings().data_dir, about, number, kept.reader, datetime.now(UTC).date())


def _found(connection: Connection, token: str) -> ReaderData:
    data_dir = settings().data_dir
    reader = stopping.reader_of(data_dir, token) or works.reader_of(data_dir, token)
    kept = reader_data.reader_data(connection, data_dir, reader) if reader else None
    return kept or abort(404, gettext("Tautan ini tidak lengkap atau terlalu lama, atau alamat Anda sudah kami hapus."))
