"""Addresses of the OGC API, as absolute links with their relation and media type."""

from urllib.parse import urlencode

from flask import request

from webapp.media import HTML, JSON, wants_html

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
VECTOR_TILE = "application/vnd.mapbox-vector-tile"
RELATION = "http://www.opengis.net/def/rel/ogc/1.0/"

Link = dict[str, str]


def address(path: str) -> str:
    """Write an absolute address below /ogc."""
    return f"{request.url_root}ogc{path}"


def link(rel: str, href: str, media: str = JSON, title: str = "") -> Link:
    """Word a link."""
    worded = {"rel": rel, "href": href, "type": media}
    return worded | {"title": title} if title else worded


def to(rel: str, path: str, media: str = JSON, title: str = "") -> Link:
    """Link to an address below /ogc."""
    return link(rel, address(path), media, title)


def encodings(media: str = JSON) -> list[Link]:
    """Link to this answer in JSON and in HTML: the one is `self`, the other `alternate`."""
    rels = ("alternate", "self") if wants_html() else ("self", "alternate")
    return [link(rels[0], varied(f="json"), media, "JSON"), link(rels[1], varied(f="html"), HTML, "HTML")]


def varied(**changed: str | int) -> str:
    """Write the address of this request with some parameters changed."""
    return f"{request.base_url}?{urlencode(request.args.to_dict() | changed)}"
