"""The maps of the figures: kecamatan in classes of a measure, and where complaints gather."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from threading import Lock

import shapely
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from sqlalchemy import Connection

from geo.svgmap import in_pixels, path
from geo.view import View
from layers.areas.queries import districts
from layers.complaints.figures import Figures
from layers.hotspots.queries import Spots

LIMITS = {"on_time": (0.5, 0.75, 0.9), "days": (5.0, 10.0, 20.0)}  # from which the next darker class begins
COLOURS = ("#eaf4f2", "#c0e0da", "#8ec6be", "#56a79d")
SPOTS = {"hot": "#b2182b", "cold": "#2166ac"}
SIMPLER_PX = 0.7


@dataclass(frozen=True)
class Outline:
    """A kecamatan as it lies in a view: path data in pixels."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Area:
    """A kecamatan with its value and the place of its class, None where too little is known."""

    outline: Outline
    value: float | None
    rank: int | None

    @property
    def colour(self) -> str:
        """Give the colour of the class."""
        return COLOURS[self.rank] if self.rank is not None else "none"


@dataclass(frozen=True)
class Choropleth:
    """Kecamatan in classes; `limits` are the values from which the second and later classes begin."""

    areas: tuple[Area, ...]
    limits: tuple[float, ...]

    @property
    def classes(self) -> list[tuple[str, float | None, float | None]]:
        """List the classes: colour, from which value, below which value; None where open."""
        ends = [None, *self.limits, None]
        return list(zip(COLOURS, ends[:-1], ends[1:], strict=False))


@dataclass(frozen=True)
class Patch:
    """Hot or cold squares as path data in the pixels of a view."""

    kind: str
    path: str
    colour: str
    squares: int


def choropleth(outlines: Sequence[Outline], figures: Mapping[str, Figures], measure: str) -> Choropleth:
    """Put each kecamatan into a class by a measure of its figures."""
    values = {outline.code: _value(figures.get(outline.code, Figures()), measure) for outline in outlines}
    limits = LIMITS.get(measure) or _quarters([value for value in values.values() if value])
    areas = [Area(each, values[each.code], _rank(values[each.code], limits)) for each in outlines]
    return Choropleth(tuple(areas), limits)


def patches(spots: Sequence[Spots], view: View) -> list[Patch]:
    """Draw the squares that stand out."""
    return [Patch(each.kind, path(in_pixels(view, each.shape)), SPOTS[each.kind], each.squares) for each in spots]


@cached(LRUCache(8), key=lambda _, *asked: hashkey(*asked), lock=Lock())
def outlines(connection: Connection, view: View, _state: str) -> tuple[Outline, ...]:
    """Draw the kecamatan of the regency, anew only once the state of the ground is another; coarse as a screen."""
    found = districts(connection)
    drawn = shapely.coverage_simplify([in_pixels(view, each.shape) for each in found], SIMPLER_PX)
    return tuple(Outline(each.code, each.name, path(shape)) for each, shape in zip(found, drawn, strict=True))


def _value(figures: Figures, measure: str) -> float | None:
    if measure == "received":
        return float(figures.received)
    return figures.on_time_share if measure == "on_time" else figures.median_days


def _rank(value: float | None, limits: Sequence[float]) -> int | None:
    return None if value is None else sum(value >= limit for limit in limits)


def _quarters(values: Sequence[float]) -> tuple[float, ...]:
    """Give the numbers that part values into four about equally large classes."""
    return tuple(sorted({float(round(limit)) for limit in quantiles(values, n=4)})) if len(values) > 1 else ()
