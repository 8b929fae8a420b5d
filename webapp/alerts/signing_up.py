"""News from an area: where, about what, and to which address; the address must then say yes by a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.naming import named
from layers.areas.queries import NamedVillage, centre, village_at, villages
from layers.complaints.alerts import RADII_M, Scope
from layers.complaints.categories import CATEGORIES
from layers.complaints.invitations import ask_for_alert
from layers.complaints.refusals import ActRefusedError
from webapp import agreement, arguments
from webapp.extensions import engine, reading, settings
from webapp.language import in_language, language
from webapp.sheet import CHOICES_PX, home_view, sheet, view_of

ADDRESS = "/kabar"
USUAL_M = 2000
AREAS = ("kecamatan", "desa", "kelurahan")
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Spot:
    """Where news should come from: an area by its code, or around a point; with its name, lon, lat in EPSG:4326."""

    name: str
    lon: float
    lat: float
    code: str = ""


def show() -> str | Response:
    """Ask where, and once that is known, about what and to whom."""
    with reading() as connection:
        clicked = arguments.click(request.args, arguments.view(request.args, home_view(connection)))
        if clicked:
            kept = {name: request.args[name] for name in ("category",) if name in request.args}
            return redirect(f"{ADDRESS}?{urlencode({'lat': clicked[1], 'lon': clicked[0], **kept})}", 303)  # type: ignore[return-value]
        return page(connection, request.args, {})


def take() -> Response:
    """Ask the owner of the address by a letter; what will not do is shown again as it was typed."""
    if request.form.get("homepage"):  # hidden from people; programs fill in whatever they find
        abort(400, gettext("Isian ini tampak dikirim oleh program; buka halaman ini lagi dan isi kembali."))
    problems = agreement.wrong()
    with engine().begin() as connection:
        spot = asked_spot(connection, request.form)
        if spot is None or problems:
            return Response(page(connection, request.form, problems), 422)
        try:
            data_dir, email = settings().data_dir, agreement.typed()
            ask_for_alert(connection, data_dir, email, agreement.consent(), scope(spot), language())
        except ActRefusedError as refused:
            abort(400, in_language(refused.text))
    return redirect(f"{ADDRESS}/periksa", 303)  # type: ignore[return-value]


def wait() -> str:
    """Say that a letter is on its way, whatever is known of the address."""
    return render_template("alerts/wait.html")


def page(connection: Connection, given: Mapping[str, str], problems: Mapping[str, str]) -> str:
    """Show the question that is open, with what is known already."""
    spot = asked_spot(connection, given)
    usual = view_of([(spot.lon, spot.lat)] if spot else [], home_view(connection))
    shown: dict[str, Any] = {
        "spot": spot,
        "districts": {} if spot else districts(connection),
        "categories": CATEGORIES,
        "chosen": {"category": given.get("category", ""), "radius": given.get("radius", str(USUAL_M))},
        "radii": RADII_M,
        "typed": given,
        "problems": problems,
        "consent_words": agreement.consent(),
        "sheet": sheet(connection, arguments.view(given, usual), here=(spot.lon, spot.lat) if spot else None),
        "widths": CHOICES_PX,
    }
    return render_template("alerts/ask.html", **shown)


def asked_spot(connection: Connection, given: Mapping[str, str]) -> Spot | None:
    """Find where an address or a form says that news should come from; None where it says nothing, or nonsense."""
    code = given.get("area", "")
    if code:
        area = named(connection, [code]).get(code)
        at = centre(connection, code) if area and area.level in AREAS else None
        if area is None or at is None:
            abort(404, gettext("Desa atau kecamatan dengan kode ini tidak ada; periksa kodenya."))
        level = {"kecamatan": gettext("Kecamatan"), "kelurahan": gettext("Kelurahan")}.get(area.level, gettext("Desa"))
        return Spot(f"{level} {area.name}", *at, code)
    given_point = arguments.position(given)
    if given_point is None:
        return None
    village = village_at(connection, *given_point)
    where = gettext("sekitar titik di %(village)s", village=village.name) if village else gettext("sekitar titik itu")
    return Spot(str(where), *given_point)


def scope(spot: Spot) -> Scope:
    """Read from a form what the news should be about."""
    category = request.form.get("category") or None
    if spot.code:
        return Scope(area_code=spot.code, category=category)
    written = request.form.get("radius", "")
    radius = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None
    return Scope(lon=spot.lon, lat=spot.lat, radius_m=radius, category=category)


def districts(connection: Connection) -> dict[tuple[str, str], list[NamedVillage]]:
    """List the villages of the regency by code and name of their kecamatan."""
    found: dict[tuple[str, str], list[NamedVillage]] = {}
    for village in villages(connection):
        found.setdefault((village.code.rpartition(".")[0], village.kecamatan), []).append(village)
    return found
