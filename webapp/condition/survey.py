"""One survey: its class and by which rules, what was noted, its photos; whoever surveys adds photos or withdraws it."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers.records.actors import Actor
from layers.records.photos import PhotoRefusedError, develop
from layers.roads import acts, photos
from layers.roads.queries import survey_found
from layers.roads.refusals import FormError
from webapp import fields, uploads
from webapp.condition import words
from webapp.condition.road import about
from webapp.condition.road import found as road_found
from webapp.condition.surveying import beyond
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.security.access import current_actor


def show(number: int) -> Response:
    """Show a survey."""
    return page(number)


def page(number: int, problem: str = "", status: int = 200) -> Response:
    """Show a survey, with what was wrong in an act and the words that were typed."""
    with reading() as connection:
        survey = found(connection, number)
        pictures = photos.photos_of(connection, [number]).get(number, [])
        told = about(connection, road_found(connection, survey.road_id))
    told |= {"line": words.line(survey, pictures), "problem": problem, "most": photos.MOST}
    because = fields.said(request.form, "because")[: acts.LONGEST]
    return Response(render_template("condition/survey.html", **told, because=because), status)


def found(connection: Connection, number: int) -> Row[Any]:
    """Find a survey; answers 404 where there is none."""
    told = gettext("Survei ini tidak ada; cari lagi di halaman ruasnya.")
    return (survey_found(connection, number) if number < 2**63 else None) or abort(404, told)


def add_photo(number: int) -> ResponseReturnValue:
    """Keep a photo with a survey, made anew from its pixels."""
    _check(number)
    try:
        with uploads.photo() as file:
            made = develop(file)
    except uploads.NoPhotoError as none:
        return page(number, none.description or "", 422)
    except PhotoRefusedError as refused:
        return page(number, in_language(refused.words), 422)
    return do(number, lambda c, actor: photos.add_photo(c, settings().data_dir, actor, number, made), "foto")


def withdraw(number: int) -> ResponseReturnValue:
    """Let a survey count no more."""
    _check(number)
    because = fields.said(request.form, "because")
    return do(number, lambda c, actor: acts.withdraw_survey(c, actor, number, because), "tarik")


def do(number: int, act: Callable[[Connection, Actor], object], part: str) -> ResponseReturnValue:
    """Do something with a survey in one transaction; an act that is refused leaves nothing behind."""
    try:
        with engine().begin() as connection:
            act(connection, current_actor())
    except FormError as wrong:
        return page(number, in_language(wrong.text), 422)
    return redirect(f"/jalan/survei/{number}?done={part}#{part}", 303)


def _check(number: int) -> None:
    """Let on those alone whose role reaches the road, before a file is read from their line."""
    with reading() as connection:
        road = road_found(connection, found(connection, number).road_id)
    if not acts.may_survey(current_actor(), road["village_code"]):
        abort(403, beyond())
