"""Where an agency keeps one work: its next steps, roads, complaints, progress, changes, photos and documents."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor
from layers.records.photos import PhotoRefusedError, develop
from layers.works import acts, documents, finishing, photos, queries
from layers.works.finishing import Outcome
from layers.works.guards import Brought
from layers.works.scope import Stretch
from layers.works.stages import AFTERWARDS, OVER, PLANNER, RUNNING, steps_from
from layers.works.vocabulary import CONDITIONS, DOCUMENTS, FUNDS
from webapp import fields, uploads
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.security.access import current_actor
from webapp.works.detail import about, found
from webapp.works.lists import HERE, today_of

MOST = 5_000  # letters that are shown again
MONEY = ("budget", "contract_value")
DAYS = ("contract_on", "planned_end", "started_on", "finished_on")
TEXTS = tuple(name for name in Brought.__dataclass_fields__ if name not in (*MONEY, *DAYS))

Form = Mapping[str, str]
Act = Callable[[Connection, Actor, int, int | None, Form], object]


def show(work_id: int) -> ResponseReturnValue:
    """Show a work to somebody whose roles reach it."""
    return page(work_id)


def page(work_id: int, problem: str = "", form: str = "", status: int = 200, **more: object) -> Response:
    """Show a work with what was wrong in an act and the words that were typed into its form."""
    actor = current_actor()
    with reading() as connection:
        work = found(connection, work_id)
        if not reaches(actor, work):
            abort(403, gettext("Pekerjaan ini diurus dinas atau wilayah lain."))
        told = about(connection, work, actor)
        told |= {
            "unseen": queries.count_complaints(connection, work.id) - len(told["complaints"]),
            "declares": bool(finishing.undeclared(connection, work, None)),  # by whatever day it may be told to end
            "left": finishing.left_over(connection, work) if work.stage in OVER else None,
            "afterwards": AFTERWARDS,
            "steps": [s for s in steps_from(work.stage) if any(_may(actor, work, role) for role in s.roles)],
            "keeper": _may(actor, work, "coordinator"),
            "running": work.stage in RUNNING,
            "today": today_of(connection),
            "funds": [(each.id, in_language(each.title)) for each in FUNDS],
            "conditions": [(each.id, in_language(each.title)) for each in CONDITIONS],
            "kinds_of_document": [(each.id, in_language(each.title)) for each in DOCUMENTS],
        }
    typed = {name: text[:MOST] for name, text in request.form.items()} if problem else {}
    told |= {"problem": problem, "form": form, "typed": typed, "done": "done" in request.args}
    return Response(render_template("works/keep.html", **{**told, **more}), status)


def reaches(actor: Actor, work: Any) -> bool:
    """Say whether somebody may keep a work in any of his roles."""
    return any(_may(actor, work, role) for role in PLANNER)


def act(work_id: int, act: str) -> ResponseReturnValue:
    """Do one of the acts, and show the work again; says in words why not."""
    if act not in ACTS:
        abort(404)
    return do(work_id, act, lambda c, actor, seen: ACTS[act](c, actor, work_id, seen, request.form))


def add_photo(work_id: int) -> ResponseReturnValue:
    """Keep a photo with the work, made anew from its pixels."""
    try:
        with uploads.photo() as file:
            made = develop(file)
    except uploads.NoPhotoError as none:
        return page(work_id, none.description or "", "foto", 422)
    except PhotoRefusedError as refused:
        return page(work_id, in_language(refused.words), "foto", 422)
    data_dir = settings().data_dir
    return do(
        work_id, "foto", lambda c, actor, seen: photos.add_photo(c, data_dir, actor, work_id, made, seen_version=seen)
    )


def add_document(work_id: int) -> ResponseReturnValue:
    """Keep a document with the work: the address of one, or a PDF, which has come before the transaction begins."""
    pdf = b""
    try:
        with uploads.photo("document") as file:
            pdf = documents.read_pdf(file)
    except uploads.NoPhotoError as none:
        if not fields.said(request.form, "url"):
            return page(work_id, none.description or "", "dokumen", 422)
    except ActRefusedError as refused:
        return page(work_id, in_language(refused.text), "dokumen", 422)
    return do(work_id, "dokumen", lambda c, actor, seen: _document(c, actor, work_id, seen, request.form, pdf))


def do(work_id: int, form: str, doing: Callable[[Connection, Actor, int], object]) -> ResponseReturnValue:
    """Do something with a work in one transaction; an act that is refused leaves nothing behind."""
    try:
        with engine().begin() as connection:
            found(connection, work_id)
            done = doing(connection, current_actor(), fields.whole(request.form, "version"))
    except ActRefusedError as refused:
        overtaken = refused.reason == "overtaken"
        status = 403 if refused.reason == "role" else 409 if overtaken else 422
        if status == 403:
            abort(403, in_language(refused.text))
        return page(work_id, in_language(refused.text), form, status)
    if isinstance(done, acts.Moved) and done.outcome is not None:
        return page(work_id, outcome=_told(done.outcome))
    return redirect(f"{HERE}/{work_id}/kelola?done=1#{form}", 303)


def _may(actor: Actor, work: Any, role: str) -> bool:
    return actor.may(role, work.agency, work.village_code)


def _told(outcome: Outcome) -> dict[str, Any]:
    left = [(number, in_language(text)) for number, text in outcome.left]
    return {"roads": len(outcome.roads), "checked": outcome.checked, "left": left}


def _move(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form) -> object:
    return acts.move(connection, actor, work, fields.said(form, "to"), seen_version=seen, **_brought(form))


def _conclude(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form) -> object:
    return acts.conclude(connection, actor, work, seen_version=seen, **_brought(form))


def _brought(form: Form) -> dict[str, Any]:
    brought: dict[str, Any] = {name: fields.said(form, name) or None for name in TEXTS}
    brought |= {name: fields.rupiah(form, name) for name in MONEY}
    return brought | {name: fields.day(form, name) for name in DAYS}


def _progress(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form) -> object:
    told = {"day": fields.day(form, "day") or today_of(connection), "percent": fields.number(form, "percent") or 0.0}
    more = {"spent": fields.rupiah(form, "spent"), "note": fields.said(form, "note")}
    return acts.report_progress(connection, actor, work, seen_version=seen, **told, **more)  # type: ignore[arg-type]


def _change(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form) -> object:
    return acts.change_terms(
        connection,
        actor,
        work,
        seen_version=seen,
        changed_on=fields.day(form, "changed_on") or today_of(connection),
        value=fields.rupiah(form, "value"),
        end=fields.day(form, "end"),
        reason=fields.said(form, "reason"),
    )


def _link_road(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form) -> object:
    road, end = fields.whole(form, "road"), fields.number(form, "to_m")
    stretch = Stretch(road, fields.number(form, "from_m") or 0.0, end)
    return acts.link_road(connection, actor, work, stretch, seen_version=seen)


def _document(connection: Connection, actor: Actor, work: int, seen: int | None, form: Form, pdf: bytes) -> object:
    kind, title, what = fields.said(form, "kind"), fields.said(form, "title"), fields.said(form, "url") or pdf
    return documents.add_document(connection, settings().data_dir, actor, work, kind, title, what, seen_version=seen)


ACTS: Mapping[str, Act] = {
    "tahap": _move,
    "tindak-lanjut": _conclude,
    "kemajuan": _progress,
    "perubahan": _change,
    "ruas": _link_road,
    "lepas-ruas": lambda c, a, w, s, f: acts.unlink_road(c, a, w, fields.whole(f, "link"), seen_version=s),
    "laporan": lambda c, a, w, s, f: acts.link_complaint(c, a, w, fields.said(f, "number"), seen_version=s),
    "lepas-laporan": lambda c, a, w, s, f: acts.unlink_complaint(c, a, w, fields.said(f, "number"), seen_version=s),
}
