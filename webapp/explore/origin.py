"""Where somebody starts from: a position, or a place named in words."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import Village, village_at
from layers.search import SHARE, Place, is_meant, told_apart
from webapp import arguments, remembered

OTHER_PLACES = 5


@dataclass(frozen=True)
class Origin:
    """A position with its village, the place it was named by, and other places of that name."""

    lon: float
    lat: float
    village: Village | None
    place: Place | None = None
    others: tuple[Place, ...] = ()

    @property
    def outside(self) -> bool:
        """Say whether the position lies beyond the villages that this map serves."""
        return self.village is None

    @property
    def name(self) -> str:
        """Name where it is: the place that was typed, else the village around the position."""
        if self.place:
            return self.place.name
        if self.village is None:
            return str(gettext("titik di luar wilayah"))
        level = gettext("Kelurahan") if self.village.level == "kelurahan" else gettext("Desa")
        return f"{level} {self.village.name}"

    @property
    def context(self) -> str:
        """Name what it lies in, "" where that is unknown."""
        if self.place:
            return self.place.context
        if self.village is None or not self.village.kecamatan:
            return ""
        level = gettext("Kec.")
        return f"{level} {self.village.kecamatan}"


def asked_origin(connection: Connection) -> Origin | None:
    """Take the position of the address, else the place it names best; None where it says neither.

    What is only somewhat like the name is no place to answer from: "jakarta" is not Surakarta.
    """
    given = arguments.position(request.args)
    if given:
        return Origin(*given, village_at(connection, *given))
    places = alike(connection)
    sure = [place for place in places if is_meant(place, arguments.words(request.args))]
    if not sure:
        return None
    best = _smallest(sure)
    others = [place for place in places if place is not best]
    lon, lat = round(best.lon, 5), round(best.lat, 5)
    return Origin(lon, lat, village_at(connection, lon, lat), best, tuple(others))


def alike(connection: Connection) -> list[Place]:
    """List places whose names are somewhat like the one of the address, those that would read the same once."""
    typed = arguments.words(request.args)
    found = remembered.places(connection, typed, SHARE) if typed else []
    return told_apart(found)[: 1 + OTHER_PLACES]


def _smallest(places: list[Place]) -> Place:
    """Take the village that gave its kecamatan the name: people start from there, not from the kecamatan's middle."""
    best = places[0]
    if best.kind != "kecamatan":
        return best
    villages = (p for p in places if p.kind in ("desa", "kelurahan") and p.name.casefold() == best.name.casefold())
    return next(villages, best)
