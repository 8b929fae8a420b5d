"""The desk on paper: an A4 sheet with maps, legend, table, sources and date, set as PDF by the worker."""

from datetime import UTC, datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.records.versions import states
from layers.registry import layers
from webapp import printed
from webapp.extensions import reading
from webapp.planning import asking, keeping
from webapp.planning.page import found

USED = ("access", "areas", "offices", "roads", "settlements")


def order() -> ResponseReturnValue:
    """Lay out what the address of the desk shows, and order it as PDF."""
    wanted = asking.wanted(request.args)
    if wanted.problem:
        abort(400, wanted.problem)
    with reading() as connection:
        told = found(connection, wanted)
        if not told["anything"]:
            abort(409, gettext("Belum ada yang dapat dicetak: waktu tempuhnya belum dihitung."))
        ground, known = printed.drawing(connection, told["sheet"].view), states(connection)
    names = [*USED, *((wanted.beside.layer.id, *wanted.beside.layer.needs) if wanted.beside else ())]
    used = [layers()[name] for name in dict.fromkeys(names)]
    versions = [(layer, known.of(layer.id)) for layer in used]
    now = datetime.now(UTC)
    laid = printed.embedded(told["beside"].svg) if told["beside"] and told["beside"].svg else ""
    html = printed.page("planning/report.html", ground=ground, picture=laid, versions=versions, now=now, **told)
    way = wanted.ways[0]
    name = "-".join(filter(None, ("jangkauan", way.kind, way.mode, way.season, wanted.district)))
    back = keeping.address(asking.kept(request.args))
    return printed.order(f"{gettext('Laporan A4')}: {told['titles'][0]}", name, back, html)
