"""The addresses of imports in the browser; all of them are for administrators and planners."""

from flask import Blueprint

from webapp.importing import columns, receiving, saying, showing
from webapp.security.access import holders, open_room

room = Blueprint("importing", __name__, url_prefix="/admin/impor")
open_room(room, holders("administrator", "planner"))
room.add_url_rule("", "all", receiving.show)
room.add_url_rule("", "receive", receiving.receive, methods=["POST"])
room.add_url_rule("/<int:number>", "one", showing.show)
room.add_url_rule("/<int:number>/kolom", "columns", columns.show)
room.add_url_rule("/<int:number>/kolom", "try", columns.try_out, methods=["POST"])
room.add_url_rule("/<int:number>/isian", "say", saying.show)
room.add_url_rule("/<int:number>/isian", "try_said", saying.try_out, methods=["POST"])
room.add_url_rule("/<int:number>/masuk", "take", showing.take, methods=["POST"])
room.add_url_rule("/<int:number>/batal", "cancel", showing.cancel, methods=["POST"])
room.add_url_rule("/<int:number>/keadaan", "state", showing.state)
room.add_url_rule("/<int:number>/peta.svg", "drawing", showing.drawing)
room.add_url_rule("/<int:number>/gambar.png", "picture", showing.picture)
room.add_url_rule("/<int:number>/ditolak", "refused", showing.refused)
