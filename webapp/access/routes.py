"""The addresses of access, and for whom each is."""

from flask import Blueprint

from webapp.access import around, building, page, standards
from webapp.security.access import EVERYONE, open_room

room = Blueprint("access", __name__, url_prefix="/jangkauan")
open_room(room, EVERYONE)
room.add_url_rule("", "page", page.show)
room.add_url_rule("/tabel.csv", "table", page.table)
room.add_url_rule("/dari", "around", around.show)
room.add_url_rule("/dari.geojson", "around_geojson", around.geojson)
room.add_url_rule("/standar", "standards", standards.show)
room.add_url_rule("/standar", "keep_standard", standards.keep, methods=["POST"])
room.add_url_rule("/bangun", "build", building.show)
room.add_url_rule("/bangun", "ask_building", building.ask, methods=["POST"])
room.add_url_rule("/bangun/<int:number>", "answer", building.answer)
