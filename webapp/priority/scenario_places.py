"""Where a scenario opens something, as planners write it: a village by its name, or a point by its coordinates."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import NamedVillage, villages
from layers.priority.scenario_questions import Where
from layers.reading import notation
from webapp.frame import home_regency
from webapp.spots import spot_at

BETWEEN = (r"\s*;\s*", r",\s+", r"\s+", r",")  # what stands between latitude and longitude, the surest first
DECIMALS = 5


class Places:
    """The villages of the regency by what they are called in a list, and points of the map."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.villages = villages(connection)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Call each village, by its code, by its kecamatan and its name; by its code too where two share these."""
        names = [_label(one) for one in self.villages]
        often = Counter(names)
        return {
            one.code: f"{name} ({one.code})" if often[name] > 1 else name
            for one, name in zip(self.villages, names, strict=True)
        }

    def typed(self, where: Where) -> str:
        """Write a place as `read` understands it."""
        if where.point:
            lon, lat = where.point
            return f"{lat:.{DECIMALS}f}, {lon:.{DECIMALS}f}"
        return self.labels.get(where.village, where.village)

    def read(self, typed: str) -> Where | None:
        """Read what was typed: a village by its label, its code, or a name that no other has; else a point."""
        codes = self._meant(typed)
        if len(codes) == 1:
            return Where(codes[0])
        found = point(typed)
        return Where(point=found) if found else None

    def wrong(self, typed: str) -> str:
        """Say what is wrong with a place that was typed; "" where nothing is."""
        where = self.read(typed)
        if where is None:
            return self._unread(typed)
        if where.point is None:
            return ""
        home = home_regency(self._connection)
        village = spot_at(self._connection, *where.point, exact=True).village
        if home is None or home.holds(village.code if village else None):
            return ""
        return str(gettext("Titik %(typed)s di luar kabupaten ini.", typed=typed))

    def words(self, wheres: Iterable[Where]) -> dict[Where, str]:
        """Word places as an answer tells them."""
        return {where: self._worded(where) for where in wheres}

    def _unread(self, typed: str) -> str:
        same = ", ".join(self.labels[code] for code in self._meant(typed))
        if same:
            told = gettext("Ada beberapa desa bernama “%(typed)s”; pilih salah satu: %(same)s.", typed=typed, same=same)
            return str(told)
        return str(gettext("“%(typed)s” bukan desa di kabupaten ini, dan bukan lintang dan bujur.", typed=typed))

    def _meant(self, typed: str) -> list[str]:
        """List the codes of the villages that somebody may mean."""
        plain = _plain(typed)
        exactly = [code for code, label in self.labels.items() if plain in (_plain(label), code)]
        return exactly or [one.code for one in self.villages if _plain(one.name) == plain]

    def _worded(self, where: Where) -> str:
        if where.point is None:
            named = next((one.name for one in self.villages if one.code == where.village), None)
            return named or where.village
        inside = spot_at(self._connection, *where.point, exact=True).words
        return str(gettext("titik %(point)s, %(village)s", point=self.typed(where), village=inside))


def point(typed: str) -> tuple[float, float] | None:
    """Read lon, lat from coordinates as maps give them, latitude first; None where these are none on the globe.

    A first number beyond 90 can be no latitude: then the longitude came first.
    """
    parts = next((two for way in BETWEEN if len(two := re.split(way, typed.strip())) == 2), ["", ""])
    lat, lon = (notation.degrees(part) for part in parts)
    if lat is None or lon is None:
        return None
    if abs(lat) > 90:
        lat, lon = lon, lat
    inside = abs(lat) <= 90 and abs(lon) <= 180
    return (round(lon, DECIMALS), round(lat, DECIMALS)) if inside else None


def _label(village: NamedVillage) -> str:
    return f"{village.kecamatan}: {village.name}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
