"""What search engines may read: pages about places and data, not every view, order and file of them."""

from flask import Response

RULES = """User-agent: *
Disallow: /nearest
Disallow: /search
Disallow: /map.svg
Disallow: /layers/*/export.
Disallow: /*?*view=
Disallow: /*?*sort=
Disallow: /*?*lat=
"""


def show() -> Response:
    """Tell robots which addresses to leave alone."""
    return Response(RULES, mimetype="text/plain")
