"""What every answer tells the browser about itself: where it may load from, and what it may not do."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, request

from layers.settings import Settings

FIXED = {
    "Referrer-Policy": "no-referrer",  # a page's address can hold a person's position
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_PERSON = "private, no-cache"  # an answer may tell a position, and is in the language of one person's cookie
HOST = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/|$)", re.ASCII)
A_YEAR = "max-age=31536000"


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer; a route that set its own policy keeps it."""
    policy = content_policy(basemap_origin(settings))

    @app.after_request
    def add(response: Response) -> Response:
        """Put on the headers that the route has not set itself."""
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", ONE_PERSON)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", A_YEAR)
        return response


def content_policy(map_host: str = "") -> str:
    """Word the Content-Security-Policy; `map_host` is the one other origin that map tiles may come from, if any."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: blob: {map_host}".strip(),
        "connect-src": f"'self' {map_host}".strip(),
        "worker-src": "'self'",
        "font-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def basemap_origin(settings: Settings) -> str:
    """Give the origin that base map tiles come from, "" where they are our own or there are none.

    Raises ValueError with one sentence where a setting names no place that browsers could load from.
    """
    _check("PETA_BASEMAP_TILES", settings.basemap_tiles, ours="an address on this server that begins with /")
    _check("PETA_BASEMAP_PMTILES", settings.basemap_pmtiles, ours="the whole path of a file on this machine")
    address = urlsplit(settings.basemap_tiles or settings.basemap_pmtiles)
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def _check(name: str, written: str, ours: str) -> None:
    """Refuse what is neither a place of ours nor one at a plain host, since all browsers get to read the host."""
    elsewhere = HOST.match(written)
    if written and not elsewhere and (not written.startswith("/") or written.startswith("//")):
        raise ValueError(f"{name} must be {ours}, or begin with https:// and a plain host without a password or {{…}}")
