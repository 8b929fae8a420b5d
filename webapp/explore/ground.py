"""The drawn ground of the small maps, as an image that browsers keep."""

from flask import Response, request

from layers.overview.queries import overview, state
from webapp import remembered
from webapp.arguments import view
from webapp.extensions import reading
from webapp.sheet import home_view

A_YEAR_S = 31_536_000
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"  # the drawing holds its own style


def show() -> Response:
    """Answer the drawing of a view; one that was asked for by its state may be kept for good."""
    with reading() as connection:
        known = state(remembered.states(connection))
        drawing = overview(connection, view(request.args, home_view(connection)))
    response = Response(drawing, mimetype="image/svg+xml", headers={"Content-Security-Policy": POLICY})
    response.cache_control.public = True
    if request.args.get("v") == known:
        response.cache_control.max_age = A_YEAR_S
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
