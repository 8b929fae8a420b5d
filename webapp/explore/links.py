"""Links to pass on, and this page's address with some of its questions changed."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from flask import request


def absolute(link: str) -> str:
    """Give a link its host, so that it can be passed on."""
    return urljoin(request.url_root, link)


def without(link: str, *names: str) -> str:
    """Take parameters out of a link."""
    parts = urlsplit(link)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in names]
    return parts._replace(query=urlencode(kept)).geturl()


def changed(**parameters: str | int) -> str:
    """Give this page's address with some parameters set, or taken out where they are empty."""
    asked = {**request.args.to_dict(), **parameters}
    kept = {name: value for name, value in asked.items() if value not in ("", None)}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
