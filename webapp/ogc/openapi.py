"""The OGC API in OpenAPI 3.0, made from the registry."""

from typing import Any

from flask_babel import gettext

from layers.layer import Layer
from layers.query import MOST
from layers.registry import menu
from layers.tiles import LAST_ZOOM
from webapp.language import in_language
from webapp.media import GEOJSON, HTML, JSON
from webapp.ogc import links
from webapp.ogc.asking import DEFAULT_LIMIT
from webapp.ogc.documents import schema
from webapp.ogc.tilesets import GRID

Document = dict[str, Any]

PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
INTEGER = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}


def document() -> Document:
    """Describe every address below /ogc."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Peta Layanan", "version": "1", "description": "OGC API Features and Tiles"},
        "servers": [{"url": links.address("").rstrip("/")}],
        "paths": _fixed_paths() | {path: item for layer in menu() for path, item in _layer_paths(layer).items()},
        "components": {"parameters": _parameters(), "responses": _refusals()},
    }


def _fixed_paths() -> Document:
    grid = _path("tileMatrixSetId", {"type": "string", "enum": [GRID]})
    return {
        "/": _get("Landing page"),
        "/api": _get("This description", media=links.OPENAPI),
        "/conformance": _get("Conformance classes"),
        "/collections": _get("Collections"),
        "/tileMatrixSets": _get("Tile matrix sets"),
        "/tileMatrixSets/{tileMatrixSetId}": _get("A tile matrix set", grid, missing=True),
    }


def _layer_paths(layer: Layer) -> Document:
    path = f"/collections/{layer.id}"
    title = in_language(layer.title)
    filters = [_query(field.name, schema(field)) for field in layer.public_fields]
    asked = [_ref(name) for name in ("limit", "after", "offset", "bbox", "bbox-crs", "crs", "datetime")]
    corner = [
        _path("tileMatrix", INTEGER | {"maximum": LAST_ZOOM}),
        _path("tileRow", INTEGER),
        _path("tileCol", INTEGER),
    ]
    tiles = f"{path}/tiles/{GRID}"
    tile = _get(f"{title}: tile", *corner, media=links.VECTOR_TILE, missing=True)
    tile["get"]["responses"]["204"] = {"description": "Nothing lies in the tile"}
    return {
        path: _get(title),
        f"{path}/queryables": _get(f"{title}: fields", media=links.SCHEMA),
        f"{path}/items": _get(f"{title}: features", *asked, *filters, media=GEOJSON),
        f"{path}/items/{{featureId}}": _get(
            f"{title}: feature", _path("featureId", TEXT), _ref("crs"), media=GEOJSON, missing=True
        ),
        f"{path}/tiles": _get(f"{title}: tilesets"),
        tiles: _get(f"{title}: tileset"),
        f"{tiles}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": tile,
    }


def _get(summary: str, *parameters: Document, media: str = JSON, missing: bool = False) -> Document:
    content = {media: {"schema": {"type": "string", "format": "binary"} if "tile" in media else {"type": "object"}}}
    pages, form = ({}, "f-of-tile") if media == links.VECTOR_TILE else ({HTML: {"schema": TEXT}}, "f")
    answers: Document = {"200": {"description": summary, "content": content | pages}}
    answers["400"] = {"$ref": "#/components/responses/Refused"}
    if missing:
        answers["404"] = {"$ref": "#/components/responses/Missing"}
    return {"get": {"summary": summary, "parameters": [*parameters, _ref(form), _ref("lang")], "responses": answers}}


def _parameters() -> Document:
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    return {
        "f": _query("f", {"type": "string", "enum": ["json", "html"]}),
        "f-of-tile": _query("f", {"type": "string", "enum": ["mvt"]}),
        "lang": _query("lang", {"type": "string", "enum": ["id", "en"]}),
        "limit": _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}),
        "after": _query("after", INTEGER, gettext("id terakhir dari halaman sebelumnya")),
        "offset": _query("offset", INTEGER),
        "bbox": _query("bbox", box) | {"style": "form", "explode": False},
        "bbox-crs": _query("bbox-crs", TEXT | {"format": "uri"}),
        "crs": _query("crs", TEXT | {"format": "uri"}),
        "datetime": _query("datetime", TEXT),
    }


def _refusals() -> Document:
    return {"Refused": {"description": "Bad request"} | PROBLEM, "Missing": {"description": "Not found"} | PROBLEM}


def _query(name: str, schema: Document, description: str = "") -> Document:
    described = {"name": name, "in": "query", "required": False, "schema": schema}
    return described | {"description": description} if description else described


def _path(name: str, schema: Document) -> Document:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/parameters/{name}"}
