"""The addresses of news from an area: asking for it, confirming it, and ending it by the link of each letter."""

from flask import Blueprint, Response

from webapp.alerts import confirming, ending, own, signing_up
from webapp.security.access import EVERYONE, open_room

room = Blueprint("alerts", __name__)
open_room(room, EVERYONE)
room.add_url_rule("/kabar", "ask", signing_up.show)
room.add_url_rule("/kabar", "take", signing_up.take, methods=["POST"])
room.add_url_rule("/kabar/periksa", "wait", signing_up.wait)
room.add_url_rule("/kabar/konfirmasi/<token>", "confirmation", confirming.show)
room.add_url_rule("/kabar/konfirmasi/<token>", "confirm", confirming.confirm, methods=["POST"])
room.add_url_rule("/kabar/berhenti/<token>", "ending", ending.show)
room.add_url_rule("/kabar/berhenti/<token>", "end", ending.end, methods=["POST"])

room.add_url_rule("/kabar/data/<token>", "own", own.show)
room.add_url_rule("/kabar/data/<token>", "correct", own.correct, methods=["POST"])
room.add_url_rule("/kabar/data/<token>/kabar.json", "copy", own.copy)


@room.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser keep these pages: their addresses are the keys of one person."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
