"""The addresses of the priority pages: planners rank and lock, everybody reads what was locked."""

from flask import Blueprint

from webapp.priority import (
    board,
    budget,
    budget_report,
    explaining,
    figuring,
    locking,
    pairs,
    report_files,
    report_paper,
    scenario,
    scenario_report,
    treating,
)
from webapp.security.access import EVERYONE, SIGNED_IN, holders, open_room, open_to

PLANNERS = holders("planner", "administrator")

room = Blueprint("priority", __name__)
open_room(room, PLANNERS)
room.add_url_rule("/prioritas", "board", board.show)
room.add_url_rule("/prioritas/<int:row_id>", "candidate", explaining.show)
room.add_url_rule("/prioritas/laporan.<ending>", "board_file", report_files.of_board)
room.add_url_rule("/prioritas/cetak", "print_board", report_paper.of_board, methods=["POST"])
room.add_url_rule("/prioritas/bandingkan", "pairs", pairs.show)
room.add_url_rule("/prioritas/bobot", "keep_weights", locking.keep_weights, methods=["POST"])
room.add_url_rule("/prioritas/kunci", "lock", locking.lock_ranking, methods=["POST"])
room.add_url_rule("/prioritas/terkunci", "locked_list", open_to(EVERYONE)(locking.show_list))
room.add_url_rule("/prioritas/terkunci/<int:number>", "locked", open_to(EVERYONE)(locking.show_one))
room.add_url_rule(
    "/prioritas/terkunci/<int:number>/laporan.<ending>", "locked_file", open_to(EVERYONE)(report_files.of_locked)
)
printing = open_to(SIGNED_IN)(report_paper.of_locked)
room.add_url_rule("/prioritas/terkunci/<int:number>/cetak", "print_locked", printing, methods=["POST"])
room.add_url_rule("/skenario", "scenario", scenario.show)
room.add_url_rule("/skenario", "ask_scenario", scenario.ask, methods=["POST"])
room.add_url_rule("/skenario/<run_id>", "scenario_run", scenario.show_run)
room.add_url_rule("/anggaran", "budget", budget.show)
room.add_url_rule("/anggaran", "ask_budget", budget.ask, methods=["POST"])
room.add_url_rule("/anggaran/<run_id>", "budget_run", budget.show_run)
room.add_url_rule("/anggaran/<run_id>/laporan.<ending>", "budget_file", budget_report.file)
room.add_url_rule("/anggaran/<run_id>/cetak", "print_budget", budget_report.order, methods=["POST"])
room.add_url_rule("/prioritas/penanganan", "treatments", treating.show)
room.add_url_rule("/prioritas/penanganan", "keep_treatments", treating.keep, methods=["POST"])
room.add_url_rule("/prioritas/penanganan.csv", "treatments_file", treating.send)
room.add_url_rule("/prioritas/angka", "figures", figuring.show)
room.add_url_rule("/prioritas/angka", "keep_figures", figuring.keep, methods=["POST"])
room.add_url_rule("/prioritas/angka.csv", "figures_file", figuring.send)
room.add_url_rule("/skenario/<run_id>/laporan.html", "scenario_file", scenario_report.file)
room.add_url_rule("/skenario/<run_id>/cetak", "print_scenario", scenario_report.order, methods=["POST"])
