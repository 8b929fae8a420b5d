"""The addresses of public works: for everyone, for programs, and for the agencies that keep them."""

from flask import Blueprint

from webapp.security.access import EVERYONE, holders, open_room, open_to
from webapp.works import detail, files, following, keeping, lists, money, registering, standard

KEEPERS = open_to(holders("coordinator", "planner"))

room = Blueprint("works", __name__)
open_room(room, EVERYONE)
room.add_url_rule("/pekerjaan", "list", lists.show)
room.add_url_rule("/pekerjaan/uang", "money", money.show)
room.add_url_rule("/pekerjaan/<int:work_id>", "detail", detail.show)
room.add_url_rule("/pekerjaan/<int:work_id>/ikut", "follow", following.follow, methods=["POST"])
room.add_url_rule("/umpan/pekerjaan/<int:work_id>.atom", "feed", following.show_feed)
room.add_url_rule("/pekerjaan/foto/<int:number>.jpg", "photo", files.show_full)
room.add_url_rule("/pekerjaan/foto/<int:number>/kecil.jpg", "small_photo", files.show_small)
room.add_url_rule("/pekerjaan/dokumen/<int:number>.pdf", "document", files.download)
room.add_url_rule("/works.json", "standard", standard.show_all)
room.add_url_rule("/works/P-<int:work_id>.json", "standard_one", standard.show_one)

room.add_url_rule("/pekerjaan/kelola", "own", KEEPERS(registering.show_own))
room.add_url_rule("/pekerjaan/baru", "new", KEEPERS(registering.ask))
room.add_url_rule("/pekerjaan/baru", "register", KEEPERS(registering.register), methods=["POST"])
room.add_url_rule("/pekerjaan/<int:work_id>/kelola", "keep", KEEPERS(keeping.show))
room.add_url_rule("/pekerjaan/<int:work_id>/kelola/foto", "add_photo", KEEPERS(keeping.add_photo), methods=["POST"])
room.add_url_rule(
    "/pekerjaan/<int:work_id>/kelola/dokumen", "add_document", KEEPERS(keeping.add_document), methods=["POST"]
)
room.add_url_rule("/pekerjaan/<int:work_id>/kelola/<act>", "act", KEEPERS(keeping.act), methods=["POST"])
