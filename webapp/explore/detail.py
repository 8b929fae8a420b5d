"""One feature with all that is publicly known of it: where it lies, where that comes from, what belongs to it."""

from datetime import UTC, datetime
from typing import Any

import shapely
from flask import abort, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.layer import Layer
from webapp import arguments, freshness, marks, question, values
from webapp.explore import offices
from webapp.extensions import reading
from webapp.sheet import Sheet, around

Row = dict[str, Any]


def show(layer_id: str, feature_id: int) -> str:
    """Show one feature."""
    layer = question.layer_named(layer_id)
    with reading() as connection:
        row = features.feature(connection, layer, feature_id)
        if row is None:
            abort(404, gettext("Data ini tidak ada, atau sudah dihapus; cari lagi di daftarnya."))
        related = layer.related_to(connection, row)
        title = values.title(layer, row)
        page = {
            "layer": layer,
            "row": row,
            "title": title,
            "fields": [f for f in layer.public_fields if f.name not in ("name", layer.classify, *values.ASIDE)],
            "areas": named(connection, [row.get(name) for name in values.CODES]),
            "sheet": _map(connection, layer, row),
            "freshness": freshness.told(connection, layer),
            "ways": offices.ways(row["lon"], row["lat"], title),
            "opening": offices.status(related["hours"], datetime.now(UTC)) if "hours" in related else None,
            **related,
        }
    return render_template("explore/detail.html", **page)


def _map(connection: Connection, layer: Layer, row: Row) -> Sheet:
    west, south, east, north = shapely.from_wkb(row["geometry"]).bounds
    view = arguments.view(request.args, around([(west, south), (east, north)]))
    return marks.features(connection, layer, [row], view, numbered=False)
