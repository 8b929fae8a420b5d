"""In which form an answer is given: JSON for programs, a page for people."""

from flask import request

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"


def wants_html() -> bool:
    """Say whether the client asks for a page, by `f` or by what it accepts."""
    if "f" in request.args:
        return request.args["f"] == "html"
    return request.accept_mimetypes.best_match([JSON, GEOJSON, HTML], default=JSON) == HTML
