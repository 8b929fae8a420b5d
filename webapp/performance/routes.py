"""The addresses of the figures: a page and a table to take along for everyone, and the same for staff."""

from flask import Blueprint, Response

from webapp.performance import pages
from webapp.security.access import EVERYONE, holders, open_room, open_to

room = Blueprint("performance", __name__)
open_room(room, EVERYONE)
STAFF = open_to(holders("verifier", "officer", "coordinator", "checker", "agent"))
room.add_url_rule("/kinerja", "show", pages.show)
room.add_url_rule("/kinerja.csv", "table", pages.table)
room.add_url_rule("/meja/kinerja", "show_staff", STAFF(pages.show_staff))
room.add_url_rule("/meja/kinerja.csv", "table_staff", STAFF(pages.table_staff))


@room.after_request
def keep_apart(response: Response) -> Response:
    """Let no store mix what staff see with what everyone may."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
