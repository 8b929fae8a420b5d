"""Where files come in: the list of imports, and the form that sends one."""

from flask import Response, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from layers.layer import Layer
from layers.records.actors import Actor
from layers.registry import menu
from layers.uploads import acts, keeping, queries
from layers.uploads.targets import target, targets
from webapp import uploads
from webapp.errors import sentence
from webapp.extensions import engine, reading, settings
from webapp.importing.holding import HERE, importer, told
from webapp.importing.words import standing
from webapp.media import JSON


def show(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """List the newest imports, and ask for a file."""
    actor = importer()
    with reading() as connection:
        rows = queries.newest(connection, "" if actor.may("administrator") else actor.name)
    return render_template(
        "importing/list.html",
        rows=rows,
        targets=targets().values(),
        target=target,
        chosen=request.args.get("layer", ""),
        standing=standing,
        most=keeping.MOST_BYTES,
        problem=problem,
    ), status


def importable() -> list[Layer]:
    """List the layers that a file may go into, in the order of menus."""
    return [layer for layer in menu() if layer.observed]


def receive() -> ResponseReturnValue:
    """Keep a file that somebody sends, for the worker to look into; programs of our own page are told in JSON."""
    try:
        address = f"{HERE}/{_kept(importer())}"
    except HTTPException as error:
        if _asks_for_json():
            return _as_json({"words": error.description or sentence(error.code or 400)}, error.code or 400)
        if isinstance(error, uploads.NoPhotoError):
            return show(str(error.description), 400)
        raise
    return _as_json({"address": address}, 201) if _asks_for_json() else redirect(address, 303)


def _kept(actor: Actor) -> int:
    path = keeping.fresh(settings().data_dir)
    with uploads.file_into(path, "file", keeping.MOST_BYTES) as sent, told():
        layer = sent.form.get("layer", "")
        if layer not in targets():
            abort(400, gettext("Pilih lapisan tujuan dari daftar."))
        with engine().begin() as connection:
            return acts.receive(connection, actor, layer, sent.name, path.name, sent.size)


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best_match([JSON, "text/html"]) == JSON


def _as_json(words: dict[str, str], status: int) -> Response:
    answer = jsonify(words)
    answer.status_code = status
    return answer
