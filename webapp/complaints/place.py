"""Where is it: by the device, by a point on the map, or by the name of the village; and what stands near it."""

from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import villages
from layers.complaints.table import POINT, VILLAGE
from webapp import arguments
from webapp.complaints.drafting import Answers
from webapp.complaints.steps import LETTERS, Form, Problems, Step
from webapp.sheet import CHOICES_PX, Sheet, home_view, sheet, view_of
from webapp.spots import Spot, districts, outside, spot_at


def spot(connection: Connection, answers: Answers) -> Spot | None:
    """Give the position that was chosen, None where none was."""
    if "lon" not in answers:
        return None
    return spot_at(connection, answers["lon"], answers["lat"], answers.get("precision") == POINT)


def _read(connection: Connection, form: Form) -> Answers:
    """Take a point of the map or of the device, else a village by its code; an empty form changes nothing."""
    pointed = arguments.click(form, arguments.view(form, home_view(connection))) or arguments.position(form)
    if pointed:
        return {"lon": pointed[0], "lat": pointed[1], "precision": POINT}
    named = next((v for v in villages(connection) if v.code == form.get("village")), None)
    return {"lon": named.lon, "lat": named.lat, "precision": VILLAGE} if named else {}


def _problems(connection: Connection, answers: Answers) -> Problems:
    chosen = spot(connection, answers)
    if chosen is None:
        return {"place": gettext("Pilih tempatnya dahulu: tekan peta, pakai lokasi ponsel, atau pilih desa.")}
    told = outside(connection, chosen)
    return {"place": told} if told else {}


def _shows(connection: Connection, answers: Answers) -> dict[str, Any]:
    chosen = spot(connection, answers)
    return {
        "spot": chosen,
        "sheet": _sheet(connection, chosen),
        "widths": CHOICES_PX,
        "districts": districts(connection),
    }


def _sheet(connection: Connection, chosen: Spot | None) -> Sheet:
    here = (chosen.lon, chosen.lat) if chosen else None
    usual = view_of([here] if here else [], home_view(connection))
    return sheet(connection, arguments.view(request.args, usual), here=here)


def _landmark_problems(_connection: Connection, answers: Answers) -> Problems:
    if answers.get("precision") == VILLAGE and len(answers.get("landmark", "")) < 3:
        return {"landmark": gettext("Tulis patokannya, misalnya dekat masjid atau sekolah, agar petugas menemukannya.")}
    return {}


PLACE = Step("tempat", problems=_problems, shows=_shows, reads=_read)
LANDMARK = Step(
    "patokan",
    {"landmark": LETTERS},
    _landmark_problems,
    lambda connection, answers: {"spot": spot(connection, answers)},
)
