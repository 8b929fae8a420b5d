"""The addresses of reporting: the questions, the receipt, the case that anyone may open, the reporter's own view."""

from flask import Blueprint, Response, request

from webapp.complaints import (
    case,
    feeds,
    joining,
    judging,
    opening,
    own,
    own_data,
    pictures,
    placing,
    report,
    sending,
    tracking,
)
from webapp.security.access import EVERYONE, open_room

room = Blueprint("complaints", __name__)
open_room(room, EVERYONE)
room.add_url_rule("/lapor", "start", report.start)
room.add_url_rule("/lapor", "begin", report.begin, methods=["POST"])
room.add_url_rule("/lapor/<step_id>", "question", report.show)
room.add_url_rule("/lapor/<step_id>", "answer", report.take, methods=["POST"])
room.add_url_rule("/lapor/tempat/foto", "locate_photo", pictures.locate, methods=["POST"])
room.add_url_rule("/lapor/jenis/lepas", "detach", report.detach, methods=["POST"])
room.add_url_rule("/lapor/kirim", "send", sending.send, methods=["POST"])
room.add_url_rule("/lapor/terima", "receipt", sending.show_receipt)
room.add_url_rule("/lapor/catat", "note", sending.note, methods=["POST"])
room.add_url_rule("/lapor/hapus", "forget", report.forget, methods=["POST"])
room.add_url_rule("/laporan/kode", "code", tracking.ask)
room.add_url_rule("/laporan/kode", "enter_code", tracking.enter, methods=["POST"])
room.add_url_rule("/laporan/keluar", "leave", tracking.leave, methods=["POST"])
room.add_url_rule("/laporan/tautan", "ask_for_link", opening.ask, methods=["POST"])
room.add_url_rule("/laporan/tautan", "link", opening.show)
room.add_url_rule("/laporan/tautan/<token>", "take_link", opening.take)
room.add_url_rule("/laporan/tautan/buka", "open_link", opening.enter, methods=["POST"])
room.add_url_rule("/laporan/penilaian/<token>", "survey", judging.show)
room.add_url_rule("/laporan/penilaian/<token>", "judge", judging.take, methods=["POST"])
room.add_url_rule("/laporan/saya/penilaian", "judge_own", judging.take_own, methods=["POST"])
room.add_url_rule("/laporan/saya", "own", own.show)
room.add_url_rule("/laporan/saya/data", "own_data", own_data.show)
room.add_url_rule("/laporan/saya/data", "correct_contact", own_data.correct_contact, methods=["POST"])
room.add_url_rule("/laporan/saya/data.json", "copy_data", own_data.copy)
room.add_url_rule("/laporan/saya/tulisan", "correct_words", own_data.correct_words, methods=["POST"])
room.add_url_rule("/laporan/saya/hapus", "ask_to_erase", own_data.ask_to_erase)
room.add_url_rule("/laporan/saya/hapus", "erase", own_data.erase, methods=["POST"])
room.add_url_rule("/laporan/saya/terlihat", "own_visibility", own.change_visibility, methods=["POST"])
room.add_url_rule("/laporan/saya/bagian", "open_other", own.open_other, methods=["POST"])
room.add_url_rule("/laporan/saya/foto", "add_photo", pictures.add, methods=["POST"])
room.add_url_rule("/laporan/saya/letak", "spot", placing.show)
room.add_url_rule("/laporan/saya/letak", "take_spot", placing.take, methods=["POST"])
room.add_url_rule("/laporan/foto/<int:number>.jpg", "photo", pictures.show_full)
room.add_url_rule("/laporan/foto/<int:number>/kecil.jpg", "small_photo", pictures.show_small)
room.add_url_rule("/laporan/saya/<act_id>", "own_act", own.act, methods=["POST"])
room.add_url_rule("/laporan/<number>", "case", case.show)
room.add_url_rule("/umpan/laporan.atom", "feed", feeds.show_all)
room.add_url_rule("/umpan/wilayah/<code>.atom", "area_feed", feeds.show_area)
room.add_url_rule("/umpan/jenis/<category>.atom", "category_feed", feeds.show_category)
room.add_url_rule("/umpan/laporan/<number>.atom", "case_feed", feeds.show_case)
room.add_url_rule("/laporan/<number>/saya-juga", "join", joining.join, methods=["POST"])
room.add_url_rule("/laporan/<number>/ikut", "follow", joining.follow_by_mail, methods=["POST"])

MINE = (
    "receipt",
    "own",
    "own_act",
    "own_visibility",
    "open_other",
    "spot",
    "take_spot",
    "own_data",
    "correct_contact",
    "copy_data",
    "correct_words",
    "erase",
)
LINKED = ("judge_own", "link", "take_link", "open_link", "survey", "judge")
ONE_PERSON = tuple(f"complaints.{page}" for page in (*MINE, *LINKED))


@room.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser keep the pages that hold a code or a contact: the next person may use the same phone."""
    if request.endpoint in ONE_PERSON:
        response.headers["Cache-Control"] = "private, no-store"
    return response
