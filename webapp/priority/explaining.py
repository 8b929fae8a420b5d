"""Why a road stands where it stands: each criterion's share, what would make it the first, how firm its place is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np
from flask import abort, render_template, request
from flask_babel import gettext

from layers.access.queries import people_source
from layers.areas.naming import named
from layers.priority import LAYER
from layers.priority.criteria import CAP, Measure
from layers.priority.ranking import DRAWS, FIRST, SPREAD, Board
from layers.priority.treatments import treatments
from layers.priority.units import COLLECTION, LINK, OFFICE, UNITS
from webapp import freshness
from webapp.extensions import reading
from webapp.language import in_language, number
from webapp.priority import asking
from webapp.priority.board import ranking
from webapp.priority.drawing import drawn

REASONS = 2
SAME = 1e-9


@dataclass(frozen=True)
class Line:
    """One criterion of one road: weight and share as parts of 1, None where not known; what alone would do.

    `alike` says that it tells no roads apart: all have the same value.
    """

    measure: Measure
    weight: float
    value: float | None
    brought: float | None
    alike: bool = False
    value_needed: float | None = None
    weight_needed: float | None = None


def show(row_id: int) -> str:
    """Explain the place of one candidate among those like it."""
    given = asking.asked(request.args)
    with reading() as connection:
        ranked = ranking(connection, given)
        at = ranked.at(row_id)
        if at is None:
            abort(404, gettext("Jalan ini tidak ada dalam peringkat itu; kembali ke daftarnya."))
        row, place = ranked.rows[at], ranked.places[at]
        found = lines(ranked, at) if place.rank else []
        told = {
            "because": because(found) if place.rank else "",
            "firm": ranked.firmness()[at] if place.rank else None,
            "without_complaints": without_complaints(ranked, at),
            "unknown": [m for m in ranked.measures if row[m.key] is None],
            "village": named(connection, [row["village_code"]]).get(row["village_code"] or ""),
            "treatments": treatments(connection),
            "what_if": what_if(row),
            "freshness": freshness.told(connection, LAYER),
            "people_source": people_source(connection),
            "sheet": drawn(connection, [row]),
            "shaken": {"top": FIRST, "spread": SPREAD, "draws": DRAWS, "cap": CAP},
        }
        return render_template(
            "priority/candidate.html", asked=given, row=row, place=place, lines=found, total=len(ranked.rows), **told
        )


def without_complaints(ranked: Board, at: int) -> int | None:
    """Tell the rank without complaints; None where there is none, or where these are no criterion."""
    asked = ranked.places[at].rank and "complaints" in ranked.weights
    return ranked.rank_without(at, "complaints") if asked else None


def what_if(row: Mapping[str, Any]) -> str:
    """Give the address that asks what becomes of everybody if this is done; "" where travel times do not tell."""
    if row["unit"] in (OFFICE, COLLECTION):
        _, kind, village = row["source_id"].split(":")
        return f"/skenario?{urlencode({'kind': kind, 'village': village})}"
    of_roads = UNITS[row["unit"]].of_roads or row["unit"] == LINK
    return f"/skenario?{urlencode({'road': row['source_id']})}" if of_roads else ""


def lines(ranked: Board, at: int) -> list[Line]:
    """Tell each criterion of one road, those that brought most first, with what alone would make the road the first."""
    changes, columns = ranked.changes(at), {key: column for column, key in enumerate(ranked.table.keys)}
    return [
        replace(
            line,
            value_needed=known(changes.values[columns[line.measure.key]]),
            weight_needed=known(changes.weights[columns[line.measure.key]]),
        )
        for line in shares(ranked, at, ranked.measures)
    ]


def shares(ranked: Board, at: int, measures: Sequence[Measure]) -> list[Line]:
    """Tell what each criterion of one road brought, those that brought most first."""
    table, parts = ranked.table, ranked.parts[at]
    alike = table.best == table.worst
    found = [
        Line(m, ranked.weights[m.key], known(table.values[at, column]), known(parts[column]), bool(alike[column]))
        for column, m in enumerate(measures)
        if ranked.weights[m.key] or table.known[at, column]
    ]
    return sorted(found, key=lambda line: (-(line.brought or 0), -line.weight))


def because(found: list[Line]) -> str:
    """Name what brought most, in words."""
    reasons = [line for line in found if line.brought and line.brought > SAME and not line.alike][:REASONS]
    told = [f"{in_language(line.measure.title).lower()} {written(line.measure, line.value)}" for line in reasons]
    return str(gettext(" dan ")).join(told)


def written(measure: Measure, value: float | None) -> str:
    """Write a value with its unit; "" where it is not known."""
    return "" if value is None else f"{number(value, measure.digits)} {in_language(measure.unit)}"


def known(value: Any) -> float | None:
    """Give a number, None where it is none."""
    return float(value) if np.isfinite(value) else None
