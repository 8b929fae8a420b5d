"""The tiles of a layer as OGC API Tiles describes them, in the grid WebMercatorQuad."""

from typing import Any

from layers.features import Extent
from layers.layer import Layer
from layers.tiles import LAST_ZOOM
from webapp.language import in_language
from webapp.ogc import crs, links
from webapp.ogc.links import RELATION

GRID = "WebMercatorQuad"
GRID_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"
EDGE_M = 20037508.342789244
TILE_PIXELS = 256
PIXEL_M = 0.00028  # the standard's pixel, by which a scale is told
DIMENSIONS = {"Point": 0, "MultiLineString": 1, "MultiPolygon": 2}

Document = dict[str, Any]


def grid() -> Document:
    """Describe WebMercatorQuad down to the last zoom."""
    return {
        "id": GRID,
        "title": "Google Maps Compatible for the World",
        "uri": GRID_URI,
        "crs": crs.uri(crs.WEB_MERCATOR),
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(z) for z in range(LAST_ZOOM + 1)],
    }


def _matrix(z: int) -> Document:
    cell_m = 2 * EDGE_M / TILE_PIXELS / 2**z
    return {
        "id": str(z),
        "scaleDenominator": cell_m / PIXEL_M,
        "cellSize": cell_m,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-EDGE_M, EDGE_M],
        "tileWidth": TILE_PIXELS,
        "tileHeight": TILE_PIXELS,
        "matrixWidth": 2**z,
        "matrixHeight": 2**z,
    }


def grids() -> Document:
    """List the one grid."""
    found = {"id": GRID, "title": GRID, "uri": GRID_URI, "links": [links.to("self", f"/tileMatrixSets/{GRID}")]}
    return {"title": "Tile matrix sets", "tileMatrixSets": [found], "links": links.encodings()}


def tilesets(layer: Layer) -> Document:
    """List the one tileset of a layer."""
    return {"title": in_language(layer.title), "tilesets": [summary(layer)], "links": links.encodings()}


def summary(layer: Layer) -> Document:
    """Describe a layer's tileset briefly."""
    path = f"/collections/{layer.id}/tiles/{GRID}"
    return {
        "title": in_language(layer.title),
        "dataType": "vector",
        "crs": crs.uri(crs.WEB_MERCATOR),
        "tileMatrixSetURI": GRID_URI,
        "links": [
            links.to("self", path),
            links.to(f"{RELATION}tiling-scheme", f"/tileMatrixSets/{GRID}"),
            links.to("item", f"{path}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f=mvt", links.VECTOR_TILE)
            | {"templated": True},
        ],
    }


def tileset(layer: Layer, extent: Extent) -> Document:
    """Describe a layer's tileset: where it is, and what its two layers hold (features, or counts where many)."""
    described = summary(layer) | {"attribution": in_language(layer.source), "layers": [_features(layer)]}
    if layer.geometry in ("Point", "Geometry"):
        described["layers"].append(_cells(layer))
    if extent.bounds is not None:
        west, south, east, north = extent.bounds
        corners = {"lowerLeft": [west, south], "upperRight": [east, north]}
        described["boundingBox"] = corners | {"crs": crs.CRS84}
    return described


def _features(layer: Layer) -> Document:
    fields = {field.name: {"type": "string", "title": in_language(field.title)} for field in layer.tile_fields}
    described = {"id": layer.id, "title": in_language(layer.title), "dataType": "vector"}
    dimension = {"geometryDimension": DIMENSIONS[layer.geometry]} if layer.geometry in DIMENSIONS else {}
    return described | dimension | {"propertiesSchema": {"type": "object", "properties": fields}}


def _cells(layer: Layer) -> Document:
    counted = {"n": {"type": "integer"}, "kind": {"type": "string"}}
    described = {"id": f"{layer.id}_cells", "title": in_language(layer.title), "dataType": "vector"}
    return described | {"geometryDimension": 0, "propertiesSchema": {"type": "object", "properties": counted}}
