"""The coordinate systems that features can be asked for in (OGC API Features Part 2)."""

from math import isfinite

from pyproj import Transformer
from sqlalchemy import Connection

from layers.areas.queries import regency
from layers.features import Drawing
from layers.query import Bounds

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DEGREES = 4326
WEB_MERCATOR = 3857
CENTIMETRES = 2  # decimals of metres
SAME_M = 1.0


def uri(epsg: int) -> str:
    """Name an EPSG code as OGC does."""
    return f"http://www.opengis.net/def/crs/EPSG/0/{epsg}"


def systems(connection: Connection) -> dict[str, Drawing]:
    """List the systems on offer, the default first: degrees in both orders, Web Mercator, the regency's UTM zone."""
    found = {
        CRS84: Drawing(),
        uri(DEGREES): Drawing(north_first=True),
        uri(WEB_MERCATOR): Drawing(WEB_MERCATOR, CENTIMETRES),
    }
    home = regency(connection)
    return found if home is None else found | {uri(home.utm): Drawing(home.utm, CENTIMETRES)}


def in_degrees(box: Bounds, system: Drawing) -> Bounds:
    """Turn a box of another system into west, south, east, north; raises ValueError where that is nowhere on earth."""
    first, second, third, fourth = box
    west, south, east, north = (second, first, fourth, third) if system.north_first else box
    if system.srid != DEGREES:
        if west > east or south > north:
            raise ValueError("the box is the wrong way round")
        west, south, east, north = _unprojected(box, system.srid)
    held = all(map(isfinite, (west, south, east, north))) and abs(west) <= 180 and abs(east) <= 180
    if not (held and -90 <= south <= north <= 90):
        raise ValueError("the box is not on earth")
    return west, south, east, north


def _unprojected(box: Bounds, srid: int) -> Bounds:
    """Turn a box into degrees; raises ValueError where its corners do not come back, as none beyond the earth does."""
    to_degrees = Transformer.from_crs(srid, DEGREES, always_xy=True)
    back = to_degrees.transform(*to_degrees.transform(box[::2], box[1::2]), direction="INVERSE")
    if not all(abs(b - a) < SAME_M for a, b in zip((*box[::2], *box[1::2]), (*back[0], *back[1]), strict=True)):
        raise ValueError("the box is not on earth")
    west, south, east, north = to_degrees.transform_bounds(*box)
    return west, south, east, north
