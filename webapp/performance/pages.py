"""How complaints are handled, in figures: for everyone, and for staff as far as their roles reach."""

from typing import Any

from flask import Response, render_template, request
from sqlalchemy import Connection

from layers.complaints import figures
from layers.complaints.figures import EVERYWHERE, FEWEST_UNSEEN, LEAST, WAYS, Reach
from webapp.extensions import reading
from webapp.performance import asking, board, files, staff
from webapp.performance.asking import MEASURES, Wish
from webapp.performance.board import Page
from webapp.security.access import current_actor

PUBLIC, STAFF = "/kinerja", "/meja/kinerja"


def show() -> str:
    """Show everyone what became of complaints."""
    wish = asking.wish(request.args)
    with reading() as connection:
        shown = _page(connection, wish)
        told = _told(connection, shown, PUBLIC) if shown else {}
    return render_template("performance/page.html" if shown else "performance/none.html", **told)


def show_staff() -> str:
    """Show staff the figures of what their roles reach, secret cases too, and what waits there."""
    wish, actor = asking.wish(request.args), current_actor()
    with reading() as connection:
        shown = _page(connection, wish, figures.reach_of(actor), open_secrets=True)
        told = _told(connection, shown, STAFF) | staff.waiting(connection, actor, shown.titles) if shown else {}
    return render_template("performance/staff.html" if shown else "performance/none.html", **told)


def table() -> Response:
    """Send the table of the public page as CSV."""
    with reading() as connection:
        return files.answer(_page(connection, asking.wish(request.args)))


def table_staff() -> Response:
    """Send the table of the page for staff as CSV."""
    reach = figures.reach_of(current_actor())
    with reading() as connection:
        return files.answer(_page(connection, asking.wish(request.args), reach, open_secrets=True))


def _page(connection: Connection, wish: Wish, reach: Reach = EVERYWHERE, open_secrets: bool = False) -> Page | None:
    """Find the figures; None before they have been counted for the first time."""
    known = figures.standing(connection)
    if known is None:
        return None
    return board.page(connection, wish, known, asking.asked(wish, known, reach, open_secrets))


def _told(connection: Connection, shown: Page, here: str) -> dict[str, Any]:
    ground, classes = board.map_of(connection, shown)
    return {
        "page": shown,
        "here": here,
        "years": asking.years(shown.standing),
        "ways": WAYS,
        "measures": MEASURES,
        "sheet": ground,
        "classes": classes,
        "least": LEAST,
        "fewest": FEWEST_UNSEEN,
        "month_words": board.month_words,
        **board.gathering(connection),
    }
