"""The page of standards: what rules ask for, who falls short, and, for planners and administrators, changing them."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.access import LAYER, standards
from layers.access.queries import people_source
from layers.access.standards import MEASURES, SETTINGS, Standard
from layers.layer import Choice, Text
from layers.offices.kinds import KINDS
from layers.standards import StandardError
from webapp import freshness, typed
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor, holders, open_to

KEEPERS = holders("planner", "administrator")
TITLES = {kind.id: kind.title for kind in KINDS}
SETTING_TITLES = (
    Choice("kota", Text("Perkotaan (kelurahan)", "Urban")),
    Choice("desa", Text("Perdesaan (desa)", "Rural")),
)
MEASURE_TITLES = (
    Choice("jarak", Text("meter berjalan kaki ke yang terdekat", "metres on foot to the nearest")),
    Choice("menit", Text("menit dengan sepeda motor ke yang terdekat", "minutes by motorcycle to the nearest")),
    Choice("penduduk", Text("jiwa untuk satu kantor", "people for one office")),
)


def show() -> ResponseReturnValue:
    """Show every standard with who falls short."""
    return page()


def page(problem: str = "", status: int = 200) -> Response:
    """Show the standards, and what was wrong with one that was sent."""
    with reading() as connection:
        found = standards.findings(connection)
        told = {"freshness": freshness.told(connection, LAYER), "people_source": people_source(connection)}
    known = {(one.standard.kind, one.standard.setting) for one in found}
    empty = [(kind, setting) for kind in KINDS for setting in SETTING_TITLES if (kind.id, setting.id) not in known]
    words = {**told, "titles": TITLES, "settings": SETTING_TITLES, "measures": MEASURE_TITLES, "kinds": KINDS}
    may = KEEPERS.allows(current_actor())
    written = render_template("access/standards.html", found=found, empty=empty, may=may, problem=problem, **words)
    return Response(written, status)


@open_to(KEEPERS)
def keep() -> ResponseReturnValue:
    """Keep a standard, or take one away."""
    sent = request.form
    kind, setting, measure = (sent.get(name, "") for name in ("kind", "setting", "measure"))
    with engine().begin() as connection:
        if sent.get("hapus"):
            standards.remove_standard(connection, current_actor(), kind, setting, measure)
            return redirect("/jangkauan/standar", 303)
    try:
        wanted = _read(kind, setting, measure, sent.get("value", ""), sent.get("source", "")[:500])
        with engine().begin() as connection:
            standards.set_standard(connection, current_actor(), wanted)
    except StandardError as error:
        return page(in_language(error.text), 422)
    return redirect("/jangkauan/standar", 303)


def _read(kind: str, setting: str, measure: str, value: str, source: str) -> Standard:
    known_setting = next((one for one in SETTINGS if one == setting), None)
    known_measure = next((one for one in MEASURES if one == measure), None)
    if known_setting is None or known_measure is None:
        raise StandardError(
            Text("Pilih layanan, kota atau desa, dan ukurannya.", "Choose service, setting and measure.")
        )
    return Standard(kind, known_setting, known_measure, typed.number(value) or 0.0, source)
