"""The villages of a report of access: their minutes to the service, by the mode, that the address asks for."""

from collections.abc import Mapping
from typing import Any

from flask import abort
from flask_babel import gettext
from sqlalchemy import Connection

from layers.access import SHOWN_KIND, SHOWN_MODE
from layers.access.queries import Asked, villages
from layers.layer import Text
from layers.offices.kinds import KINDS
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES

MODES, SEASONS = ({choice.id: choice.title for choice in choices} for choices in (MODE_CHOICES, SEASON_CHOICES))


def timed(connection: Connection, arguments: Mapping[str, str]) -> tuple[dict[str, dict[str, Any]], Text]:
    """Give what a report says of each village, by its code, and its title; refuses nonsense with 400."""
    titles = {kind.id: kind.title for kind in KINDS}
    kind, mode = arguments.get("kind") or SHOWN_KIND, arguments.get("mode") or SHOWN_MODE
    season = arguments.get("season") or "hujan"
    if kind not in titles or mode not in MODES or season not in SEASONS:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    wet, dry = ({line.code: line for line in villages(connection, Asked(kind, mode, s))} for s in ("hujan", "kering"))
    shown = wet if season == "hujan" else dry
    rows = {
        code: {"kind": shown[code].kind, "minutes_wet": wet[code].minutes, "minutes_dry": dry[code].minutes}
        for code in wet
    }
    return rows, Text(
        f"Waktu ke {titles[kind].id}, {MODES[mode].id.lower()}, {SEASONS[season].id.lower()}",
        f"Time to {titles[kind].en}, {MODES[mode].en.lower()}, {SEASONS[season].en.lower()}",
    )
