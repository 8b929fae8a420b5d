"""The desk on paper: an A4 sheet with maps, legend, table, sources and date, set as PDF by the worker."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.view import Box, View
from layers import provenance
from layers.access.queries import Line
from layers.access.queries import districts as by_district
from layers.layer import Layer
from layers.provenance import Origin
from layers.query import Query
from layers.records.versions import States, states
from layers.registry import layers
from webapp import printed
from webapp.extensions import reading
from webapp.planning import asking, keeping
from webapp.planning.asking import Wanted
from webapp.planning.drawing import usual_view
from webapp.planning.page import found

USED = ("access", "areas", "offices", "roads", "settlements")


@dataclass(frozen=True)
class Used:
    """A layer that the sheet rests on: its version, and where its rows in the drawn part really come from."""

    layer: Layer
    version: str
    origins: list[Origin]

    @property
    def sampled(self) -> bool:
        """Say whether sample data is among them."""
        return any(origin.source == provenance.SAMPLE for origin in self.origins)


def order() -> ResponseReturnValue:
    """Lay out what the address of the desk shows, and order it as PDF."""
    wanted = asking.wanted(request.args)
    if wanted.problem:
        abort(400, wanted.problem)
    with reading() as connection:
        told = _told(connection, wanted)
    html = printed.page("planning/report.html", **told)
    way = wanted.ways[0]
    name = "-".join(filter(None, ("jangkauan", way.kind, way.mode, way.season, wanted.district)))
    back = keeping.address(asking.kept(request.args))
    return printed.order(f"{gettext('Laporan A4')}: {told['titles'][0]}", name, back, html)


def _told(connection: Connection, wanted: Wanted) -> dict[str, Any]:
    told = found(connection, wanted)
    if not told["anything"]:
        abort(409, gettext("Belum ada yang dapat dicetak: waktu tempuhnya belum dihitung."))
    view, laid = told["sheet"].view, told["beside"] and told["beside"].svg
    used = _used(connection, wanted, _box(view, usual_view(connection, told["district"])), states(connection))
    return told | {
        "ground": printed.drawing(connection, view),
        "names": printed.names(connection, view),
        "picture": printed.embedded(laid) if laid else "",
        "used": used,
        "sampled": any(one.sampled for one in used),
        "by_district": _by_district(told),
        "now": datetime.now(UTC),
    }


def _used(connection: Connection, wanted: Wanted, box: Box, known: States) -> list[Used]:
    names = [*USED, *((wanted.beside.layer.id, *wanted.beside.layer.needs) if wanted.beside else ())]
    used = [layers()[name] for name in dict.fromkeys(names)]
    return [
        Used(layer, known.of(layer.id), provenance.origins_of(connection, Query(layer, bbox=box))) for layer in used
    ]


def _box(view: View, whole: View) -> Box:
    """Give the part that map and table speak of: what is drawn, and the area that was chosen."""
    (west, south, east, north), (left, bottom, right, top) = view.bounds(), whole.bounds()
    return min(west, left), min(south, bottom), max(east, right), max(north, top)


def _by_district(told: dict[str, Any]) -> list[Line]:
    """Add the listed villages up by kecamatan; nothing where all lie in one."""
    lines = [row.line for row in told["rows"] if row.chosen or not told["picked"]]
    found = by_district(lines)
    return found if len(found) > 1 else []
