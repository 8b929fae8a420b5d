"""What part of the world a small map shows: its centre, its zoom, its size in pixels."""

from dataclasses import dataclass, replace
from math import atan, cos, degrees, exp, log, log2, pi, radians, tan

EARTH_M = 6_378_137.0
WORLD_M = 2 * pi * EARTH_M
TILE_PX = 256
FARTHEST, NEAREST = 4.0, 17.0
MOST_LAT = 80.0  # a view's centre lies no nearer to a pole
EDGE_LAT = 85.06  # where the square of the web map ends; the poles lie infinitely far beyond

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A window on the web map (EPSG:3857) around a centre in EPSG:4326; zoom as on web maps, size in pixels.

    A centre beyond the map is moved onto it, so that every view can be drawn and asked for.
    """

    lon: float
    lat: float
    zoom: float
    width: int = 720
    height: int = 640

    def __post_init__(self) -> None:
        object.__setattr__(self, "lon", min(max(self.lon, -180.0), 180.0))
        object.__setattr__(self, "lat", min(max(self.lat, -MOST_LAT), MOST_LAT))

    @classmethod
    def around(cls, bounds: Box, farthest: float = FARTHEST, nearest: float = 15.0, margin: float = 0.06) -> "View":
        """Show a box of west, south, east, north in degrees as large as it fits, with a margin at each side."""
        west, south, east, north = bounds
        (left, bottom), (right, top) = mercator(west, south), mercator(east, north)
        middle = position((left + right) / 2, (bottom + top) / 2)
        blank = cls(*middle, zoom=0)
        metres = max((right - left) / blank.width, (top - bottom) / blank.height, 1e-6) * (1 + 2 * margin)
        zoom = int(log2(WORLD_M / TILE_PX / metres) * 10) / 10
        return replace(blank, zoom=min(max(zoom, farthest), nearest))

    @property
    def metres(self) -> float:
        """Give the width of a pixel in metres of EPSG:3857."""
        return WORLD_M / TILE_PX / float(2.0**self.zoom)

    @property
    def ground_metres(self) -> float:
        """Give the width of a pixel in metres on the ground, at the centre."""
        return self.metres * cos(radians(self.lat))

    def box(self, margin: int = 0) -> Box:
        """Give left, bottom, right, top in EPSG:3857, with a margin in pixels."""
        x, y = mercator(self.lon, self.lat)
        across, up = (self.width / 2 + margin) * self.metres, (self.height / 2 + margin) * self.metres
        return x - across, y - up, x + across, y + up

    def bounds(self) -> Box:
        """Give west, south, east, north in degrees."""
        left, bottom, right, top = self.box()
        return (*position(left, bottom), *position(right, top))

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Find the pixel of a position, from the top left corner."""
        left, _, _, top = self.box()
        x, y = mercator(lon, lat)
        return (x - left) / self.metres, (top - y) / self.metres

    def at_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Find the lon, lat of a pixel, from the top left corner."""
        left, _, _, top = self.box()
        return position(left + x * self.metres, top - y * self.metres)

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a position lies inside."""
        x, y = self.pixel(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def zoomed(self, steps: float) -> "View":
        """Look closer (more steps) or from farther (fewer) at the same centre."""
        return replace(self, zoom=round(min(max(self.zoom + steps, FARTHEST), NEAREST), 1))

    def moved(self, across: float, down: float) -> "View":
        """Look beside: by parts of the width to the east and of the height to the south."""
        lon, lat = self.at_pixel(self.width * (0.5 + across), self.height * (0.5 + down))
        return replace(self, lon=lon, lat=lat)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Turn degrees of EPSG:4326 into metres of EPSG:3857; what lies nearer to a pole is put on the map's edge."""
    held = min(max(lat, -EDGE_LAT), EDGE_LAT)
    return EARTH_M * radians(lon), EARTH_M * log(tan(pi / 4 + radians(held) / 2))


def position(x: float, y: float) -> tuple[float, float]:
    """Turn metres of EPSG:3857 into degrees of EPSG:4326."""
    return degrees(x / EARTH_M), degrees(2 * atan(exp(y / EARTH_M)) - pi / 2)
