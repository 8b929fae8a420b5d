"""Where a report is about: a point that was shown, or a village that was named, within the regency or not."""

from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import NamedVillage, Village, village_at, villages
from layers.records.preferences import ELSEWHERE, preference
from webapp.frame import home_regency


@dataclass(frozen=True)
class Spot:
    """A chosen position with its village; `exact` where it was pointed out, not only named by its village."""

    lon: float
    lat: float
    village: Village | None
    exact: bool

    @property
    def words(self) -> str:
        """Name where it is: Desa Ulak Rengas, Kec. Abung Tinggi."""
        if self.village is None:
            return str(gettext("titik di luar wilayah"))
        level = gettext("Kelurahan") if self.village.level == "kelurahan" else gettext("Desa")
        above = f", {gettext('Kec.')} {self.village.kecamatan}" if self.village.kecamatan else ""
        return f"{level} {self.village.name}{above}"


def spot_at(connection: Connection, lon: float, lat: float, exact: bool) -> Spot:
    """Name a position (EPSG:4326) by the village that holds it."""
    return Spot(lon, lat, village_at(connection, lon, lat), exact)


def outside(connection: Connection, chosen: Spot) -> str:
    """Say in words that a position lies outside the regency of this installation, and whom to turn to; "" where not."""
    home = home_regency(connection)
    if home is None or home.holds(chosen.village.code if chosen.village else None):
        return ""
    return str(
        gettext(
            "Titik ini di luar %(regency)s, jadi tidak dapat kami tangani. Laporkan lewat %(elsewhere)s.",
            regency=home.name,
            elsewhere=preference(connection, ELSEWHERE),
        )
    )


def districts(connection: Connection) -> dict[str, list[NamedVillage]]:
    """List the villages of the regency by their kecamatan."""
    by_district = groupby(villages(connection), lambda village: village.kecamatan)  # the order in which they come
    return {district: list(some) for district, some in by_district}
