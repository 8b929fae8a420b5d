"""The addresses of OGC API Features and Tiles."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers import features
from layers.layer import Layer
from layers.query import QueryError
from layers.registry import layers
from layers.tiles import exists
from webapp import remembered
from webapp.extensions import asking
from webapp.language import LANGUAGES
from webapp.ogc import answers, crs, documents, links, openapi, tilesets
from webapp.ogc.asking import SHAPES, asked, only, system
from webapp.question import layer_named
from webapp.security.access import EVERYONE, open_room
from webapp.tile_answers import answer

LONGEST_QUERY = 4_000  # bytes

room = Blueprint("ogc", __name__, url_prefix="/ogc")
open_room(room, EVERYONE)


@room.before_request
def refuse_odd_query() -> None:
    """Refuse a query far longer than any question needs, and formats and languages that are not spoken."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    formats = ("mvt",) if request.endpoint == "ogc.tile" else ("json", "html")
    if request.args.get("f", formats[0]) not in formats:
        abort(400, gettext("f adalah json atau html; untuk ubin mvt."))
    if request.args.get("lang", LANGUAGES[0]) not in LANGUAGES:
        abort(400, gettext("lang adalah id atau en."))


@room.after_request
def open_to_all(response: Response) -> Response:
    """Let pages of other sites read the answers."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.vary.update(("Accept", "Accept-Language"))
    return response


@room.get("/")
def landing() -> Response:
    """Show the entrance."""
    return answers.document(documents.landing())


@room.get("/conformance")
def conformance() -> Response:
    """List what standards are met."""
    return answers.document(documents.conformance())


@room.get("/api")
def api() -> Response:
    """Describe the API."""
    return answers.document(openapi.document(), links.OPENAPI)


@room.get("/collections")
def collections() -> Response:
    """List the layers."""
    with asking() as connection:
        known = {layer.id: _known(connection, layer) for layer in layers().values()}
        return answers.document(documents.collections(known, list(crs.systems(connection))))


@room.get("/collections/<layer_id>")
def collection(layer_id: str) -> Response:
    """Describe a layer."""
    layer = layer_named(layer_id)
    with asking() as connection:
        known = _known(connection, layer)
        return answers.document(documents.collection(layer, *known, list(crs.systems(connection))))


def _known(connection: Connection, layer: Layer) -> documents.Known:
    return remembered.extent(connection, layer), remembered.origins(connection, layer)


@room.get("/collections/<layer_id>/queryables")
def queryables(layer_id: str) -> Response:
    """Describe the fields of a layer."""
    return answers.document(documents.queryables(layer_named(layer_id)), links.SCHEMA)


@room.get("/collections/<layer_id>/items")
def items(layer_id: str) -> Response:
    """Answer a page of features."""
    layer = layer_named(layer_id)
    with asking() as connection:
        question = asked(connection, layer, request.args)
        try:
            page = features.geojson_page(connection, question.query, question.drawing)
            whole = page.last is None and question.query.after is None and not question.query.offset
            matched = page.number if whole else remembered.number(connection, question.query)
        except QueryError:
            abort(400, gettext("Nilai saringan tidak cocok dengan jenis kolomnya; lihat queryables."))
    return answers.features(layer, page, matched, question.crs)


@room.get("/collections/<layer_id>/items/<feature_id>")
def item(layer_id: str, feature_id: str) -> Response:
    """Answer one feature."""
    layer = layer_named(layer_id)
    only(*SHAPES, "crs")
    with asking() as connection:
        name, drawing = system(connection, request.args.get("crs", crs.CRS84))
        known = feature_id.isascii() and feature_id.isdigit() and len(feature_id) < 20
        found = features.geojson_feature(connection, layer, int(feature_id), drawing) if known else None
    if found is None:
        abort(404, gettext("Data ini tidak ada; mungkin sudah dihapus."))
    return answers.feature(layer, found, name)


@room.get("/tileMatrixSets")
def grids() -> Response:
    """List the grids of tiles."""
    return answers.document(tilesets.grids())


@room.get(f"/tileMatrixSets/{tilesets.GRID}")
def grid() -> Response:
    """Describe the web map's grid."""
    return answers.document(tilesets.grid())


@room.get("/collections/<layer_id>/tiles")
def tileset_list(layer_id: str) -> Response:
    """List the tilesets of a layer."""
    return answers.document(tilesets.tilesets(layer_named(layer_id)))


@room.get(f"/collections/<layer_id>/tiles/{tilesets.GRID}")
def tileset(layer_id: str) -> Response:
    """Describe the tileset of a layer."""
    layer = layer_named(layer_id)
    with asking() as connection:
        return answers.document(tilesets.tileset(layer, remembered.extent(connection, layer)))


@room.get(f"/collections/<layer_id>/tiles/{tilesets.GRID}/<int:z>/<int:y>/<int:x>")
def tile(layer_id: str, z: int, y: int, x: int) -> Response:
    """Answer a tile: row before column, as the standard has it."""
    layer = layer_named(layer_id)
    only(*SHAPES)
    if not exists(z, x, y):
        abort(404, gettext("Ubin ini tidak ada di kisi WebMercatorQuad."))
    return answer(layer, z, x, y)
