"""What the addresses of pages say: a position, a view of the map, a page number; nonsense gets 400 and a sentence."""

from collections.abc import Mapping
from math import isfinite

from flask import abort
from flask_babel import gettext

from geo.view import FARTHEST, MOST_LAT, NEAREST, View
from webapp import question
from webapp.sheet import CHOICES_PX, on_grid

Arguments = Mapping[str, str]
LAST_PAGE = 1_000_000
MOST_DIGITS = 18  # so that the database can compare it with the number of a row


def position(arguments: Arguments) -> tuple[float, float] | None:
    """Read lon, lat in degrees, None where neither is given; refuses half a position and one off the globe."""
    lon, lat = arguments.get("lon", ""), arguments.get("lat", "")
    if not lon and not lat:
        return None
    try:
        found = float(lon), float(lat)
    except ValueError:
        found = (999.0, 999.0)
    if not (abs(found[0]) <= 180 and abs(found[1]) <= 90):
        abort(400, gettext("Lintang harus angka dari -90 sampai 90 dan bujur dari -180 sampai 180."))
    return round(found[0], 5), round(found[1], 5)


def view(arguments: Arguments, usual: View) -> View:
    """Read which part of the map to show, written "lon,lat,zoom"; the usual one where none is given."""
    written = arguments.get("view", "")
    return parse_view(written) if written else usual


def parse_view(written: str) -> View:
    """Read a view written "lon,lat,zoom" and move it onto the grid; refuses what lies off the web map."""
    try:
        lon, lat, zoom = map(float, written.split(","))
    except ValueError:
        abort(400, gettext("Bagian peta ditulis sebagai bujur,lintang,zoom."))
    if not (isfinite(zoom) and abs(lon) <= 180 and abs(lat) <= MOST_LAT and FARTHEST <= zoom <= NEAREST):
        abort(400, gettext("Bagian peta yang diminta tidak ada."))
    return on_grid(View(lon, lat, round(zoom, 1)))


def page(arguments: Arguments) -> int:
    """Read the number of a list's page, from 1."""
    written = arguments.get("page", "1")
    plain = written.isascii() and written.isdigit() and len(written) <= len(str(LAST_PAGE))
    if not (plain and 1 <= int(written) <= LAST_PAGE):
        abort(400, gettext("Nomor halaman harus angka mulai dari 1."))
    return int(written)


def whole(written: str) -> int | None:
    """Read the number of a row or of its version; None for anything else, and for digits without end."""
    plain = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    return int(written) if plain else None


def words(arguments: Arguments) -> str:
    """Read what somebody typed, without the blanks around it."""
    return question.search(arguments.get("q", "").strip())


def ticked(arguments: Arguments, name: str) -> bool:
    """Say whether a box of a form was ticked."""
    return arguments.get(name, "") not in ("", "0", "false")


def click(arguments: Arguments, shown: View) -> tuple[float, float] | None:
    """Find the lon, lat that was clicked on a map; its field is named after the width it is shown at: "map328.x".

    Whoever presses the map by keyboard is sent as 0,0 and means its middle.
    """
    width = next((width for width in CHOICES_PX if f"map{width}.x" in arguments), None)
    if width is None:
        return None
    x, y = (_pixel(arguments.get(f"map{width}.{axis}", "")) for axis in "xy")
    scale = shown.width / width
    lon, lat = shown.at_pixel(x * scale, y * scale) if x or y else (shown.lon, shown.lat)
    return round(lon, 5), round(lat, 5)


def _pixel(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        abort(400, gettext("Titik di peta tidak terbaca; klik sekali lagi."))
    return int(written)
