"""How people go, as pages and programs ask it: on foot, by motorcycle or car, in the dry or the wet season."""

from collections.abc import Mapping

from flask import abort
from flask_babel import gettext

from layers.offices import placed
from layers.offices.placed import PlacedOffices
from layers.roads.speeds import MODES, SEASONS, Mode, Season
from webapp.extensions import settings
from webapp.language import number

USUAL_MODE: Mode = "motor"
USUAL_SEASON: Season = "kering"


def asked(arguments: Mapping[str, str]) -> tuple[Mode, Season]:
    """Read how somebody goes and when: by motorcycle in the dry where nothing is said; refuses the unknown with 404."""
    mode, season = arguments.get("mode") or USUAL_MODE, arguments.get("season") or USUAL_SEASON
    if mode not in MODES or season not in SEASONS:
        abort(404, gettext("Cara bepergian atau musim itu tidak dikenal; pilih salah satu dari daftar."))
    return mode, season


def placed_offices() -> PlacedOffices | None:
    """Give the offices on the road network in use; None before the first are ready."""
    return placed.current(settings().data_dir)


def duration(minutes: float) -> str:
    """Write a travel time as people say it: 12 menit, 1 jam 5 menit."""
    whole = max(round(minutes), 1)
    if whole < 60:
        return str(gettext("%(minutes)s menit", minutes=whole))
    return str(gettext("%(hours)s jam %(minutes)s menit", hours=number(whole // 60, 0), minutes=whole % 60))
