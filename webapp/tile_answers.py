"""How a tile is answered over HTTP, by the Flask routes and by the shortcut before them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from layers import tiles
from layers.layer import Layer
from layers.registry import layers
from layers.settings import Settings
from webapp.security.headers import FIXED
from webapp.tile_cache import Tile, TileCache

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MIMETYPE = "application/vnd.mapbox-vector-tile"
FOREVER = "public, max-age=31536000, immutable"  # an address with ?v= shows another tile when the layer changes
REVALIDATED = "public, no-cache"
ANYONE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
ALWAYS = [*(FIXED | ANYONE).items(), ("Vary", "Accept-Encoding")]
ADDRESS = re.compile(r"/tiles/([a-z_]{1,40})/([0-9]{1,2})/([0-9]{1,6})/([0-9]{1,6})\.mvt")
VERSION = re.compile(r"(v=[0-9a-f-]{1,30})?")  # of today, or one that an old page still asks for
SHORTCUTS = Counter("peta_tiles_total", "Tiles answered before Flask's dispatch", ["layer"])

Parts = tuple[str, list[tuple[str, str]], bytes]


def install(app: Flask, settings: Settings) -> None:
    """Give the application its tiles, and answer plain requests for them before Flask's dispatch."""
    cache = TileCache(app.extensions["questions"], settings.tile_cache_mb * 1_000_000)
    app.extensions["tiles"] = cache
    app.wsgi_app = Shortcut(app.wsgi_app, cache)  # type: ignore[method-assign]


class Shortcut:
    """A WSGI layer that answers what is plainly a tile; all else, errors too, is Flask's."""

    def __init__(self, app: "WSGIApplication", cache: TileCache) -> None:
        self.app = app
        self.cache = cache

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        found = self.tile(environ)
        if found is None:
            return self.app(environ, start_response)
        status, headers, body = parts(found, environ)
        start_response(status, headers)
        return [body]

    def tile(self, environ: "WSGIEnvironment") -> Tile | None:
        """Find the tile that a request plainly asks for."""
        address = ADDRESS.fullmatch(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "GET" else None
        if address is None or not VERSION.fullmatch(environ.get("QUERY_STRING", "")):
            return None
        layer = layers().get(address[1])
        z, x, y = int(address[2]), int(address[3]), int(address[4])
        if layer is None or not tiles.exists(z, x, y):
            return None
        try:
            found = self.cache.tile(layer, z, x, y)
        except SQLAlchemyError:
            return None  # Flask meets it again, and says what has happened
        SHORTCUTS.labels(layer.id).inc()
        return found


def answer(layer: Layer, z: int, x: int, y: int) -> Response:
    """Answer a tile that exists from a Flask route."""
    cache: TileCache = current_app.extensions["tiles"]
    status, headers, body = parts(cache.tile(layer, z, x, y), request.environ)
    return Response(body, status, headers)


def parts(tile: Tile, environ: "dict[str, Any]") -> Parts:
    """Word the answer: 304 where the client has the tile, 204 where nothing lies in it, else the tile itself."""
    kept_by_version = environ.get("QUERY_STRING", "") == f"v={tile.version}"
    headers = [*ALWAYS, ("ETag", tile.etag), ("Cache-Control", FOREVER if kept_by_version else REVALIDATED)]
    if tile.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return "304 NOT MODIFIED", headers, b""
    if not tile.body:
        return "204 NO CONTENT", headers, b""
    body = tile.body
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = tile.zipped
        headers.append(("Content-Encoding", "gzip"))
    headers += [("Content-Type", MIMETYPE), ("Content-Length", str(len(body)))]
    return "200 OK", headers, body
