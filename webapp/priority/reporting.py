"""The report of a ranking: what its sheet, its map file and its workbook show."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.naming import named
from layers.priority import LAYER, locks, report
from layers.priority.criteria import Measure
from layers.priority.ranking import FIRST
from layers.priority.report import Report
from webapp import freshness
from webapp.priority import asking, wording
from webapp.priority.board import ranking
from webapp.priority.explaining import because, shares

TOP = 25
CONTESTED = 20


@dataclass(frozen=True)
class Cell:
    """What one criterion brought one road: its value, and a bar as long as its part of the most that any brought."""

    measure: Measure
    value: float | None
    bar: float


def of_board(connection: Connection) -> Report:
    """Report on the ranking that the address asks for, as it stands now."""
    given = asking.of_roads(request.values)
    ranked = ranking(connection, given)
    if not any(place.rank for place in ranked.places):
        abort(400, gettext("Belum ada jalan yang dapat dinilai, sehingga tidak ada yang dapat dilaporkan."))
    titles = {
        ("ruas", True): gettext("Urutan prioritas jalan kabupaten"),
        ("bagian", True): gettext("Urutan prioritas bagian jalan kabupaten yang rusak"),
        ("ruas", False): gettext("Urutan jalan yang diusulkan kepada pemiliknya"),
        ("bagian", False): gettext("Urutan bagian jalan yang diusulkan kepada pemiliknya"),
    }
    versions = locks.stated_versions(connection)
    return report.of_board(ranked, str(titles[given.unit, given.own]), versions, datetime.now(UTC))


def of_locked(connection: Connection, number: int) -> Report:
    """Report on a locked ranking; answers 404 where there is none, 409 where its seal is broken."""
    found = locks.locked(connection, number)
    if found is None:
        abort(404, gettext("Peringkat dengan nomor ini tidak ada; lihat daftarnya."))
    if not found.holds:
        abort(409, gettext("Peringkat ini telah diubah dari luar, sehingga tidak dilaporkan."))
    return report.of_locked(found)


def told(connection: Connection, one: Report) -> dict[str, Any]:
    """Gather what every form of the report shows."""
    rows = one.board.rows[: min(TOP, one.ranked)]
    firm = one.firmness.tolist()
    disputed = one.contested
    first = range(min(FIRST, one.ranked))
    weighted = [m for m in one.measures if one.board.weights[m.key]]
    return {
        "report": one,
        "freshness": "" if one.number else freshness.told(connection, LAYER),
        "rows": list(zip(rows, one.board.places, firm, strict=False)),
        "villages": named(connection, [row["village_code"] for row in one.board.rows]),
        "reasons": [because(shares(one.board, i, one.measures)) for i in first],
        "weighted": weighted,
        "cells": cells(one, weighted, first),
        "gaps": {m.key: sum(row[m.key] is None for row in one.board.rows) for m in one.measures},
        "contested": [(one.board.rows[i], one.board.places[i], firm[i]) for i in disputed[:CONTESTED]],
        "cost": costs(rows[:FIRST]),
        "method": wording.method(one),
        "firmness": wording.firmness(one),
        "contested_words": wording.contested(one),
        "versions": list(wording.versions(one)),
        "limits": wording.limits(),
        "first": FIRST,
    }


def cells(one: Report, weighted: list[Measure], first: range) -> list[list[Cell]]:
    """Lay out what each weighted criterion brought the first ones."""
    found = [{line.measure.key: line for line in shares(one.board, i, one.measures)} for i in first]
    most = max((line.brought or 0.0 for lines in found for line in lines.values()), default=0.0) or 1.0
    return [[Cell(m, lines[m.key].value, (lines[m.key].brought or 0.0) / most) for m in weighted] for lines in found]


def costs(rows: Any) -> dict[str, Any]:
    """Add up length and cost of some roads; the cost None where that of any is not known."""
    known = [row["cost_rp"] for row in rows]
    return {
        "km": sum(row["length_m"] for row in rows) / 1000,
        "rupiah": None if None in known else sum(known),
        "made_up": any(row["cost_made_up"] for row in rows),
        "number": len(rows),
    }
