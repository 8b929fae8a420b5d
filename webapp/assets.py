"""The built front end: which file stands behind a name, and how files reach the browser."""

import json
import re
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from markupsafe import Markup, escape
from whitenoise import WhiteNoise

from webapp.security.headers import FIXED

DIST = Path(__file__).parent / "static" / "dist"
PREFIX = "/static/"
HASHED = re.compile(r"^/static/[\w.-]+-[0-9A-Za-z]{8}\.\w+$")


class NotBuiltError(RuntimeError):
    """The front end has not been built, or an older state of it."""


def install(app: Flask) -> None:
    """Serve the built files, for years where their name carries a hash, and lend `asset` and `icon` to templates."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(DIST),
        prefix=PREFIX,
        immutable_file_test=is_immutable,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    app.jinja_env.globals.update(asset=asset, icon=icon)


def asset(name: str) -> str:
    """Give the address of a built file, such as "site.css"; raises NotBuiltError."""
    return PREFIX + _file(name)


def content(name: str) -> str:
    """Read a built text file, such as "export-leaflet.js"; raises NotBuiltError."""
    return (DIST / _file(name)).read_text(encoding="utf-8")


def icon(name: str) -> Markup:
    """Draw an icon inside a page, in the colour of its text; raises KeyError for one that does not exist."""
    drawing = '<svg class="icon" viewBox="0 0 15 15" width="15" height="15" aria-hidden="true" focusable="false">'
    return Markup('{}<path d="{}"/></svg>').format(Markup(drawing), escape(icon_path(name)))  # noqa: S704 - a constant


def icon_path(name: str) -> str:
    """Give an icon's SVG path, 15 units square; raises KeyError for one that does not exist."""
    return _icons()[name]


def is_immutable(_path: str, url: str) -> bool:
    """Say whether a file's name carries a hash of its content."""
    return HASHED.match(url) is not None


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in FIXED.items():
        headers[name] = value


def _file(name: str) -> str:
    try:
        return _manifest()[name]
    except KeyError:
        raise NotBuiltError(
            f"{name} is not in the built front end; run `npm ci && npm run build` in webapp/frontend"
        ) from None


@cache
def _manifest() -> dict[str, str]:
    try:
        return json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except FileNotFoundError:
        raise NotBuiltError("the front end is not built; run `npm ci && npm run build` in webapp/frontend") from None


@cache
def _icons() -> dict[str, str]:
    return json.loads(content("icons.json"))  # type: ignore[no-any-return]
