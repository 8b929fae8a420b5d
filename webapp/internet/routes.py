"""The addresses of internet: who lacks it, and pages where phones measure and people tell."""

from flask import Blueprint

from webapp.internet import measuring, page, telling
from webapp.security.access import EVERYONE, open_room

room = Blueprint("internet", __name__, url_prefix="/internet")
open_room(room, EVERYONE)
room.add_url_rule("", "page", page.show)
room.add_url_rule("/tabel.csv", "table", page.table)
room.add_url_rule("/kantor.csv", "offices", page.offices_table)
room.add_url_rule("/pertentangan.csv", "contradictions", page.contradictions_table)
room.add_url_rule("/ukur", "measure", measuring.show)
room.add_url_rule("/ukur", "keep", measuring.keep, methods=["POST"])
room.add_url_rule("/ukur/hasil", "result", measuring.result)
room.add_url_rule("/uji/denyut", "ping", measuring.ping)
room.add_url_rule("/uji/unduh", "download", measuring.download)
room.add_url_rule("/uji/unggah", "upload", measuring.upload, methods=["POST"])
room.add_url_rule("/sinyal", "signal", telling.show)
room.add_url_rule("/sinyal", "tell", telling.keep, methods=["POST"])
