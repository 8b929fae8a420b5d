"""Moderation: what the public reads and sees of a case, in a moderator's words, with faces and plates blacked out."""

from math import isfinite
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers.complaints import acts, photos
from layers.complaints.holding import role_of
from layers.complaints.photos import KeptPhoto, Moderation, TooManyPhotosError
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.complaints.workflow import VERIFIER
from layers.records.actors import Actor
from layers.records.photo_files import discard
from layers.records.photos import Area, PhotoRefusedError, develop
from webapp import uploads
from webapp.desk import asking
from webapp.desk import words as names
from webapp.desk.workbench import do as do_act
from webapp.desk.workbench import found, page, seen_version, typed, written
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.security.access import current_actor

SIDES = ("left", "top", "right", "bottom")
BOXES = 5  # as many areas at once
PHOTOS = "#foto"  # where the photos of a case stand on its page
STEPS = "#langkah"  # where its next steps do


def words(number: str) -> ResponseReturnValue:
    """Let a title and a story pass, or hide the case."""
    to = "hidden" if written("act") == "hide" else "approved"
    title, story = written("title"), written("story")
    if to == "approved" and not title:
        return page(number, gettext("Tulis judul untuk umum."), typed("moderasi"), 422)
    return do_act(
        number,
        "moderasi",
        lambda c, actor, case, seen: acts.moderate(
            c, actor, case.id, to, seen_version=seen, title=title, story=story or None
        ),
    )


def photo(number: str, photo_id: int) -> ResponseReturnValue:
    """Show a photo to the public, or hide it."""
    to: Moderation = "hidden" if written("act") == "hide" else "approved"

    def act(connection: Connection, actor: Actor, case: Row[Any], seen: int | None) -> object:
        kept = of_case(connection, case, photo_id)
        return acts.moderate_photo(connection, actor, kept.id, to, seen_version=seen)

    return do_act(number, "foto", act, PHOTOS)


def show_black(number: str, photo_id: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Ask which areas of a photo are to be blacked out."""
    with reading() as connection:
        actor = current_actor()
        case = found(connection, actor, number)
        kept = of_case(connection, case, photo_id)
        try:
            role_of(actor, case, VERIFIER)
        except ActRefusedError as refused:
            abort(403, in_language(refused.text))
    told = {"photo": kept, "number": number, "version": case.version, "sides": SIDES, "boxes": BOXES}
    asked = asking.written(asking.queue(request.args))
    return render_template("desk/black.html", asked=asked, form=request.form, problem=problem, **told), status


def blacken(number: str, photo_id: int) -> ResponseReturnValue:
    """Black out areas of a photo; the file that showed them is gone afterwards."""
    try:
        black = areas()
    except ValueError:
        told = gettext("Isi keempat sisi tiap kotak dengan angka 0 sampai 100; kiri lebih kecil daripada kanan.")
        return show_black(number, photo_id, told, 422)
    try:
        with engine().begin() as connection:
            actor = current_actor()
            kept = of_case(connection, found(connection, actor, number), photo_id)
            data_dir, seen = settings().data_dir, seen_version()
            old = acts.blacken_photo(connection, data_dir, actor, kept.id, black, seen_version=seen)
    except PhotoRefusedError as refused:
        return show_black(number, photo_id, in_language(refused.words), 503)
    except ActRefusedError as refused:
        abort(403, in_language(refused.text))
    except OvertakenError as error:
        return show_black(number, photo_id, names.overtaken(error), 409)
    discard(old)
    return back(number)


def areas() -> list[Area]:
    """Read the areas of the form, in parts of 1; raises ValueError where one is no area, or none is given."""
    found_areas: list[Area] = []
    for box in range(BOXES):
        told = [written(f"{side}{box}").replace(",", ".") for side in SIDES]
        if any(told):
            left, top, right, bottom = (float(side) / 100 for side in told)
            if not (isfinite(left + top + right + bottom) and 0 <= left < right <= 1 and 0 <= top < bottom <= 1):
                raise ValueError(told)
            found_areas.append((left, top, right, bottom))
    if not found_areas:
        raise ValueError("no area")
    return found_areas


def add_result(number: str) -> ResponseReturnValue:
    """Keep a photo of the result with the case, for whoever repairs it."""
    try:
        with uploads.photo() as file:
            made = develop(file)
        with engine().begin() as connection:
            actor = current_actor()
            case = found(connection, actor, number)
            acts.add_photo(connection, settings().data_dir, actor, case.id, made, "result")
    except uploads.NoPhotoError:
        return page(number, gettext("Pilih foto dahulu."), status=422)
    except PhotoRefusedError as refused:
        return page(number, in_language(refused.words), status=422)
    except ActRefusedError as refused:
        return page(number, in_language(refused.text), status=422)
    except TooManyPhotosError:
        return page(number, gettext("Laporan ini sudah punya 10 foto; itu batasnya."), status=409)
    return back(number, STEPS)


def of_case(connection: Connection, case: Row[Any], photo_id: int) -> KeptPhoto:
    """Find a photo of a case; answers 404 for one of another case."""
    kept = photos.photo(connection, photo_id)
    return kept if kept and kept.complaint_id == case.id else abort(404)


def back(number: str, part: str = PHOTOS) -> ResponseReturnValue:
    """Lead back to a part of the case's page."""
    return redirect(f"{asking.DESK}/{number}{asking.written(asking.queue(request.args))}{part}", 303)
