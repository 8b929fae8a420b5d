"""What programs find beside the API: tiles, files, the state of health."""

from typing import Any

from layers.exporting.formats import FORMATS
from layers.registry import layers
from layers.tiles import LAST_ZOOM

Paths = dict[str, Any]

NUMBER = {"type": "integer", "minimum": 0}
JSON = "application/json"


def paths() -> Paths:
    """Describe the addresses outside /api as OpenAPI does; /ogc describes itself."""
    return {"/tiles/{layer_id}/{z}/{x}/{y}.mvt": _tile(), "/layers/{layer_id}/export.{format_id}": _file()} | {
        "/health": _get(
            "Whether database, worker and disk are well",
            [],
            {"200": _answer("All is well", JSON), "503": _answer("Something is not", JSON)},
        )
    }


def _tile() -> Paths:
    corner = [_in_path("z", NUMBER | {"maximum": LAST_ZOOM}), _in_path("x", NUMBER), _in_path("y", NUMBER)]
    tile = {
        "200": _answer("The tile", "application/vnd.mapbox-vector-tile"),
        "204": _answer("Nothing lies in the tile"),
    }
    return _get("A vector tile of a layer", [_layer(), *corner], tile, "404")


def _file() -> Paths:
    return _get(
        "A layer as a file; takes filters by the names of its fields, and q, bbox (west,south,east,north) and sort",
        [_layer(), _in_path("format_id", {"type": "string", "enum": list(FORMATS)})],
        {"200": _answer("The file", *sorted({each.mimetype for each in FORMATS.values()}))},
        *("400", "404", "413", "429", "503"),
    )


def _layer() -> Paths:
    return _in_path("layer_id", {"type": "string", "enum": list(layers())})


def _get(summary: str, parameters: list[Paths], answers: Paths, *refusals: str) -> Paths:
    refused = {status: _answer("Why not, and what to do") for status in refusals}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers | refused}}


def _in_path(name: str, schema: Paths) -> Paths:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _answer(description: str, *media: str) -> Paths:
    return {"description": description} | ({"content": {each: {} for each in media}} if media else {})
