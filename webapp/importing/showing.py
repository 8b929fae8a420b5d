"""One upload, whatever step it is at: how far it is, what a trial says, what an import did."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row

from geo.sketches import Shapes, bounds, draw
from layers.registry import layers
from layers.roads.vocabulary import KINDS, READINGS
from layers.uploads import acts, keeping
from layers.uploads.keeping import PICTURE
from layers.uploads.states import WORKING
from layers.uploads.targets import Target, target
from webapp import arguments
from webapp.extensions import engine, reading, settings
from webapp.importing import words
from webapp.importing.holding import HERE, found, importer, told
from webapp.sheet import Sheet, home_view, on_grid, sheet
from webapp.values import written

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
PRIVATE = "private, no-store"


def show(number: int) -> ResponseReturnValue:
    """Show an upload by its state; one whose columns wait for a clerk has a page of its own for that."""
    with reading() as connection:
        row = found(connection, number)
        goes = target(row.layer)
        if row.state == "open":
            return redirect(f"{HERE}/{number}/{'kolom' if goes.way == 'layer' else 'isian'}", 303)
        page = {"row": row, "target": goes, "heading": words.heading(row.state), **_more(connection, row, goes)}
    return render_template("importing/one.html", **page)


def _more(connection: Connection, row: Row[Any], goes: Target) -> dict[str, Any]:
    if row.state in WORKING:
        step = {"percent": words.percent(row.progress), "doing": words.doing(row.tries > 0, row.progress)}
        return {"working": True, "may_cancel": row.state != "taking" or not row.tries, **step}
    if row.outcome is None:
        return {"working": False}
    told = {"working": False, "tried": row.state == "tried", "outcome": row.outcome}
    if goes.way == "raster":
        return {**told, "sheet": _laid(connection, row)}
    more = _of_surveys(row) if goes.way == "surveys" else _of_layer(row)
    refused_total = sum(n for _, n in row.outcome["reasons"])
    return {**told, **more, "refused_total": refused_total, "sheet": _map(connection, row) if told["tried"] else None}


def _of_layer(row: Row[Any]) -> dict[str, Any]:
    layer, rows = layers()[row.layer], row.outcome["rows"]
    filled = [f for f in layer.fields if any(f.name in one["values"] for one in rows)]
    return {"counts": words.counts(row.outcome, row.state == "tried"), "fields": filled, "told": written}


def _of_surveys(row: Row[Any]) -> dict[str, Any]:
    conditions = {choice.id: choice for choice in layers()["roads"].by_name["condition"].choices}
    first = [{**one, "on": date.fromisoformat(one["on"])} for one in row.outcome["first"]]
    told = {"first": first, "kinds": KINDS, "conditions": conditions, "read_as": READINGS}
    return {**told, "counts": words.counts_of_surveys(row.outcome)}


def _map(connection: Connection, row: Row[Any]) -> Sheet | None:
    shapes = _shapes(row)
    around = bounds(shapes)
    if around is None:
        return None
    usual = on_grid(home_view(connection).around(around, nearest=14.0))
    view = arguments.view(request.args, usual)
    laid = sheet(connection, view)
    return Sheet(view, laid.ground, cover=f"{HERE}/{row.id}/peta.svg?view={laid.written}")


def _laid(connection: Connection, row: Row[Any]) -> Sheet:
    """Lay the picture that the trial drew of a raster over the ground that it was drawn for."""
    ground = sheet(connection, arguments.parse_view(row.wishes["view"]))
    picture = f"{HERE}/{row.id}/gambar.png"
    return replace(ground, cover=picture if row.outcome["drawn"] else "")


def picture(number: int) -> Response:
    """Hand out the picture that the trial of a raster drew."""
    with reading() as connection:
        row = found(connection, number)
    file = keeping.refused_folder(settings().data_dir, row.stored) / PICTURE
    if target(row.layer).way != "raster" or not file.is_file():
        abort(404)
    answer = send_file(file, "image/png")
    answer.headers.update({"Content-Security-Policy": POLICY, "Cache-Control": PRIVATE})
    return answer


def _shapes(row: Row[Any]) -> Shapes:
    return Shapes.read(row.outcome["good"], row.outcome["bad"])


def drawing(number: int) -> Response:
    """Draw what a trial would bring in, to be laid over the ground of the page's map."""
    view = arguments.parse_view(request.args.get("view", ""))
    with reading() as connection:
        row = found(connection, number)
    if row.outcome is None or "good" not in row.outcome:
        abort(404)
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": PRIVATE}
    return Response(draw(view, _shapes(row)), mimetype="image/svg+xml", headers=headers)


def state(number: int) -> Response:
    """Tell the page's script how far an upload is."""
    with reading() as connection:
        row = found(connection, number)
    answer = jsonify(
        working=row.state in WORKING,
        state=row.state,
        percent=words.percent(row.progress),
        doing=words.doing(row.tries > 0, row.progress),
    )
    answer.headers["Cache-Control"] = PRIVATE
    return answer


def refused(number: int) -> Response:
    """Hand out the refused rows as a file, never to be shown within a page of ours."""
    with reading() as connection:
        row = found(connection, number)
    name = (row.outcome or {}).get("refused_file", "")
    file = keeping.refused_folder(settings().data_dir, row.stored) / name
    if not name or not file.is_file():
        abort(404, gettext("Tidak ada baris yang ditolak, atau berkasnya sudah dihapus setelah 30 hari."))
    called = f"ditolak-{row.name.rpartition('.')[0] or row.name}{file.suffix}"
    answer = send_file(file, as_attachment=True, download_name=called, max_age=0)
    answer.headers.update({"Content-Security-Policy": POLICY, "Cache-Control": PRIVATE})
    return answer


def take(number: int) -> ResponseReturnValue:
    """Have a file brought in that has been tried."""
    with told(), engine().begin() as connection:
        found(connection, number)
        acts.take(connection, importer(), number)
    return redirect(f"{HERE}/{number}", 303)


def cancel(number: int) -> ResponseReturnValue:
    """Take an upload back, and remove its file."""
    with told(), engine().begin() as connection:
        found(connection, number)
        stored = acts.cancel(connection, importer(), number)
    keeping.discard(settings().data_dir, stored)
    return redirect(HERE, 303)
