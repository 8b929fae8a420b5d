"""Opening hours in words: open until when, and the week as people write it."""

import re
from datetime import datetime

from babel.dates import get_month_names
from flask_babel import get_locale, gettext

from layers.offices.hours import MONTHS, OpenState
from webapp.language import clock, day, language, zone

SOON_DAYS = 7


def opening(state: OpenState, now: datetime) -> str:
    """Say whether an office is open and until when: "Buka sampai 16.00", "Tutup, buka Senin 07.30"."""
    if state.open is None:
        return str(gettext("Jam buka belum diketahui"))
    change = state.until if state.open else state.opens
    if change is None:
        return str(gettext("Buka 24 jam") if state.open else gettext("Tutup"))
    when = _when(change, now)
    return str(gettext("Buka sampai %(when)s", when=when) if state.open else gettext("Tutup, buka %(when)s", when=when))


def week(expression: str) -> str:
    """Write hours in OSM's notation as people do: "Mo-Th 07:30-16:00" as Monday to Thursday, in words."""
    words = {
        "Mo": gettext("Senin"),
        "Tu": gettext("Selasa"),
        "We": gettext("Rabu"),
        "Th": gettext("Kamis"),
        "Fr": gettext("Jumat"),
        "Sa": gettext("Sabtu"),
        "Su": gettext("Minggu"),
        "PH": gettext("hari libur"),
        "off": gettext("tutup"),
        "24/7": gettext("setiap hari 24 jam"),
    }
    words |= {month: get_month_names("wide", locale=get_locale())[i] for i, month in enumerate(MONTHS, 1)}
    known = "|".join(rf"\b{word}\b" for word in words)
    written = re.sub(known, lambda match: words[match[0]], expression)
    separator = ":" if language() == "en" else "."
    timed = re.sub(r"(\d\d):(\d\d)", rf"\g<1>{separator}\g<2>", written)
    return re.sub(r",\s*", ", ", timed.replace("-", "–"))


def _when(moment: datetime, now: datetime) -> str:
    local, today = moment.astimezone(zone()), now.astimezone(zone()).date()
    ahead = (local.date() - today).days
    if ahead == 0:
        return clock(moment)
    named = day(local.date(), year=False)
    return f"{named.split()[0] if ahead < SOON_DAYS else named} {clock(moment)}"
