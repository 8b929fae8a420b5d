"""Where a clerk says what a file of surveys or a raster is about, before it is tried."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.uploads import acts
from layers.uploads.states import MAPPABLE
from layers.uploads.targets import target
from webapp.extensions import engine, reading
from webapp.importing import of_rasters, of_surveys
from webapp.importing.holding import HERE, found, importer, told

FORMS: Mapping[str, Any] = {"surveys": of_surveys, "raster": of_rasters}


def show(number: int) -> ResponseReturnValue:
    """Ask what a file is about; a file for a layer is asked for its columns instead."""
    with reading() as connection:
        row = found(connection, number)
        if row.state not in MAPPABLE:
            return redirect(f"{HERE}/{number}", 303)
        way = target(row.layer).way
        if way == "layer":
            return redirect(f"{HERE}/{number}/kolom", 303)
        answer: ResponseReturnValue = FORMS[way].page(connection, row)
        return answer


def try_out(number: int) -> ResponseReturnValue:
    """Have the worker try a file as the clerk describes it; says in words what is missing before that."""
    actor = importer()
    with reading() as connection:
        row = found(connection, number)
        way = target(row.layer).way
        if row.state not in MAPPABLE or way == "layer":
            abort(409, gettext("Berkas ini sudah di langkah lain; buka kembali halamannya."))
        wishes, problems = FORMS[way].read(connection, row, request.form)
        if problems:
            again: ResponseReturnValue = FORMS[way].page(connection, row, request.form, problems)
            return again
    with told(), engine().begin() as connection:
        acts.try_out(connection, actor, number, row.layer, wishes)
    return redirect(f"{HERE}/{number}", 303)
