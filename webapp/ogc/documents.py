"""The documents of the OGC API: what there is, and what each collection is like."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from layers.features import Extent
from layers.layer import Field, Layer
from layers.provenance import Origin, terms
from layers.registry import menu
from webapp.language import in_language
from webapp.media import GEOJSON, HTML
from webapp.ogc import crs, links
from webapp.ogc.links import RELATION, Link

Document = dict[str, Any]
Known = tuple[Extent, Sequence[Origin]]

CONFORMANCE = [
    *(f"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/{part}" for part in ("core", "json", "html", "oas30")),
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    *(
        f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}"
        for part in ("core", "geojson", "html", "oas30")
    ),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    *(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{part}"
        for part in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt")
    ),
]
JSON_TYPES = {"integer": "integer", "number": "number"}
FORMATS = {"date": "date", "datetime": "date-time", "link": "uri"}


def landing() -> Document:
    """Word the entrance, with links to all else."""
    return {
        "title": "Peta Layanan",
        "description": gettext("Data layanan publik kabupaten menurut standar OGC API Features dan Tiles."),
        "links": [
            *links.encodings(),
            links.to("service-desc", "/api?f=json", links.OPENAPI, gettext("Uraian API (OpenAPI 3.0)")),
            links.to("service-doc", "/api?f=html", HTML, gettext("Uraian API untuk dibaca")),
            links.to("conformance", "/conformance", title=gettext("Standar yang dipenuhi")),
            links.to("data", "/collections", title=gettext("Koleksi data")),
            links.to(f"{RELATION}tiling-schemes", "/tileMatrixSets", title=gettext("Kisi ubin")),
        ],
    }


def conformance() -> Document:
    """List the classes of the standards that are met."""
    return {"title": gettext("Standar yang dipenuhi"), "conformsTo": CONFORMANCE, "links": links.encodings()}


def collections(known: dict[str, Known], systems: list[str]) -> Document:
    """List the layers as collections."""
    return {
        "title": gettext("Koleksi data"),
        "links": links.encodings(),
        "crs": systems,
        "collections": [collection(layer, *known[layer.id], systems) for layer in menu()],
    }


def collection(layer: Layer, extent: Extent, origins: Sequence[Origin], systems: list[str]) -> Document:
    """Describe a layer as a collection."""
    document: Document = {
        "id": layer.id,
        "title": in_language(layer.title),
        "description": in_language(layer.about),
        "attribution": in_language(layer.source),
        "license": in_language(terms(origins)),
        "itemType": "feature",
        "crs": systems,
        "storageCrs": crs.CRS84,
        "links": _collection_links(layer, origins),
    }
    if extent.bounds is not None:
        document["extent"] = {
            "spatial": {"bbox": [list(extent.bounds)], "crs": crs.CRS84},
            "temporal": {"interval": [[_moment(extent.first), _moment(extent.last)]]},
        }
    return document


def _collection_links(layer: Layer, origins: Sequence[Origin]) -> list[Link]:
    path = f"/collections/{layer.id}"
    licences = dict.fromkeys(each.licence for each in origins if each.licence and each.licence.url)
    return [
        links.to("self", path, title=gettext("Uraian koleksi ini")),
        links.to("alternate", f"{path}?f=html", HTML, gettext("Uraian koleksi ini, untuk dibaca")),
        links.to("items", f"{path}/items", GEOJSON, gettext("Isi koleksi")),
        links.to("items", f"{path}/items?f=html", HTML, gettext("Isi koleksi, untuk dibaca")),
        links.to(f"{RELATION}queryables", f"{path}/queryables", links.SCHEMA, gettext("Kolom untuk menyaring")),
        links.to(f"{RELATION}tilesets-vector", f"{path}/tiles", title=gettext("Ubin vektor")),
        *(links.link("license", each.url, HTML, each.name) for each in licences),
    ]


def queryables(layer: Layer) -> Document:
    """Describe the fields by which a collection can be filtered, as a JSON schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": links.address(f"/collections/{layer.id}/queryables"),
        "type": "object",
        "title": in_language(layer.title),
        "properties": {field.name: schema(field) for field in layer.public_fields},
        "additionalProperties": False,
    }


def schema(field: Field) -> Document:
    """Describe a field as JSON schema does."""
    described: Document = {"type": JSON_TYPES.get(field.kind, "string"), "title": in_language(field.title)}
    if field.kind in FORMATS:
        described["format"] = FORMATS[field.kind]
    if field.choices:
        described["enum"] = [choice.id for choice in field.choices]
    return described


def _moment(moment: date | datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat() if isinstance(moment, datetime) else f"{moment.isoformat()}T00:00:00Z"
