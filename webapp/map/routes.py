"""The addresses of the interactive map: its page, its style, the names it writes, its base map."""

from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.labels import labels
from layers.areas.queries import regency
from layers.rasters.queries import Raster, raster, rasters
from layers.registry import menu
from webapp import extensions, question, remembered
from webapp.map import facts
from webapp.map.style import document
from webapp.security.access import EVERYONE, open_room

room = Blueprint("map", __name__, url_prefix="/map")
open_room(room, EVERYONE)
A_DAY_S = 86_400


@room.get("")
def page() -> str:
    """Show the map as a page of its own."""
    return render_template("map/page.html", layers=menu())


@room.get("/style.json")
def style() -> Response:
    """Answer the MapLibre style, with the legend's counts."""
    with extensions.reading() as connection:
        written = document(
            menu(),
            extensions.settings(),
            remembered.states(connection),
            {layer.id: remembered.counts(connection, layer) for layer in menu()},
            remembered.sampled_layers(connection),
            regency(connection),
            _cells(connection),
        )
    return _revalidated(jsonify(written))


def _cells(connection: Connection) -> list[Raster]:
    """List the rasters of the map: those that stand for themselves, and the one that a page asks for beside them."""
    listed = rasters(connection)
    asked = raster(connection, request.args.get("cells", ""))
    return [*listed, asked] if asked and asked not in listed else listed


@room.get("/labels.json")
def labels_json() -> Response:
    """Answer the names of the regency's areas as points, GeoJSON in EPSG:4326."""
    with extensions.reading() as connection:
        found = labels(connection)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(row.lon, 5), round(row.lat, 5)]},
            "properties": {"name": row.name, "level": row.level, "area_km2": row.area_km2},
        }
        for row in found
    ]
    return _revalidated(jsonify({"type": "FeatureCollection", "features": features}))


@room.get("/facts/<layer_id>/<int:feature_id>.json")
def facts_json(layer_id: str, feature_id: int) -> Response:
    """Answer what a popup says of a feature, in the words of its page."""
    layer = question.layer_named(layer_id)
    with extensions.reading() as connection:
        known = facts.facts(connection, layer, feature_id)
    if known is None:
        abort(404, gettext("Data ini tidak ada, atau sudah dihapus; cari lagi di daftarnya."))
    return _revalidated(jsonify(known))


@room.get("/basemap.pmtiles")
def basemap() -> Response:
    """Send the parts of the configured base map's file that the map asks for."""
    file = Path(extensions.settings().basemap_pmtiles)
    if not file.is_absolute() or not file.is_file():
        abort(404)
    return send_file(file, mimetype="application/vnd.pmtiles", conditional=True, max_age=A_DAY_S)


def _revalidated(response: Response) -> Response:
    """Let browsers keep an answer, but ask each time whether it still holds: language and counts change."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
