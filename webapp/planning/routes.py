"""The addresses of the planner's desk."""

from flask import Blueprint

from webapp.planning import beside, keeping, page, report
from webapp.security.access import holders, open_room

room = Blueprint("planning", __name__, url_prefix="/perencana")
open_room(room, holders("planner", "administrator"))
room.add_url_rule("", "desk", page.show)
room.add_url_rule("/lapis.svg", "picture", beside.show)
room.add_url_rule("/simpan", "keep", keeping.keep, methods=["POST"])
room.add_url_rule("/hapus/<int:number>", "remove", keeping.remove, methods=["POST"])
room.add_url_rule("/cetak", "order", report.order, methods=["POST"])
