"""Sheets of A4 paper: a room lays one out, the worker sets it as PDF, `/cetak/NUMBER` hands it to whoever ordered it.

A room's template extends "papers/a4.html" (blocks `title`, `main`) and its view ends with

    return printed.order(title, "jangkauan-puskesmas", request.full_path, printed.page("planning/report.html", …))

All that the sheet shows stands in the HTML: a map comes from `printed.drawing` and the macro `map` of
"papers/_map.html". A `<section class="wide">` stands on pages of its own, lying on the side.
"""

from base64 import b64encode
from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import Connection

from geo.view import View
from layers.overview.queries import names as lettering
from layers.overview.queries import overview
from layers.records import papers
from webapp import assets
from webapp.extensions import engine
from webapp.security.access import current_actor

ON_PAPER = "<style>text{stroke:none}</style>"  # WeasyPrint draws the halo of a name over the name


def page(template: str, **told: Any) -> str:
    """Lay a sheet out: its template between letterhead and page numbers, with all styles inside."""
    styles = Markup(assets.content("a4.css"))  # noqa: S704 - our own style sheet
    return render_template(template, a4_styles=styles, **told)


def drawing(connection: Connection, view: View) -> str:
    """Draw the ground of a map for a sheet: land, borders, roads and names, as a data: address of an SVG."""
    drawn = overview(connection, view).replace("</svg>", f"{ON_PAPER}</svg>")
    return embedded(drawn)


def names(connection: Connection, view: View) -> str:
    """Draw the names of a map for a sheet, to lie above its colours, as a data: address of an SVG."""
    return embedded(lettering(connection, view))


def embedded(svg: str) -> str:
    """Write a drawing as a data: address, so that the sheet holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def order(title: str, name: str, back: str, html: str) -> ResponseReturnValue:
    """Order a sheet and lead whoever asked to the page where it will be; `name` is the file's, without ending."""
    with engine().begin() as connection:
        number = papers.order(connection, current_actor(), title, name, back, html)
    return redirect(f"/cetak/{number}", 303)
