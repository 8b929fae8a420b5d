"""What is kept of a reporter: to see, to copy, to correct, and to erase, which is asked once more."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import stopping
from layers.complaints.acts import anonymise, leave, reword
from layers.complaints.categories import TITLES
from layers.complaints.company import others
from layers.complaints.own_data import OwnData, own_data
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.complaints.reporters import origin, others_of_it
from layers.layer import Text
from layers.records import identities
from layers.records.identities import Contact
from layers.records.photo_files import discard
from webapp.complaints import passes
from webapp.complaints.own import ADDRESS, MOST, reporter, seen_version, subject, to_code
from webapp.complaints.reporter import consent
from webapp.contacts import FIELDS, wrong
from webapp.extensions import engine, reading, settings
from webapp.language import in_language, language

HERE = f"{ADDRESS}/data"
ERASING = f"{ADDRESS}/hapus"


def show() -> Response:
    """Show all that is kept of the reporter whose code this browser has entered."""
    return to_code() if passes.holder() is None else _page()


def copy() -> Response:
    """Hand the same out as a file that programs can read too."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    with engine().begin() as connection:
        found = _found(connection, complaint_id)
    body = json.dumps(_plain(found), ensure_ascii=False, indent=2, default=_written)
    response = Response(body, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return response


def correct_contact() -> Response:
    """Correct the contact; without one, lead to where it is erased."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    contact = Contact(**{name: request.form.get(name, "").strip()[:most] for name, most in FIELDS.items()})
    if not contact:
        return redirect(ERASING, 303)  # type: ignore[return-value]
    problems = wrong(asdict(contact))
    if problems:
        return _page(" ".join(problems.values()), {"contact": asdict(contact)}, 422)
    with engine().begin() as connection:
        data_dir, actor, mine = (
            settings().data_dir,
            reporter(connection, complaint_id),
            subject(connection, complaint_id),
        )
        identities.keep(connection, data_dir, actor, mine, contact, consent(), language())
        stopping.resume(connection, complaint_id)
    return redirect(HERE, 303)  # type: ignore[return-value]


def correct_words() -> Response:
    """Correct what was written, until staff have checked it."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    typed = {name: request.form.get(name, "")[:most] for name, most in (("description", MOST), ("place_note", 500))}
    seen = seen_version() or 0
    try:
        with engine().begin() as connection:
            reword(connection, reporter(connection, complaint_id), complaint_id, **typed, seen_version=seen)
    except ActRefusedError as refused:
        return _page(in_language(refused.text), typed, 422)
    except OvertakenError:
        words = gettext("Laporan ini baru saja berubah. Periksa dahulu, lalu simpan lagi; tulisan Anda masih ada.")
        return _page(words, typed, 409)
    return redirect(HERE, 303)  # type: ignore[return-value]


def ask_to_erase() -> Response:
    """Say what would be erased, and ask whether that is meant."""
    complaint_id = passes.holder()
    return to_code() if complaint_id is None else _asked(complaint_id)


def _asked(complaint_id: int, problem: str = "", status: int = 200) -> Response:
    with reading() as connection:
        company = others(connection, complaint_id, reporter(connection, complaint_id).name)
        parts = len(others_of_it(connection, complaint_id))
    told = {"company": company, "parts": parts, "problem": problem}
    return Response(render_template("complaints/hapus.html", **told), status)


def erase() -> Response:
    """Erase the contact alone, or with the code, or everything that tells of the reporter; the case stays."""
    complaint_id = passes.holder()
    if complaint_id is None:
        return to_code()
    if request.form.get("what") == "leave":
        return _leave(complaint_id)
    if request.form.get("what") == "all":
        with engine().begin() as connection:
            actor, whole = reporter(connection, complaint_id), origin(connection, complaint_id)
            files = anonymise(connection, settings().data_dir, actor, whole, "request")
        discard(files)
        return passes.withdraw(Response(render_template("complaints/terhapus.html")))
    with engine().begin() as connection:
        identities.erase(connection, reporter(connection, complaint_id), subject(connection, complaint_id))
    return redirect(HERE, 303)  # type: ignore[return-value]


def _leave(complaint_id: int) -> Response:
    try:
        with engine().begin() as connection:
            leave(connection, reporter(connection, complaint_id), complaint_id, seen_version=None)
    except ActRefusedError as refused:
        return _asked(complaint_id, in_language(refused.text), 422)
    return passes.withdraw(Response(render_template("complaints/terhapus.html")))


def _page(problem: str = "", typed: dict[str, Any] | None = None, status: int = 200) -> Response:
    complaint_id = passes.holder()
    with engine().begin() as connection:  # a look at the contact stands in the trail
        found = _found(connection, complaint_id or 0)
    told = {"kept": found, "kind": _kind(found), "problem": problem, "consent_words": consent()}
    kept = {"contact": asdict(found.contact), "description": found.description, "place_note": found.place_note or ""}
    shown = {**kept, **(typed or {})}
    return Response(render_template("complaints/data.html", typed=shown, **told), status)


def _found(connection: Connection, complaint_id: int) -> OwnData:
    found = own_data(connection, settings().data_dir, reporter(connection, complaint_id), complaint_id)
    return found or abort(404, gettext("Laporan ini tidak ada lagi."))


def _kind(found: OwnData) -> str:
    return in_language(TITLES.get(found.category, Text(found.category, found.category)))


def _plain(found: OwnData) -> dict[str, Any]:
    """Leave out of the copy what only programs here need."""
    told = asdict(found) | {"state": in_language(found.state.label), "category": _kind(found)}
    told["photos"] = [
        {"address": f"{request.url_root}laporan/foto/{one.id}.jpg", "added_at": one.added_at} for one in found.photos
    ]
    del told["version"]
    return told


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
