"""The page of the desk: maps, charts and table of the same villages, which are chosen in any of them."""

from dataclasses import dataclass
from math import inf
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.access import LAYER, saved
from layers.access.queries import Line, people_source, together
from layers.areas.queries import District, districts
from layers.offices.kinds import KINDS
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import arguments, freshness
from webapp.extensions import reading
from webapp.planning import asking, beside, charts
from webapp.planning.asking import Wanted
from webapp.planning.drawing import drawn, usual_view
from webapp.planning.sides import Class, Desk, chosen, desk
from webapp.security.access import current_actor
from webapp.sheet import sheet


@dataclass(frozen=True)
class Row:
    """A line of the table: a village on the first side, its minutes and class on the second, whether it is chosen."""

    line: Line
    held: tuple[Class, ...]
    other: Line | None
    marks: frozenset[str]
    chosen: bool

    @property
    def longer(self) -> float | None:
        """Give how many minutes the second way takes more than the first; None where either is not known."""
        if self.other is None or self.other.minutes is None or self.line.minutes is None:
            return None
        return self.other.minutes - self.line.minutes


def show() -> ResponseReturnValue:
    """Show the desk in the state that its address holds; limits that cannot be used stay to be mended."""
    wanted = asking.wanted(request.args)
    return page(wanted, wanted.problem, 400 if wanted.problem else 200)


def page(wanted: Wanted, problem: str = "", status: int = 200) -> Response:
    """Show the desk, and what was wrong with what was sent."""
    with reading() as connection:
        told = found(connection, wanted)
        told["views"] = saved.saved(connection, current_actor())
    choices = {**CHOICES, "others": beside.offered(wanted.layout)}
    written = render_template("planning/desk.html", problem=problem, toggled=toggled, **choices, **told)
    return Response(written, status)


CHOICES = {
    "kinds": KINDS,
    "modes": MODE_CHOICES,
    "seasons": SEASON_CHOICES,
    "layouts": asking.LAYOUTS,
    "methods": asking.METHODS,
    "numbers": range(asking.FEWEST, asking.MOST + 1),
}


def found(connection: Connection, wanted: Wanted) -> dict[str, Any]:
    """Read all that the desk shows, on screen and on paper."""
    offered = districts(connection)
    district = _district(offered, wanted.district)
    both = desk(connection, wanted)
    picked = chosen(both, wanted.picked)
    view = arguments.view(request.args, usual_view(connection, district))
    rows = table(both, picked)
    first, second = both.sides[0].lines, wanted.beside and beside.found(connection, wanted.beside, view)
    return {
        "wanted": wanted,
        "districts": offered,
        "district": district,
        "desk": both,
        "titles": [asking.in_words(side.way) for side in both.sides],
        "picked": picked,
        "rows": rows,
        "whole": together("", "", [row.line for row in rows if row.chosen] if picked else first),
        "histograms": [charts.histogram(both, side, picked) for side in both.sides],
        "far": charts.far_away(first, picked) if district is None else [],
        "sheet": sheet(connection, view),
        "drawn": drawn(connection, both, view),
        "beside": second,
        "anything": any(side.known for side in both.sides) or bool(second and second.legend),
        "people_source": people_source(connection),
        "freshness": freshness.told(connection, LAYER),
        "state": asking.kept(request.args),
    }


def table(both: Desk, picked: set[str]) -> list[Row]:
    """List the villages as the address asks; who has no way needs longest."""
    others = {line.code: line for line in both.sides[1].lines} if len(both.sides) > 1 else {}
    rows = [
        Row(
            line,
            tuple(side.held[line.code] for side in both.sides if line.code in side.held),
            others.get(line.code),
            both.marks(line),
            line.code in picked,
        )
        for line in both.sides[0].lines
    ]
    name, backwards = asking.sort(request.args)
    return sorted(rows, key=lambda row: _key(row, name), reverse=backwards)


def toggled(picked: frozenset[str], mark: str) -> str:
    """Write which marks are chosen once one more is chosen, or one of them no longer."""
    return ",".join(sorted(picked ^ {mark}))


def _key(row: Row, name: str) -> Any:
    if name == "name":
        return row.line.name
    if name == "people":
        return row.line.people or 0.0
    line = row.other if name == "other" and row.other else row.line
    return inf if line.minutes is None else line.minutes


def _district(offered: list[District], code: str) -> District | None:
    """Find the kecamatan that is asked for; refuses an unknown one with 404."""
    if not code:
        return None
    known = next((each for each in offered if each.code == code), None)
    if known is None:
        abort(404, gettext("Kecamatan ini tidak ada; pilih dari daftar."))
    return known
