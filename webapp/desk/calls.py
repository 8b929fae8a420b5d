"""Call-centre intake: an agent writes down what is said, sees what is known already, reads out number and code."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Response, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints import acts, desks, likely, queries
from layers.complaints.acts import Receipt
from layers.complaints.categories import CATEGORIES, CATEGORY_OF, KINDS
from layers.complaints.channels import CHANNELS
from layers.complaints.duplicates import Place
from layers.complaints.likely import Likely
from layers.complaints.refusals import ActRefusedError
from layers.complaints.submission import kept_before
from layers.records import drafts
from layers.records.codes import grouped
from layers.records.preferences import emergency_numbers
from webapp.desk import asking, words
from webapp.desk.call import Call, consent, read, read_place, sheet_of
from webapp.extensions import engine, reading, settings
from webapp.language import distance, in_language, moment
from webapp.security.access import current_actor, holders, open_to
from webapp.sheet import CHOICES_PX, looks
from webapp.spots import Spot, districts, spot_at

ADDRESS = f"{asking.DESK}/catat"
NOTING = timedelta(hours=1)  # for which a code can be read out again, so that a lost line does not lose it
AGENTS = holders("agent")
NOTHING: dict[str, str] = {}


@open_to(AGENTS)
def show() -> ResponseReturnValue:
    """Show the empty form of a call."""
    with reading() as connection:
        return page(connection, read(connection, {}))


@open_to(AGENTS)
def take() -> ResponseReturnValue:
    """Go on with a call as the button says: look elsewhere, join a known case, or keep a new one."""
    with engine().begin() as connection:
        call = read(connection, request.form)
        if "join" in request.form:
            return join(connection, call, request.form["join"])
        if "save" not in request.form:
            return page(connection, call)
        known = kept_before(connection, UUID(call.client_id))
        if known:
            return receipt_of(connection, call.client_id, known)
        problems = call.problems(connection)
        found = similar(connection, call.spot, call.kind)
        unseen = not problems and any(one.number not in call.seen for one in found if one.state.open)
        if problems or unseen:
            return page(connection, call, problems, unseen=unseen, status=422)
        return keep(connection, call)


@open_to(AGENTS)
def show_similar() -> ResponseReturnValue:
    """Tell a script what may be the same as what is being written down."""
    with reading() as connection:
        kind, spot = request.args.get("kind", ""), read_place(connection, request.args)
        found = similar(connection, spot, kind)
    return jsonify(similar=[{"number": one.number, "open": one.state.open, "words": worded(one)} for one in found])


@open_to(AGENTS)
def finish() -> ResponseReturnValue:
    """Forget a code that was read out, and begin with the next call."""
    with engine().begin() as connection:
        drafts.drop(connection, token(request.form.get("client_id", "")))
    return redirect(ADDRESS, 303)


def page(
    connection: Connection, call: Call, problems: dict[str, str] = NOTHING, *, unseen: bool = False, status: int = 200
) -> Response:
    """Show the form with what was typed so far, what is wrong with it, and what may be the same."""
    kinds = [(category, [kind for kind in KINDS if kind.category == category.id]) for category in CATEGORIES]
    spot = call.spot
    sheet = sheet_of(connection, request.form, spot)
    found = [(one, worded(one)) for one in similar(connection, spot, call.kind)]
    offered = {"channels": [(one.id, in_language(one.title)) for one in CHANNELS], "visibilities": words.visibilities()}
    shown = {"sheet": sheet, "widths": CHOICES_PX, "looks": looks(sheet.view), "similar": found}
    told = {"call": call, "typed": vars(call), "problems": problems, "unseen": unseen, "consent_words": consent()}
    known = {"numbers": emergency_numbers(connection), "kinds": kinds, "districts": districts(connection)}
    return Response(render_template("desk/call.html", **known, **offered, **shown, **told), status)


def similar(connection: Connection, spot: Spot | None, kind: str) -> list[Likely]:
    """List what may be the same: near a point, or in a village where only that is known."""
    if spot is None or spot.village is None or kind not in CATEGORY_OF:
        return []
    actor, category = current_actor(), CATEGORY_OF[kind]
    if not spot.exact:
        return likely.in_village(connection, actor, spot.village.code, category)
    return likely.near(connection, actor, Place(spot.lon, spot.lat, category, datetime.now(UTC)))


def worded(one: Likely) -> str:
    """Tell of an earlier report in one line."""
    far = distance(one.distance_m) if one.distance_m is not None else ""
    return " · ".join(filter(None, (one.name or "", far, moment(one.reported_at), in_language(one.state.label))))


def join(connection: Connection, call: Call, number: str) -> Response:
    """Let the caller follow a known case in one press."""
    actor = current_actor()
    case = desks.case(connection, actor, number) or abort(404)
    problems = {name: words for name, words in call.problems(connection).items() if name in ("channel", *call.contacts)}
    if problems:
        return page(connection, call, problems, status=422)
    try:
        told = (call.contact, call.channel, call.said)
        joined = acts.join_call(connection, settings().data_dir, actor, case.id, *told)
    except ActRefusedError as refused:
        return page(connection, call, {"kind": in_language(refused.text)}, status=422)
    return redirect(f"{asking.DESK}/{case.number}?ikut={joined}", 303)  # type: ignore[return-value]


def keep(connection: Connection, call: Call) -> Response:
    """Keep a new complaint and show its receipt."""
    data_dir, actor = settings().data_dir, current_actor()
    try:
        receipt, code = acts.take_call(connection, data_dir, actor, call.submission(), call.contact, consent())
    except ActRefusedError as refused:
        return page(connection, call, {"place": in_language(refused.text)}, status=422)
    if receipt.new:
        drafts.begin(connection, data_dir, {"code": code}, token(call.client_id), NOTING)
    return receipt_of(connection, call.client_id, receipt)


def receipt_of(connection: Connection, client_id: str, receipt: Receipt) -> Response:
    """Lay out number and code as they were kept, to be read out or printed; without the code, lead to the case."""
    code = (drafts.answers(connection, settings().data_dir, token(client_id)) or {}).get("code")
    kept = queries.own_case(connection, receipt.complaint_id, datetime.now(UTC))
    if code is None or kept is None:
        return redirect(f"{asking.DESK}/{receipt.number}", 303)  # type: ignore[return-value]
    case = kept.case
    place = spot_at(connection, case.lon, case.lat, exact=True).words
    told = {"number": case.number, "code": grouped(code), "kind": in_language(case.kind), "place": place}
    told |= {"address": f"{request.host_url}laporan/kode", "client_id": client_id}
    return Response(render_template("desk/receipt.html", at=case.reported_at, **told))


def token(client_id: str) -> str:
    """Name the draft that holds the code of a call."""
    try:
        return f"call:{UUID(client_id)}"
    except ValueError:
        abort(400, gettext("Isian ini tidak lengkap; muat ulang halamannya, lalu isi lagi."))
