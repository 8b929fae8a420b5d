"""How the OGC API answers: as JSON for programs, as a page for people."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template

from layers.features import GeoPage
from layers.layer import Layer
from webapp.media import GEOJSON, JSON, wants_html
from webapp.ogc import links
from webapp.ogc.asking import SHAPES, only


def document(found: dict[str, Any], media: str = JSON) -> Response:
    """Answer a document; refuses parameters beyond format and language."""
    only(*SHAPES)
    if wants_html():
        return Response(render_template("ogc/document.html", document=found))
    return Response(json.dumps(found, ensure_ascii=False), content_type=media)


def features(layer: Layer, page: GeoPage, matched: int, crs: str) -> Response:
    """Answer a page of features, with the address of the next."""
    onward = None if page.last is None else links.varied(after=page.last, offset=0)
    if wants_html():
        return _table(layer, json.loads(page.features), matched, onward)
    around = [*links.encodings(GEOJSON), links.to("collection", f"/collections/{layer.id}")]
    if onward is not None:
        around.append(links.link("next", onward, GEOJSON))
    told = {
        "type": "FeatureCollection",
        "links": around,
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": matched,
        "numberReturned": page.number,
    }
    return _geojson(f'{json.dumps(told)[:-1]},"features":{page.features}}}', crs)


def feature(layer: Layer, written: str, crs: str) -> Response:
    """Answer one feature, which the database has written."""
    if wants_html():
        return _table(layer, [json.loads(written)], 1, None)
    around = [*links.encodings(GEOJSON), links.to("collection", f"/collections/{layer.id}")]
    return _geojson(f'{written[:-1]},"links":{json.dumps(around)}}}', crs)


def _geojson(body: str, crs: str) -> Response:
    response = Response(body, content_type=GEOJSON)
    response.headers["Content-Crs"] = f"<{crs}>"
    return response


def _table(layer: Layer, found: list[dict[str, Any]], matched: int, onward: str | None) -> Response:
    return Response(render_template("ogc/items.html", layer=layer, found=found, matched=matched, onward=onward))
