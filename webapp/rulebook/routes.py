"""The addresses of the rules by which complaints are handled and roads judged; all are for administrators."""

from flask import Blueprint

from webapp.rulebook import area, roads, rules, texts, trying
from webapp.security.access import holders, open_room

room = Blueprint("rulebook", __name__)
open_room(room, holders("administrator"))
room.add_url_rule("/admin/aturan", "all", rules.show_all)
room.add_url_rule("/admin/aturan/coba", "try", trying.show)
room.add_url_rule("/admin/aturan/rute/baru", "new_rule", rules.show_new)
room.add_url_rule("/admin/aturan/rute/baru", "add_rule", rules.add, methods=["POST"])
room.add_url_rule("/admin/aturan/rute/<int:number>", "rule", rules.show_one)
room.add_url_rule("/admin/aturan/rute/<int:number>", "keep_rule", rules.keep, methods=["POST"])
room.add_url_rule("/admin/aturan/rute/<int:number>/kawasan.geojson", "area", area.take_along)
room.add_url_rule("/admin/aturan/rute/<int:number>/hapus", "remove_rule", rules.remove, methods=["POST"])
room.add_url_rule("/admin/aturan/jenis/<kind>", "keep_kind", rules.keep_kind, methods=["POST"])
room.add_url_rule("/admin/aturan/batas/<limit>", "keep_limit", rules.keep_limit, methods=["POST"])
room.add_url_rule("/admin/aturan/jalan", "roads", roads.show_all)
room.add_url_rule("/admin/aturan/jalan/tabel/<rule>", "road_table", roads.show_table)
room.add_url_rule("/admin/aturan/jalan/isian", "road_cell", roads.ask)
room.add_url_rule("/admin/aturan/jalan/isian", "keep_road_cell", roads.keep, methods=["POST"])
room.add_url_rule("/admin/teks", "texts", texts.show_all)
room.add_url_rule("/admin/teks", "keep_text", texts.keep, methods=["POST"])
room.add_url_rule("/admin/teks/<name>/hapus", "remove_text", texts.remove, methods=["POST"])
