"""The addresses of the desk, and for whom each is: staff who handle complaints, as far as their roles reach."""

from flask import Blueprint, Response

from webapp.desk import bulk, calls, finding, moderation, queues, shelf, sorting, workbench
from webapp.security.access import holders, open_room

room = Blueprint("desk", __name__)
open_room(room, holders("verifier", "officer", "coordinator", "checker", "agent"))
room.add_url_rule("/meja", "queue", queues.show)
room.add_url_rule("/meja/sekaligus", "bulk", bulk.act, methods=["POST"])
room.add_url_rule("/meja/cari-kontak", "find_contact", finding.find, methods=["POST"])
room.add_url_rule("/meja/saringan", "save_queue", shelf.keep, methods=["POST"])
room.add_url_rule("/meja/saringan/<int:number>/hapus", "remove_queue", shelf.remove, methods=["POST"])
room.add_url_rule("/meja/catat", "call", calls.show)
room.add_url_rule("/meja/catat", "take_call", calls.take, methods=["POST"])
room.add_url_rule("/meja/catat/serupa", "similar", calls.show_similar)
room.add_url_rule("/meja/catat/selesai", "finish_call", calls.finish, methods=["POST"])
room.add_url_rule("/meja/<number>", "case", workbench.show)
room.add_url_rule("/meja/<number>/langkah/<target>", "move", workbench.move, methods=["POST"])
room.add_url_rule("/meja/<number>/kontak", "contact", workbench.show_contact, methods=["POST"])
room.add_url_rule("/meja/<number>/moderasi", "moderate", moderation.words, methods=["POST"])
room.add_url_rule("/meja/<number>/foto", "add_result", moderation.add_result, methods=["POST"])
room.add_url_rule("/meja/<number>/foto/<int:photo_id>", "moderate_photo", moderation.photo, methods=["POST"])
room.add_url_rule("/meja/<number>/foto/<int:photo_id>/hitamkan", "show_black", moderation.show_black)
room.add_url_rule("/meja/<number>/foto/<int:photo_id>/hitamkan", "blacken", moderation.blacken, methods=["POST"])
room.add_url_rule("/meja/<number>/pecah", "split", sorting.split, methods=["POST"])
room.add_url_rule("/meja/<number>/kerahasiaan", "change_visibility", sorting.change_visibility, methods=["POST"])
room.add_url_rule("/meja/<number>/bukan-kami", "decline", sorting.decline, methods=["POST"])
room.add_url_rule("/meja/<number>/rutekan", "reroute", sorting.reroute, methods=["POST"])
room.add_url_rule("/meja/<number>/<act>", "say", workbench.say, methods=["POST"])


@room.after_request
def keep_private(response: Response) -> Response:
    """Let no store keep what staff see."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
