"""The small map of a page: the drawn ground, and what the page puts on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import floor
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from geo.view import Box, View, mercator, position
from layers.overview.queries import state
from layers.rasters.queries import Raster
from webapp import remembered
from webapp.frame import home_regency

STEP_PX = 60  # centres of views are rounded to this, so that drawings are shared and tell nobody's exact position
INDONESIA = (95.0, -11.0, 141.0, 6.0)
CHOICES_PX = (288, 328, 456, 560, 728)  # widths at which a map is shown for choosing a point, see overview.css


@dataclass(frozen=True)
class Pin:
    """A mark on the map: where, the word or number on it, its colour or icon, and where it leads."""

    lon: float
    lat: float
    title: str
    label: str = ""
    icon: str = ""
    colour: str = "#0b6e69"
    href: str = ""


@dataclass(frozen=True)
class Shape:
    """A line or an area on the map as path data in the pixels of the view."""

    path: str
    title: str
    colour: str
    width: float = 2.0
    filled: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One small map; `here` is the asked position, `ground` the address of its drawing, `cover` of one laid over it."""

    view: View
    ground: str
    pins: tuple[Pin, ...] = ()
    shapes: tuple[Shape, ...] = ()
    here: tuple[float, float] | None = None
    cover: str = ""

    def percent(self, lon: float, lat: float) -> tuple[float, float]:
        """Find a position on the sheet, in percent from its left and its top."""
        x, y = self.view.pixel(lon, lat)
        return round(100 * x / self.view.width, 2), round(100 * y / self.view.height, 2)

    @property
    def seen(self) -> list[Pin]:
        """List the pins within the view, the first on top."""
        return [pin for pin in reversed(self.pins) if self.view.holds(pin.lon, pin.lat)]

    def looking(self, view: View) -> str:
        """Give the address of this page with another view of the map."""
        return f"{request.path}?{urlencode({**request.args.to_dict(), 'view': written(view)})}#peta"

    @property
    def written(self) -> str:
        """Write the view for an address."""
        return written(self.view)

    @property
    def bounds(self) -> str:
        """Write west, south, east, north of the view, for the interactive map."""
        return ",".join(f"{degrees:.4f}" for degrees in self.view.bounds())


def sheet(
    connection: Connection,
    view: View,
    pins: Sequence[Pin] = (),
    shapes: Sequence[Shape] = (),
    here: tuple[float, float] | None = None,
) -> Sheet:
    """Lay out the map of a page."""
    ground = "/map.svg?" + urlencode({"view": written(view), "v": state(remembered.states(connection))})
    return Sheet(view, ground, tuple(pins), tuple(shapes), here)


def covered(ground: Sheet, raster: Raster) -> Sheet:
    """Lay the cells of a raster over a map."""
    return replace(ground, cover=f"/rasters/{raster.id}/picture.png?view={ground.written}&v={raster.version}")


def home_view(connection: Connection) -> View:
    """Show the regency, or the country before its boundary is known."""
    home = home_regency(connection)
    return on_grid(View.around(home.bounds if home else INDONESIA))


def view_of(points: Iterable[tuple[float, float]], usual: View) -> View:
    """Show all points, not nearer than a village; the usual view where there are none."""
    places = list(points)
    return around(places) if places else usual


def around(points: Sequence[tuple[float, float]]) -> View:
    """Show all points, not nearer than a village."""
    return on_grid(View.around(_box(points), nearest=14.0, margin=0.15))


def on_grid(view: View) -> View:
    """Move a view's centre to the nearest point of a grid of whole steps."""
    step = STEP_PX * view.metres
    x, y = mercator(view.lon, view.lat)
    lon, lat = position(floor(x / step + 0.5) * step, floor(y / step + 0.5) * step)
    return replace(view, lon=round(lon, 5), lat=round(lat, 5))


def written(view: View) -> str:
    """Write a view as "lon,lat,zoom"."""
    return f"{view.lon:.5f},{view.lat:.5f},{view.zoom:.1f}"


def looks(view: View) -> list[tuple[str, str, str]]:
    """Give the ways to look elsewhere: a sign, its words, the view."""
    ways = (
        ("+", gettext("Perbesar"), view.zoomed(1)),
        ("−", gettext("Perkecil"), view.zoomed(-1)),
        ("←", gettext("Ke barat"), view.moved(-0.5, 0)),
        ("↑", gettext("Ke utara"), view.moved(0, -0.5)),
        ("↓", gettext("Ke selatan"), view.moved(0, 0.5)),
        ("→", gettext("Ke timur"), view.moved(0.5, 0)),
    )
    return [(sign, str(words), written(seen)) for sign, words, seen in ways]


def _box(points: Sequence[tuple[float, float]]) -> Box:
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)
