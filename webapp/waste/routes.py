"""The addresses of waste, and for whom each is."""

from flask import Blueprint

from webapp.security.access import EVERYONE, open_room
from webapp.waste import page, rounds, standards

room = Blueprint("waste", __name__, url_prefix="/sampah")
open_room(room, EVERYONE)
room.add_url_rule("", "page", page.show)
room.add_url_rule("/tabel.csv", "table", page.table)
room.add_url_rule("/tempat.csv", "sites", page.sites_table)
room.add_url_rule("/standar", "standards", standards.show)
room.add_url_rule("/standar", "keep_standard", standards.keep, methods=["POST"])
room.add_url_rule("/angkutan", "rounds", rounds.show)
room.add_url_rule("/angkutan", "ask_round", rounds.ask, methods=["POST"])
room.add_url_rule("/angkutan/<int:number>", "round", rounds.answer)
room.add_url_rule("/angkutan/<int:number>.csv", "round_table", rounds.table)
