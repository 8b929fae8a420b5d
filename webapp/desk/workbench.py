"""The workbench of one case: all that staff may see of it, and what may be done next."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from layers.areas.naming import named
from layers.complaints import acts, desks, files, likely, photos, surveys
from layers.complaints.assigning import colleagues
from layers.complaints.categories import CATEGORIES, KINDS, TITLES
from layers.complaints.clocks import clocks as all_clocks
from layers.complaints.duplicates import Place
from layers.complaints.following import support
from layers.complaints.guards import proofs
from layers.complaints.likely import Likely
from layers.complaints.next_moves import next_moves
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.complaints.rules import rules
from layers.complaints.table import POINT, VISIBILITIES
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.agencies import agencies
from layers.records.identities import Contact
from webapp import arguments, clocks, subjects
from webapp.desk import asking, moves, words
from webapp.desk.rights import rights
from webapp.extensions import engine, reading, settings
from webapp.language import in_language
from webapp.security.access import current_actor
from webapp.sheet import Pin, around, sheet

Act = Callable[[Connection, Actor, Row[Any], int | None], object]
BROUGHT = ("reason", "public_text", "after_photo", "exemption", "target", "work")
MOST = 5_000  # letters
PARTS = 3  # into which a case is split at once


def show(number: str) -> ResponseReturnValue:
    """Show a case to somebody whose roles reach it; for others it is not there."""
    return page(number)


def page(
    number: str, problem: str = "", typed: Mapping[str, str] | None = None, status: int = 200, **more: object
) -> Response:
    """Show a case with what was wrong in an act and the words that were typed into it."""
    actor, queue, now = current_actor(), asking.queue(request.args), datetime.now(UTC)
    with reading() as connection:
        case = found(connection, actor, number)
        told = about(connection, actor, case, now)
        for name, backwards in (("before", True), ("after", False)):
            near = desks.waiting(connection, actor, queue, beside=case.id, backwards=backwards, most=1, now=now)
            told[name] = near[0].number if near else None
    told |= {"problem": problem, "typed": typed or {}, "asked": asking.written(queue), "done": "done" in request.args}
    told["joined"] = request.args.get("ikut")
    return Response(render_template("desk/case.html", **{**told, **more}), status)


def found(connection: Connection, actor: Actor, number: str) -> Row[Any]:
    """Find a case by its number; answers 404 where the roles do not reach it."""
    told = gettext("Laporan dengan nomor ini tidak ada, atau di luar wewenang Anda; periksa nomornya.")
    return desks.case(connection, actor, number) or abort(404, told)


def about(connection: Connection, actor: Actor, case: Row[Any], now: datetime) -> dict[str, Any]:
    """Gather what the workbench shows of a case."""
    titles = {agency.id: agency.name for agency in agencies(connection)}
    look = next((choice for choice in CATEGORIES if choice.id == case.category), CATEGORIES[-1])
    kind = in_language(TITLES.get(case.kind or case.category, Text(case.category, case.category)))
    view = arguments.view(request.args, around([(case.lon, case.lat)]))
    taken, able = photos.photos(connection, case.id), next_moves(connection, actor, case, now)
    held = rules(connection)
    ready, fresh = files.templates(connection, [case.agency]), proofs(connection, case)
    return {
        "case": case,
        "support": support(connection, case.id),
        "judgements": surveys.judgements(connection, case.id),
        "solved": surveys.SOLVED,
        "state": BY_ID[case.state],
        "kind": kind,
        "village": named(connection, [case.village_code]).get(case.village_code or ""),
        "exact": case.precision == POINT,
        "about": subjects.subject(connection, case.asset_layer, case.asset_id) if case.asset_layer else None,
        "agencies": list(titles.items()),
        "agency": titles.get(case.agency, case.agency),
        "deadline": words.deadline(case, held.days, now),
        "step": clocks.step(case.state, case.agency, case.act_by, held.days, now),
        "clocks": clocks.told(all_clocks(connection, case.id)),
        "moves": able,
        "named": {move.target.id: moves.move(case.state, move.target.id) for move in able},
        "finishing": any("after_photo" in move.fields and not move.blocked for move in able),
        "rights": rights(actor, case, held),
        "photos": taken,
        "results": [(each.name, f"#{at}") for at, each in enumerate(taken, 1) if each.name in fresh],
        "history": files.history(connection, case.number),
        "texts": {move.target.id: [each for each in ready if each.fits(move.target.id)] for move in able},
        "colleagues": [(one.actor.name, one.name) for one in colleagues(connection, case)],
        "kinds": kinds(),
        "similar": similar(connection, actor, case),
        "parts": PARTS,
        "sheet": sheet(connection, view, [Pin(case.lon, case.lat, kind, "", look.icon, look.colour)]),
        "names": words,
        "stricter": words.visibilities()[VISIBILITIES.index(case.visibility) + 1 :],
    }


def kinds() -> list[tuple[str, str]]:
    """Name the kinds that a case may be of, and below those of each category what else belongs to it."""
    offered = []
    for category in CATEGORIES:
        offered += [(kind.id, in_language(kind.title)) for kind in KINDS if kind.category == category.id]
        offered.append((category.id, f"{in_language(category.title)}: {gettext('Lainnya')}"))
    return offered


def similar(connection: Connection, actor: Actor, case: Row[Any]) -> list[Likely]:
    """List what may be the same as a case: near its point, or in its village where only that is known."""
    if case.precision == POINT:
        return likely.near(connection, actor, Place(case.lon, case.lat, case.category, case.reported_at), case.id)
    village = case.village_code
    return likely.in_village(connection, actor, village, case.category, case.id) if village else []


def move(number: str, target: str) -> ResponseReturnValue:
    """Move a case as its form says; inserts a text that is often sent where that was asked for."""
    if "insert" in request.form:
        return insert(number, target)
    brought: dict[str, Any] = {name: text for name in BROUGHT if (text := written(name))}
    if written("planned_on"):
        try:
            brought["planned_on"] = date.fromisoformat(written("planned_on"))
        except ValueError:
            told = gettext("Tanggal ditulis sebagai tahun-bulan-hari, misalnya 2026-12-09.")
            return page(number, told, typed(target), 422)
    return do(
        number, target, lambda c, actor, case, seen: acts.move(c, actor, case.id, target, seen_version=seen, **brought)
    )


def insert(number: str, form: str) -> ResponseReturnValue:
    """Put a text that staff often send behind what was typed, for its writer to look at before it is sent."""
    with reading() as connection:
        case = found(connection, current_actor(), number)
        ready = files.templates(connection, [case.agency])
        bodies = {each.id: each.body for each in ready if each.fits(form)}
    field = "public_text" if "public_text" in request.form else "reason"
    text = "\n".join(filter(None, (written(field), bodies.get(written("template"), ""))))
    return page(number, "", typed(form) | {field: text})


def say(number: str, act: str) -> ResponseReturnValue:
    """Leave a note, answer everyone, give the case to somebody, or say that it is of another kind."""
    text = written("text")
    doing: dict[str, Act] = {
        "catatan": lambda c, actor, case, seen: acts.note(c, actor, case.id, text, seen_version=seen),
        "jawaban": lambda c, actor, case, seen: acts.answer(c, actor, case.id, text, seen_version=seen),
        "petugas": lambda c, actor, case, seen: acts.assign(c, actor, case.id, text or None, seen_version=seen),
        "jenis": lambda c, actor, case, seen: acts.change_category(c, actor, case.id, text, seen_version=seen),
    }
    if act not in doing:
        abort(404)
    if act in ("catatan", "jawaban") and not text:
        return page(number, gettext("Tulis isinya dahulu."), typed(act), 422)
    return do(number, act, doing[act])


def do(number: str, form: str, act: Act, part: str = "") -> ResponseReturnValue:
    """Do something with a case and show it again, or a part of it; says in words why not, and keeps what was typed."""
    seen = seen_version()
    try:
        with engine().begin() as connection:
            actor = current_actor()
            act(connection, actor, found(connection, actor, number), seen)
            kept = desks.case(connection, actor, number) is not None
    except ActRefusedError as refused:
        return page(number, in_language(refused.text), typed(form), 422)
    except OvertakenError as error:
        return page(number, words.overtaken(error), typed(form), 409)
    queue = asking.queue(request.args)
    return redirect(f"{asking.DESK}/{number}{asking.written(queue, done=1)}{part}" if kept else asking.DESK, 303)


def seen_version() -> int:
    """Read which version of the case the form was filled in for; 0, which is never one, where it does not say."""
    version = request.form.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def show_contact(number: str) -> ResponseReturnValue:
    """Show who reported, on request; the look stands in the trail."""
    try:
        with engine().begin() as connection:
            actor = current_actor()
            known = files.contact(connection, settings().data_dir, actor, found(connection, actor, number))
    except ActRefusedError as refused:
        return page(number, in_language(refused.text), status=403)
    return page(number, contact=known or Contact(), asked_contact=True)


def typed(form: str) -> dict[str, str]:
    """Give back what was typed, and into which form."""
    return {"form": form, **{name: text[:MOST] for name, text in request.form.items()}}


def written(name: str) -> str:
    """Read one field of a form, without the blanks around it."""
    return request.form.get(name, "").strip()
